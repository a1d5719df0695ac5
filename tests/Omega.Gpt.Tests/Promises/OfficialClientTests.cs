using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Omega.Gpt.Tests.Turns;
using Omega.TestKit;
using OpenAI;
using OpenAI.Chat;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Omega.Gpt.Tests.Promises;

/// <summary>The official client reads the same whole streams to the same text, calls and usage; the official pipeline takes our engine.</summary>
public sealed class OfficialClientTests
{
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    /// <summary>Streams that the official client cannot read, and why.</summary>
    private static readonly Dictionary<string, string> BeyondTheClient = new(StringComparer.Ordinal)
    {
        ["chat/other-choice"] = "it joins all choices into one text",
        ["chat/groq-whole-call"] = "it reads no usage from x_groq",
    };

    [Fact]
    public async Task WholeChatCompletionsStreams_ReadByTheOfficialClient_SayTheSame()
    {
        var streams = StreamFixtures.Of(Wire.ChatCompletions).Where(fixture => fixture.Expected.Error is null).Select(fixture => (fixture.Name, fixture.Bytes))
            .Concat(RecordedStreams.All.Where(stream => stream.Wire == Wire.ChatCompletions && !stream.Holds.Contains("error")).Select(stream => (Name: stream.ToString(), stream.Bytes)))
            .Where(stream => !BeyondTheClient.ContainsKey(stream.Name))
            .ToList();
        await using var server = ModelServer.Start();
        var different = new List<string>();
        foreach (var (name, bytes) in streams)
        {
            server.Enqueue(Reply.Stream(bytes), Reply.Stream(bytes));
            var ours = await OursAsync(server);
            var theirs = await TheirsAsync(server);
            if (ours != theirs)
                different.Add($"{name}:\nours   {ours}\ntheirs {theirs}");
        }

        Assert.True(different.Count == 0, string.Join('\n', different));
        Assert.True(streams.Count >= 8, $"only {streams.Count} streams were compared");
    }

    [Fact]
    public async Task ChatClientBuilder_WithLoggingAndTelemetry_StreamsThroughOurEngine()
    {
        await using var server = ModelServer.Start();
        server.Enqueue(Reply.Stream(ChatCompletionsStream.Create().Text("Hel", "lo").Finish("stop").Usage(7, 2).Done()));
        var logger = new ListLogger();
        var spans = new List<System.Diagnostics.Activity>();
        using var tracer = Sdk.CreateTracerProviderBuilder().AddSource("test-source").AddProcessor(new SimpleActivityExportProcessor(new ListExporter(spans))).Build();
        using var client = new ChatClientBuilder(Turn.Gpt(WireEngines.Provider(Wire.ChatCompletions, server.BaseUrl)))
            .UseOpenTelemetry(sourceName: "test-source")
            .UseLogging(logger)
            .Build();

        var text = new StringBuilder();
        UsageDetails? usage = null;
        await foreach (var update in client.GetStreamingResponseAsync("Hi", cancellationToken: None))
        {
            text.Append(update.Text);
            usage = update.Contents.OfType<UsageContent>().FirstOrDefault()?.Details ?? usage;
        }

        Assert.Equal("Hello", text.ToString());
        Assert.Equal((7L, 2L), (usage!.InputTokenCount, usage.OutputTokenCount));
        Assert.Contains(logger.Lines, line => line.Contains("GetStreamingResponseAsync", StringComparison.Ordinal));
        var span = Assert.Single(spans);
        Assert.Equal("test", span.GetTagItem("gen_ai.provider.name"));
        Assert.Equal(7, span.GetTagItem("gen_ai.usage.input_tokens"));
    }

    [Fact]
    public async Task ChatClient_OverACutStream_ThrowsInsteadOfEnding()
    {
        await using var server = ModelServer.Start();
        server.Enqueue(Reply.Stream(ChatCompletionsStream.Create().Text("Hel")));
        using IChatClient client = Turn.Gpt(WireEngines.Provider(Wire.ChatCompletions, server.BaseUrl));

        var exception = await Assert.ThrowsAsync<GptException>(() => client.GetResponseAsync("Hi", cancellationToken: None));

        Assert.Equal((GptErrorKind.StreamInterrupted, "Hel"), (exception.Kind, exception.PartialText));
    }

    private static async Task<Reading> OursAsync(ModelServer server)
    {
        var (events, error) = await Turn.RunAsync(Turn.Gpt(WireEngines.Provider(Wire.ChatCompletions, server.BaseUrl)).StreamTurnAsync(Message.User("Hi"), cancellationToken: None));
        Assert.Null(error);
        var completed = (TurnCompletedEvent)events[^1];
        var calls = events.OfType<FunctionCallStartedEvent>().Select(call => $"{call.Name}({string.Concat(events.OfType<FunctionCallArgumentsDeltaEvent>().Where(delta => delta.Call == call.Call).Select(delta => delta.Delta))})");
        return new Reading(completed.Text, string.Join(' ', calls), completed.Usage?.Input.Total, completed.Usage?.Output.Total);
    }

    private static async Task<Reading> TheirsAsync(ModelServer server)
    {
        var client = new ChatClient("m", new ApiKeyCredential("sk-test-key-000000000000"), new OpenAIClientOptions { Endpoint = server.Url("/v1"), RetryPolicy = new ClientRetryPolicy(0) });
        var text = new StringBuilder();
        var calls = new SortedDictionary<int, (string Name, StringBuilder Arguments)>();
        ChatTokenUsage? usage = null;
        await foreach (var update in client.CompleteChatStreamingAsync([new UserChatMessage("Hi")], cancellationToken: None))
        {
            foreach (var part in update.ContentUpdate)
                text.Append(part.Text);
            foreach (var call in update.ToolCallUpdates)
            {
                if (!calls.TryGetValue(call.Index, out var known))
                    calls[call.Index] = known = (call.FunctionName, new StringBuilder());
                known.Arguments.Append(call.FunctionArgumentsUpdate?.ToString());
            }

            usage = update.Usage ?? usage;
        }

        // xAI bills reasoning apart from completion_tokens, and says so only in the total; the client passes the field on as it is.
        long? output = usage is null ? null : Math.Max(usage.OutputTokenCount, usage.TotalTokenCount - usage.InputTokenCount);
        return new Reading(text.ToString(), string.Join(' ', calls.Values.Select(call => $"{call.Name}({call.Arguments})")), usage?.InputTokenCount, output);
    }

    private sealed record Reading(string Text, string Calls, long? Input, long? Output);

    private sealed class ListExporter(List<System.Diagnostics.Activity> spans) : BaseExporter<System.Diagnostics.Activity>
    {
        public override ExportResult Export(in Batch<System.Diagnostics.Activity> batch)
        {
            foreach (var span in batch)
                spans.Add(span);
            return ExportResult.Success;
        }
    }

    private sealed class ListLogger : ILoggerFactory, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
