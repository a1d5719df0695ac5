using Omega.Gpt;
using Omega.Gpt.Providers;
using Omega.Gpt.Providers.ChatCompletions;
using Omega.Gpt.Providers.Http;
using Omega.Gpt.Recording;

namespace Omega.Benchmarks.Streams;

/// <summary>
/// What a recording costs a chunk of a turn: the whole turn, from prompt to events, of one stream of 200 pieces, as its events come at once
/// and as a network has them; and how often the file is written to.
/// </summary>
internal static class RecordingBenchmarks
{
    private const int Pieces = 200;
    private const int Many = 1000;
    private const int Counted = 200;

    public static async Task RunAsync()
    {
        Console.WriteLine("| reads | recording | CPU µs of 200 pieces (least) | above none: ns a chunk (least) | (median of rounds) | B a chunk | µs a stream | KB a stream |");
        foreach (var waits in (bool[])[false, true])
        {
            var title = waits ? "waited for" : "at once";
            using var file = new CountedFile();
            using var recorder = SessionRecorder.Into(file, TimeProvider.System);
            var off = new[] { Pieces, Many }.ToDictionary(pieces => pieces, pieces => Engine(pieces, waits, null));
            var on = new[] { Pieces, Many }.ToDictionary(pieces => pieces, pieces => Engine(pieces, waits, recorder));
            await Pairs.CompareAsync(title, (Pieces, Many), ("off", pieces => ReadAsync(off[pieces], pieces)), ("on", pieces => ReadAsync(on[pieces], pieces))).ConfigureAwait(false);

            var (writes, bytes) = (file.Writes, file.Bytes);
            for (var turn = 0; turn < Counted; turn++)
                await ReadAsync(on[Pieces], Pieces).ConfigureAwait(false);
            Console.WriteLine(FormattableString.Invariant(
                $"{title}: {(double)(file.Writes - writes) / (Counted * Pieces):0.000} writes and {(double)(file.Bytes - bytes) / (Counted * Pieces):0} bytes of the file a chunk, {(double)(file.Writes - writes) / Counted:0.0} writes a turn"));
        }
    }

    private static GptEngine Engine(int pieces, bool waits, SessionRecorder? recorder)
    {
        var client = MemoryServer.Client(pieces, waits);
        var registry = ProviderRegistry.Create();
        // With a key, as everybody has: it is looked for in all that is recorded.
        registry.Add(new ChatCompletionsProvider(new WireOptions { Name = "memory", BaseUrl = "http://memory.invalid/v1", Client = () => client, Auth = ProviderAuth.Bearer("benchmark-key-0123456789abcdef") }));
        return new GptEngine(registry, new GenerationOptions { Model = "memory/m" }, pipeline: GptPipelineOptions.Standard with { Recorder = recorder });
    }

    private static async Task<int> ReadAsync(GptEngine engine, int pieces)
    {
        var characters = 0;
        await foreach (var gptEvent in engine.RunAsync(engine.NewConversation(), [Message.User("How is Bitcoin?")]).ConfigureAwait(false))
        {
            if (gptEvent is TextDeltaEvent text)
                characters += text.Text.Length;
        }

        return characters > pieces ? characters : throw new InvalidOperationException($"{characters} characters are not the answer.");
    }

    /// <summary>The flight recorder's files, which make room for each other so that the disk does not fill, with a count.</summary>
    private sealed class CountedFile : RecordingFile
    {
        private readonly Rotating _files = new(Directory.CreateTempSubdirectory("omega-bench-").FullName, 16 * 1024 * 1024, TimeProvider.System);

        public long Writes { get; private set; }

        public long Bytes { get; private set; }

        public override bool IsFull => _files.IsFull;

        public override bool IsOverfull => _files.IsOverfull;

        public override void Write(ReadOnlySpan<byte> lines)
        {
            (Writes, Bytes) = (Writes + 1, Bytes + lines.Length);
            _files.Write(lines);
        }

        public override void Next() => _files.Next();

        public override void Dispose() => _files.Dispose();
    }
}
