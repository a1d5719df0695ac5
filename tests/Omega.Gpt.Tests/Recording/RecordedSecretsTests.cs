using System.Net;
using System.Text;
using System.Text.Json;
using CsCheck;
using Omega.Gpt.Providers;
using Omega.Gpt.Providers.ChatCompletions;
using Omega.Gpt.Providers.Http;
using Omega.Gpt.Tests.Turns;
using Omega.TestKit;

namespace Omega.Gpt.Tests.Recording;

/// <summary>A recording of a server that says the key: in pieces, escaped, in bytes that are no text, in a stream that breaks off.</summary>
public sealed class RecordedSecretsTests
{
    // With characters that JSON may escape.
    private const string Key = "planted/key+8d1f\"0c77aa5342b1";

    private static readonly Gen<int[]> Sizes = Gen.Int[1, 60].Array[1, 6];

    /// <summary>The pieces in which the model says the key, the reads in which the stream comes, and where it is cut.</summary>
    private static readonly Gen<(int[] Pieces, int[] Reads, double Kept)> Streams =
        Gen.Select(Gen.Int[1, 20].Array[1, 6], Sizes, Gen.OneOf(Gen.Const(1.0), Gen.Double[0, 1]), (pieces, reads, kept) => (pieces, reads, kept));

    [Fact]
    public async Task Record_KeyInPieces_IsInNoPlaceEvenWhereThePiecesAreJoined()
    {
        using var folder = new TempFolder();
        await Streams.SampleAsync(
            async told =>
            {
                var recorded = await RecordAsync(folder, Stream(told.Pieces), told.Reads, told.Kept, Key);
                recorded.Scan().ThrowIfFound();
            },
            iter: 300,
            threads: 2);
    }

    [Fact]
    public async Task Record_KeyThatNobodyKnows_IsFoundByTheSameScanInEachPlace()
    {
        using var folder = new TempFolder();

        var recorded = await RecordAsync(folder, Stream([5]), [40], 1, known: null);

        Assert.Equal(["deltas, joined", "events, joined", "file", "wire, joined"], recorded.Scan().Finds.Select(find => find[..find.IndexOf(':', StringComparison.Ordinal)]).Order());
    }

    [Fact]
    public async Task Record_StreamWithoutTheKey_HoldsEveryByte()
    {
        using var folder = new TempFolder();
        await Gen.Select(Sizes, Gen.Double[0, 1]).SampleAsync(
            async (reads, kept) =>
            {
                // Words that begin like the key, comments and a line end of another kind.
                var stream = ": hello\n\n" + Encoding.UTF8.GetString(ChatCompletionsStream.Create().Text("planted/key+", "planted/key", "+8d1f", " or not.").Bytes).ReplaceLineEndings(kept > 0.5 ? "\n" : "\r\n");
                var recorded = await RecordAsync(folder, Encoding.UTF8.GetBytes(stream), reads, 1, Key);

                Assert.Equal(stream, recorded.Wire);
                Assert.Equal(0, recorded.LeftOut);
            },
            iter: 100,
            threads: 2);
    }

