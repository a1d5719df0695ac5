using System.Text;
using System.Text.Json;
using Omega.Gpt.Providers;
using Omega.Gpt.Providers.ChatCompletions;
using Omega.Gpt.Providers.Http;
using Omega.Gpt.Tests.Turns;
using Omega.TestKit;

namespace Omega.Gpt.Tests.Recording;

/// <summary>An engine that records, over a scripted server (<c>first/m1</c>) and the system's clock.</summary>
internal sealed class RecordingRig : IAsyncDisposable
{
    public const string Key = "planted-key-8d1f0c77aa5342b1";

    private readonly TempFolder _folder = new();

    public RecordingRig()
    {
        var registry = ProviderRegistry.Create();
        registry.Add(new ChatCompletionsProvider(new WireOptions { Name = "first", BaseUrl = Server.BaseUrl, Auth = ProviderAuth.Bearer(Key) }));
        File = _folder.At("session.jsonl");
        Recorder = SessionRecorder.Create(File);
        Engine = new GptEngine(registry, new GenerationOptions { Model = "first/m1" }, pipeline: new GptPipelineOptions
        {
            Retry = new RetryOptions(),
            Resume = true,
            Recorder = Recorder,
        });
        Conversation = Engine.NewConversation();
    }

    public ModelServer Server { get; } = ModelServer.Start();

    public GptEngine Engine { get; }

    public SessionRecorder Recorder { get; }

    public Conversation Conversation { get; }

    public string File { get; }

    /// <summary>Every event of every turn, one a line, as JSON.</summary>
    public StringBuilder Log { get; } = new();

    public static FunctionSet Functions { get; } = new(
        new GptFunction(
            new FunctionDefinition("get_weather", "Says how the weather is.", Json("""{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}""")),
            async (arguments, context, token) =>
            {
                await context.ReportAsync(Json("\"looking\""), token);
                // The first is back last, so that results come in another order than calls.
                if (arguments.GetProperty("city").GetString() == "Oslo")
                    await Task.Delay(TimeSpan.FromMilliseconds(30), TimeProvider.System, token);
                return Json($$"""{"city":{{arguments.GetProperty("city").GetRawText()}},"degrees":7}""");
            },
            new GptFunctionOptions { Effect = FunctionEffect.Pure }),
        new GptFunction(new FunctionDefinition("send_mail", null, Json("""{"type":"object"}""")), (_, _, _) => ValueTask.FromResult(Json("\"sent\"")), new GptFunctionOptions { RequiresApproval = true }));

    public async Task<(List<GptEvent> Events, Exception? Error)> AskAsync(string prompt, TurnOptions? options = null, CancellationToken cancellationToken = default)
    {
        var told = await Turn.RunAsync(Engine.RunAsync(Conversation, [Message.User(prompt)], options, cancellationToken));
        foreach (var gptEvent in told.Events)
            Log.Append(GptJson.ToJson(gptEvent)).Append('\n');
        return told;
    }

    /// <summary>A session with functions, one retry and one parallel pair: two turns, four requests that are answered.</summary>
    public async Task RunSessionAsync()
    {
        Server.Enqueue(
            Reply.RateLimited(Wire.ChatCompletions).WithRetryAfterMs(5),
            Reply.Stream(ChatCompletionsStream.Create().Text("Let me ", "look.").Call(0, "c1", "get_weather", "{\"city\":", "\"Oslo\"}").Call(1, "c2", "get_weather", "{\"city\":\"Rome\"}").FinishWithUsage("tool_calls", 20, 8).Done()),
            Reply.Stream(ChatCompletionsStream.Create().Text("Seven ", "both, ", "sæven.").FinishWithUsage("stop", 40, 4).Done()),
            Reply.Stream(ChatCompletionsStream.Create().Call(0, "c1", "send_mail", "{}").FinishWithUsage("tool_calls", 50, 2).Done()),
            Reply.Stream(ChatCompletionsStream.Create().Text("Not sent.").FinishWithUsage("stop", 60, 2).Done()));
        await AskAsync("Weather in Oslo and Rome?", new TurnOptions { Functions = Functions, SystemMessage = "Be brief." });
        await AskAsync("Mail it.", new TurnOptions { Functions = Functions, Temperature = 0.5 });
    }

    /// <summary>The log of the recording run again.</summary>
    public async Task<string> ReplayAsync()
    {
        Recorder.Dispose();
        var recording = SessionRecording.Load(File);
        var replay = new SessionReplay(recording);
        var log = new StringBuilder();
        foreach (var turn in recording.Turns)
        {
            await foreach (var gptEvent in replay.RunAsync(turn))
                log.Append(GptJson.ToJson(gptEvent)).Append('\n');
        }

        return log.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        Recorder.Dispose();
        await Server.DisposeAsync();
        _folder.Dispose();
    }

    private static JsonElement Json(string json) => JsonElement.Parse(json);
}
