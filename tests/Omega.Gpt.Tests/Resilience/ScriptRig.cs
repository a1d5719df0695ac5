using Omega.Gpt.Models;
using Omega.Gpt.Providers;
using Omega.Gpt.Tests.Turns;
using Omega.TestKit;

namespace Omega.Gpt.Tests.Resilience;

/// <summary>
/// An engine with the pipeline on over scripted models, <c>first/m1</c> and others. Time runs from timer to timer, which is right where one
/// timer is pending at a time; where several are, a test names a step, so that work under way is not overtaken.
/// </summary>
internal sealed class ScriptRig
{
    public static readonly GptPipelineOptions Options = new()
    {
        Retry = new RetryOptions(),
        Breaker = new BreakerOptions(),
        Resume = true,
    };

    private readonly ProviderRegistry _registry;

    public ScriptRig(GptPipelineOptions options, ScriptedProvider first, ScriptedProvider? second = null, ScriptedProvider? third = null, IReadOnlyList<ModelInfo>? infos = null, ClockDriver? clock = null)
    {
        Clock = clock ?? new ClockDriver();
        _registry = new ProviderRegistry(static (_, _) => throw new NotSupportedException(), null, ModelCatalog.Default.With(infos ?? []), Clock.Time);
        _registry.Add(new Named("first", first));
        if (second is not null)
            _registry.Add(new Named("second", second));
        if (third is not null)
            _registry.Add(new Named("third", third));
        Engine = new GptEngine(_registry, new GenerationOptions { Model = "first/m1" }, time: Clock.Time, pipeline: options with { Randomizer = static () => 0.5 });
    }

    public ClockDriver Clock { get; }

    public GptEngine Engine { get; }

    public Conversation Conversation { get; private set; } = null!;

    /// <summary>One turn in a conversation of its own.</summary>
    public async Task<(List<GptEvent> Events, Exception? Error)> AskAsync(TurnOptions? options = null, Message? input = null, TimeSpan? step = null)
    {
        Conversation = Engine.NewConversation();
        return await Clock.RunAsync(Turn.RunAsync(Engine.RunAsync(Conversation, [input ?? Message.User("Go.")], options)), step);
    }

    public static GptException Failure(GptErrorKind kind, TimeSpan? retryAfter = null, bool? isRetryable = null) => new(kind, $"scripted: {kind}")
    {
        Phase = GptPhase.Connect,
        IsRetryable = isRetryable ?? kind is GptErrorKind.RateLimit or GptErrorKind.Overloaded or GptErrorKind.Server or GptErrorKind.Connection or GptErrorKind.StreamInterrupted or GptErrorKind.Timeout,
        RetryAfter = retryAfter,
    };

    /// <summary>A scripted provider under another name.</summary>
    private sealed class Named(string name, IModelProvider inner) : IModelProvider
    {
        public string Name => name;

        public IAsyncEnumerable<ModelDelta> StreamAsync(ModelRequest request, CancellationToken cancellationToken = default) => inner.StreamAsync(request, cancellationToken);
    }
}
