using System.Text;
using CsCheck;
using Omega.TestKit;

namespace Omega.Gpt.Tests.Recording;

public sealed class SessionRecorderTests
{
    [Fact]
    public async Task Record_Session_HoldsWireBytesWithTimesAndAttempts()
    {
        await using var rig = new RecordingRig();
        await rig.RunSessionAsync();
        rig.Recorder.Dispose();

        var lines = (await File.ReadAllLinesAsync(rig.File)).Select(line => System.Text.Json.JsonElement.Parse(line)).ToList();

        var first = lines.Where(line => line.TryGetProperty("attempt", out var attempt) && attempt.GetInt32() == 1 && line.GetProperty("step").GetInt32() == 1).ToList();
        Assert.Equal(["sending", "answered", "received", "attempt.ended"], first.Take(4).Select(line => line.GetProperty("type").GetString()));
        Assert.Equal(429, first[1].GetProperty("status").GetInt32());
        Assert.Equal("5", first[1].GetProperty("headers").GetProperty("retry-after-ms").GetString());
        var body = string.Concat(lines.Where(line => line.GetProperty("type").GetString() == "received" && line.GetProperty("step").GetInt32() == 2 && line.GetProperty("turn").GetString() == lines[1].GetProperty("turn").GetString())
            .Select(line => line.GetProperty("bytes").GetString()));
        Assert.Equal(Encoding.UTF8.GetString(ChatCompletionsStream.Create().Text("Seven ", "both, ", "sæven.").FinishWithUsage("stop", 40, 4).Done().Bytes), body);
        var times = lines.Select(line => line.GetProperty("t").GetDouble()).ToList();
        Assert.Equal(times.Order(), times);
    }

    [Fact]
    public async Task Record_ServerThatEchoesTheKey_KeepsItOutOfTheFile()
    {
        await using var rig = new RecordingRig();
        rig.Server.Enqueue(
            Reply.Stream(ChatCompletionsStream.Create().Text($"Your key is {RecordingRig.Key[..9]}", $"{RecordingRig.Key[9..]}.", $"All: {RecordingRig.Key}").Finish("stop").Done()),
            Reply.OpenAIError(401, $"Incorrect API key provided: {RecordingRig.Key}.", code: "invalid_api_key"));

        await rig.AskAsync("What is my key?");
        await rig.AskAsync("And now?");
        rig.Recorder.Dispose();

        var text = await File.ReadAllTextAsync(rig.File);
        Assert.DoesNotContain(RecordingRig.Key, text, StringComparison.Ordinal);
        Assert.Contains("[key]", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Record_StreamOfManyPieces_WritesToTheFileFarLessThanOnceAPiece()
    {
        const int Pieces = 500;
        var file = new CountedFile();
        // The clock stands still: no line is written because of its age.
        using var recorder = SessionRecorder.Into(file, new ClockDriver().Time);
        var registry = Gpt.Providers.ProviderRegistry.Create();
        registry.Add(new Turns.ScriptedProvider(Turns.ScriptedProvider.Says([.. Enumerable.Repeat(new Gpt.Providers.TextDelta("piece "), Pieces), Turns.ScriptedProvider.Done()])));
        var engine = new GptEngine(registry, new GenerationOptions { Model = "scripted/m" }, pipeline: new GptPipelineOptions { Recorder = recorder });

        await Turns.Turn.RunAsync(engine.RunAsync(engine.NewConversation(), [Message.User("Go.")]));

        Assert.InRange(file.Writes, 1, Pieces / 10);
        Assert.True(file.Lines > Pieces * 2, $"{file.Lines} lines are not all of it.");
    }

    [Fact]
    public async Task Create_NewFile_IsForItsOwnerAloneAndNeverOverwritesOne()
    {
        await using var rig = new RecordingRig();

        var exception = Assert.Throws<GptException>(() => SessionRecorder.Create(rig.File));

        Assert.Contains("never overwrites", exception.Message, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(rig.File));
    }

    [Fact]
    public async Task Load_FileCutAnywhere_IsReadUpToThereAndSaysSo()
    {
        await using var rig = new RecordingRig();
        await rig.RunSessionAsync();
        rig.Recorder.Dispose();
        var whole = await File.ReadAllBytesAsync(rig.File);
        var head = whole.AsSpan().IndexOf((byte)'\n') + 1;
        using var folder = new TempFolder();
        var path = folder.At("cut.jsonl");

        Gen.Int[head, whole.Length].Sample(
            length =>
            {
                File.WriteAllBytes(path, whole[..length]);
                var recording = SessionRecording.Load(path);
                var isCut = whole[length - 1] != (byte)'\n';
                Assert.Equal(isCut, recording.Notice is not null);
                Assert.All(recording.Turns, turn => Assert.Equal(turn.Events.Count > 0 && turn.Events[^1].EndsTurn, turn.Obstacle is null));
            },
            iter: 50,
            threads: 1);
    }

    [Theory]
    [InlineData("", "line 1", "does not begin with")]
    [InlineData("{\"type\":\"recording\",\"version\":2,\"by\":\"omega 9\"}\n", "line 1", "version 2")]
    [InlineData("{\"type\":\"recording\",\"version\":1}\n{\"type\":\"delta\"\n", "line 2", "")]
    [InlineData("{\"type\":\"recording\",\"version\":1}\n{\"type\":\"turn\",\"turn\":\"t\"}\n", "line 2", "\"input\" is missing")]
    public void Load_NoRecording_SaysWhereAndWhat(string text, string where, string what)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.At("bad.jsonl"), text);

        var exception = Assert.Throws<RecordingException>(() => SessionRecording.Load(folder.At("bad.jsonl")));

        Assert.Contains(where, exception.Message, StringComparison.Ordinal);
        Assert.Contains(what, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flight_ManyTurns_StaysWithinItsSizeAndKeepsTheLast()
    {
        const long Size = 1024 * 1024;
        using var folder = new TempFolder();
        await using var server = ModelServer.Start();
        // The clock stands still: all files are of one millisecond.
        using var recorder = SessionRecorder.Flight(folder.At("flight"), Size, new ClockDriver().Time);
        var registry = Gpt.Providers.ProviderRegistry.Create();
        registry.Add(new Turns.ScriptedProvider([.. Enumerable.Repeat(Turns.ScriptedProvider.Says(new Gpt.Providers.TextDelta(new string('x', 20_000)), Turns.ScriptedProvider.Done()), 60)]));
        var engine = new GptEngine(registry, new GenerationOptions { Model = "scripted/m" }, pipeline: new GptPipelineOptions { Recorder = recorder });

        string last = "";
        for (var i = 0; i < 60; i++)
        {
            var (events, _) = await Turns.Turn.RunAsync(engine.RunAsync(engine.NewConversation(), [Message.User("Go.")]));
            last = events[0].Turn;
        }

        recorder.Dispose();
        var files = new DirectoryInfo(folder.At("flight")).GetFiles().OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
        Assert.True(files.Count > 1);
        Assert.InRange(files.Sum(file => file.Length), Size / 2, Size);
        Assert.Null(SessionRecording.Load(files[^1].FullName).Turns.Single(turn => turn.Id == last).Obstacle);
    }

    private sealed class CountedFile : Gpt.Recording.RecordingFile
    {
        public int Writes { get; private set; }

        public int Lines { get; private set; }

        public override void Write(ReadOnlySpan<byte> lines) => (Writes, Lines) = (Writes + 1, Lines + lines.Count((byte)'\n'));

        public override void Dispose()
        {
        }
    }
}
