using System.Net;
using System.Net.Sockets;
using Omega.Gpt.Models;
using Omega.Gpt.Providers;
using Omega.Gpt.Providers.Anthropic;
using Omega.Gpt.Providers.ChatCompletions;
using Omega.Gpt.Providers.Http;
using Omega.Gpt.Providers.Responses;
using Omega.Gpt.Tests.Turns;
using Omega.TestKit;

namespace Omega.Gpt.Tests.Resilience;

/// <summary>
/// An engine with the pipeline on, two models on servers of their own (<c>first/m1</c>, and <c>second/m2</c> as its fallback) and one
/// clock that the test drives, in steps that are small beside every limit, because real sockets take real time.
/// </summary>
internal sealed class Rig : IAsyncDisposable
{
    /// <summary>Real time that a turn may take: a minute of the clock is many small steps on a busy machine.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(3);

    private readonly Socket _nowhere = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public static readonly ModelInfo FirstInfo = new()
    {
        Provider = "first",
        Name = "m1",
        Context = 100_000,
        Prices = [new PriceTier { Input = 1m, Output = 2m }],
    };

    public static readonly ModelInfo SecondInfo = new()
    {
        Provider = "second",
        Name = "m2",
        Context = 200_000,
        Prices = [new PriceTier { Input = 10m, Output = 20m }],
    };

    public static readonly ModelInfo ThirdInfo = new()
    {
        Provider = "third",
        Name = "m3",
        Context = 200_000,
        Prices = [new PriceTier { Input = 1m, Output = 2m }],
    };

    public static readonly GptPipelineOptions Options = new()
    {
        Timeouts = new TimeoutOptions
        {
            Connect = TimeSpan.FromSeconds(6),
            FirstChunk = TimeSpan.FromSeconds(40),
            Idle = TimeSpan.FromSeconds(10),
            Remark = TimeSpan.FromSeconds(5),
        },
        Retry = new RetryOptions(),
        Breaker = new BreakerOptions(),
        Resume = true,
        Fallbacks = ["second/m2"],
    };

    public Rig(GptPipelineOptions? options = null, Wire wire = Wire.ChatCompletions, ModelInfo? first = null, ModelInfo? second = null, ModelInfo? third = null, int seed = 1)
    {
        Servers = [.. Enumerable.Range(0, 3).Select(_ => ModelServer.Start(new ModelServerOptions { Time = Clock.Time }))];
        var catalog = ModelCatalog.Default.With(first ?? FirstInfo, second ?? SecondInfo, third ?? ThirdInfo);
        var registry = new ProviderRegistry(static (_, _) => throw new NotSupportedException(), null, catalog, Clock.Time);
        // Bound and not listened at: whoever connects is refused.
        _nowhere.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var nowhere = $"http://{_nowhere.LocalEndPoint}";
        registry.Add(new Counting(Provider("first", wire, First.BaseUrl), Provider("first", wire, nowhere), this));
        registry.Add(new Counting(Provider("second", Wire.ChatCompletions, Second.BaseUrl), Provider("second", Wire.ChatCompletions, nowhere), this));
        registry.Add(new Counting(Provider("third", Wire.ChatCompletions, Third.BaseUrl), Provider("third", Wire.ChatCompletions, nowhere), this));
        var random = new Random(seed);
        Engine = new GptEngine(registry, new GenerationOptions { Model = "first/m1" }, time: Clock.Time, pipeline: (options ?? Options) with { Randomizer = random.NextDouble });
    }

    public ClockDriver Clock { get; } = new();

    public ModelServer First => Servers[0];

    public ModelServer Second => Servers[1];

    public ModelServer Third => Servers[2];

    public GptEngine Engine { get; }

    /// <summary>Every call of a wire, by the number that it had in its step.</summary>
    public List<int> Attempts { get; } = [];

    /// <summary>Every call of a wire: whose it is, and whether there was a server to reach.</summary>
    public List<(string Provider, bool IsReached)> Calls { get; } = [];

    /// <summary>Asked before each call of a wire: true lets it meet a port where nobody listens.</summary>
    public Func<bool>? IsUnreachable { get; init; }

    /// <summary>What time moves at once; 50 ms where a test does not say otherwise.</summary>
    public TimeSpan Step { get; init; } = TimeSpan.FromMilliseconds(50);

    private ModelServer[] Servers { get; }

    /// <summary>One turn, with the clock driven until it ends.</summary>
    public async Task<TurnTold> AskAsync(TurnOptions? options = null)
    {
        var (began, first, second) = (Clock.Now, First.Requests.Count, Second.Requests.Count);
        var asking = Task.Run(() => Turn.RunAsync(Engine.RunAsync(Engine.NewConversation(), [Message.User("Count.")], options)));
        var (events, error) = await Clock.RunAsync(asking, Step, Bound);
        return new TurnTold(events, error)
        {
            Seconds = (Clock.Now - began).TotalSeconds,
            First = First.Requests.Count - first,
            Second = Second.Requests.Count - second,
        };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in Servers)
            await server.DisposeAsync();
        _nowhere.Dispose();
    }

    /// <summary>Notes each call that reaches the wire.</summary>
    private sealed class Counting(IModelProvider inner, IModelProvider unreachable, Rig rig) : DelegatingModelProvider(inner)
    {
        public override IAsyncEnumerable<ModelDelta> StreamAsync(ModelRequest request, CancellationToken cancellationToken = default)
        {
            var isReached = rig.IsUnreachable?.Invoke() != true;
            lock (rig.Attempts)
            {
                rig.Attempts.Add(request.Attempt!.Number);
                rig.Calls.Add((Inner.Name, isReached));
            }

            return (isReached ? Inner : unreachable).StreamAsync(request, cancellationToken);
        }
    }

    private IModelProvider Provider(string name, Wire wire, string url)
    {
        var options = new WireOptions { Name = name, BaseUrl = url, Auth = ProviderAuth.Bearer("sk-test-key-000000000000") };
        return wire switch
        {
            Wire.Responses => new ResponsesProvider(options, Clock.Time),
            Wire.Anthropic => new AnthropicProvider(options, Clock.Time),
            _ => new ChatCompletionsProvider(options, Clock.Time),
        };
    }
}

/// <summary>What a turn told, and how often each server was asked for it.</summary>
internal sealed record TurnTold(IReadOnlyList<GptEvent> Events, Exception? Error)
{
    public required double Seconds { get; init; }

    public required int First { get; init; }

    public required int Second { get; init; }

    public string Text => Turn.TextOf(Events);

    public TurnCompletedEvent? Completed => Events[^1] as TurnCompletedEvent;

    public TurnFailedEvent? Failed => Events[^1] as TurnFailedEvent;

    /// <summary>The methods by which it went on after interruptions.</summary>
    public string Methods => string.Join(", ", Events.OfType<StreamResumedEvent>().Select(resumed => resumed.Method switch { "starting_after" => "(a)", "prefix" => "(b)", _ => "(c)" }));
}