    [Theory]
    [InlineData("planted\\/key\\u002b8d1f\\u00220c77aa5342b1")]
    [InlineData("planted/key+8d1f\\\"0c77aa5342b1")]
    public async Task Record_KeyInAnEscapedForm_IsNowhere(string escaped)
    {
        using var folder = new TempFolder();
        // In a field that the wire does not read, and in an error.
        var stream = $"data: {{\"choices\":[{{\"index\":0,\"delta\":{{\"content\":\"Hm.\"}}}}],\"note\":\"{escaped}\"}}\n\ndata: {{\"error\":{{\"message\":\"Not {escaped}\"}}}}\n\n";

        var recorded = await RecordAsync(folder, Encoding.UTF8.GetBytes(stream), [1000], 1, Key);

        recorded.Scan().Text("wire, read as JSON", recorded.Wire.Replace("\\/", "/", StringComparison.Ordinal).Replace("\\u002b", "+", StringComparison.Ordinal).Replace("\\u0022", "\"", StringComparison.Ordinal)).ThrowIfFound();
        Assert.Contains("[key]", recorded.Wire, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Record_KeyInBytesThatAreNoText_IsNotInTheirBase64()
    {
        using var folder = new TempFolder();
        byte[] stream = [.. ": "u8, 0xff, .. Encoding.UTF8.GetBytes(Key), 0xfe, .. "\n\n"u8, .. ChatCompletionsStream.Create().Text("Hm.").Finish("stop").Done().Bytes];

        var recorded = await RecordAsync(folder, stream, [1000], 1, Key);

        recorded.Scan().ThrowIfFound();
        Assert.Contains("bytes_base64", recorded.File, StringComparison.Ordinal);
    }

    /// <summary>What a replay reads is redacted alike everywhere: a prompt and a result that hold the key do not part it from its recording.</summary>
    [Theory]
    [InlineData("planted-key-8d1f0c77aa5342b1", false)]
    [InlineData("text", true)]
    public async Task Replay_KeyInPromptAndResult_IsTheSameAsRecordedAndHasOnlyAShortKey(string key, bool isKept)
    {
        using var folder = new TempFolder();
        await using var server = ModelServer.Start();
        server.Enqueue(
            Reply.Stream(ChatCompletionsStream.Create().Call(0, "c1", "read", "{}").Finish("tool_calls").Done()),
            Reply.Stream(ChatCompletionsStream.Create().Text("It is ", key, ".").Finish("stop").Done()));
        var read = new GptFunction(new FunctionDefinition("read", null, JsonElement.Parse("""{"type":"object"}""")), (_, _, _) => ValueTask.FromResult(JsonElement.Parse($"\"{key}\"")));
        var variables = new Dictionary<string, string?> { ["OPENAI_API_KEY"] = key, ["OPENAI_BASE_URL"] = server.BaseUrl };
        var file = folder.At("session.jsonl");
        var said = new StringBuilder();
        using (var recorder = SessionRecorder.Create(file))
        {
            var engine = new GptEngine(ProviderRegistry.Create(variables.GetValueOrDefault), pipeline: new GptPipelineOptions { Recorder = recorder });
            var (events, error) = await Turn.RunAsync(engine.RunAsync(engine.NewConversation(), [Message.User($"Is it {key}?")], new TurnOptions { Model = "openai/gpt-4.1", Functions = new FunctionSet(read) }));
            Assert.Null(error);
            foreach (var gptEvent in events)
                said.Append(GptJson.ToJson(gptEvent).Replace(isKept ? "nothing of it" : key, "[key]", StringComparison.Ordinal));
        }

        var recording = SessionRecording.Load(file);
        var replayed = new StringBuilder();
        await foreach (var gptEvent in new SessionReplay(recording).RunAsync(Assert.Single(recording.Turns)))
            replayed.Append(GptJson.ToJson(gptEvent));

        Assert.Equal(said.ToString(), replayed.ToString());
        Assert.Equal(isKept, (await File.ReadAllTextAsync(file)).Contains($"Is it {key}?", StringComparison.Ordinal));
    }

    private static byte[] Stream(int[] pieces)
    {
        var text = $"You are {Key}, are you? ";
        var stream = ChatCompletionsStream.Create();
        for (var (at, turn) = (0, 0); at < text.Length; turn++)
        {
            var length = Math.Min(pieces[turn % pieces.Length], text.Length - at);
            stream.Text(text.Substring(at, length));
            at += length;
        }

        return stream.Text("Fine.").Finish("stop").Done().Bytes.ToArray();
    }

    private static async Task<Recorded> RecordAsync(TempFolder folder, byte[] stream, int[] reads, double kept, string? known)
    {
        var file = folder.At($"{Guid.NewGuid():N}.jsonl");
        var registry = ProviderRegistry.Create();
        using var client = new HttpClient(new ChunkedHandler(stream.AsMemory(0, (int)(stream.Length * kept)), reads));
        registry.Add(new ChatCompletionsProvider(new WireOptions { Name = "first", BaseUrl = "http://first.invalid/v1", Client = () => client, Auth = known is null ? null : ProviderAuth.Bearer(known) }));
        using (var recorder = SessionRecorder.Create(file))
        {
            var engine = new GptEngine(registry, new GenerationOptions { Model = "first/m1" }, pipeline: new GptPipelineOptions { Recorder = recorder });
            await Turn.RunAsync(engine.RunAsync(engine.NewConversation(), [Message.User("Who am I?")]));
        }

        return new Recorded(await File.ReadAllTextAsync(file));
    }

    private sealed class Recorded(string file)
    {
        private readonly List<JsonElement> _lines = [.. file.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];

        public string File => file;

        public string Wire => string.Concat(Of("received").Select(line => line.TryGetProperty("bytes", out var bytes) ? bytes.GetString() : ""));

        public int LeftOut => Of("received").Sum(line => line.TryGetProperty("left_out", out var count) ? count.GetInt32() : 0);

        public SecretScan Scan() => new SecretScan(Key)
            .Text("file", file)
            .Text("deltas, joined", Joined(Of("delta").Select(line => line.GetProperty("delta"))))
            .Text("events, joined", Joined(Of("event").Select(line => line.GetProperty("event"))))
            .Text("wire, joined", string.Concat(Wire.Split('\n').Where(line => line.StartsWith("data: {", StringComparison.Ordinal)).Select(Content)));

        private IEnumerable<JsonElement> Of(string type) => _lines.Where(line => line.GetProperty("type").GetString() == type);

        private static string Joined(IEnumerable<JsonElement> pieces) => string.Concat(pieces.Select(piece => piece.TryGetProperty("text", out var text) ? text.GetString() : ""));

        // The last one may be cut; what is left of its text counts.
        private static string Content(string line)
        {
            const string Before = "\"content\":\"";
            var from = line.IndexOf(Before, StringComparison.Ordinal);
            if (from < 0)
                return "";
            var rest = line[(from + Before.Length)..];
            var end = rest.IndexOf("\"}", StringComparison.Ordinal);
            return (end < 0 ? rest : rest[..end]).Replace("\\u0022", "\"", StringComparison.Ordinal).Replace("\\u002B", "+", StringComparison.Ordinal).Replace("\\\"", "\"", StringComparison.Ordinal);
        }
    }

    /// <summary>Answers with one stream, in reads of given sizes, over and over.</summary>
    private sealed class ChunkedHandler(ReadOnlyMemory<byte> stream, int[] sizes) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new ChunkedStream(stream, sizes)) { Headers = { ContentType = new("text/event-stream") } } });
    }

    private sealed class ChunkedStream(ReadOnlyMemory<byte> bytes, int[] sizes) : MemoryStream(bytes.ToArray())
    {
        private int _reads;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, sizes[_reads++ % sizes.Length])], cancellationToken);
    }
}
