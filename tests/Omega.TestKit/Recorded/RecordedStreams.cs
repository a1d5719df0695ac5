namespace Omega.TestKit;

/// <summary>
/// Streams recorded from real providers, kept outside the repository: the folder named by the environment variable
/// <c>OMEGA_STREAMS</c> holds <c>index.tsv</c> (wire, name, bytes, model, holds) and <c>{wire}/{name}.sse</c>.
/// Tests skip, visibly, where it is not set: <c>Assert.SkipUnless(RecordedStreams.Available, RecordedStreams.WhyNot)</c>.
/// </summary>
public static class RecordedStreams
{
    private const string Variable = "OMEGA_STREAMS";

    private static readonly Lazy<IReadOnlyList<RecordedStream>> Loaded = new(() => Load(Folder!));

    public static bool Available => Folder is not null;

    /// <summary>What to tell where they are not available.</summary>
    public static string WhyNot => $"{Variable} does not name a folder with an index.tsv.";

    /// <summary>All recordings, in the order of the index; empty where they are not available.</summary>
    public static IReadOnlyList<RecordedStream> All => Available ? Loaded.Value : [];

    private static string? Folder =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder && File.Exists(Path.Combine(folder, "index.tsv")) ? folder : null;

    /// <summary>Reads a folder.</summary>
    /// <exception cref="InvalidDataException">The index is wrong; the message names the line.</exception>
    public static IReadOnlyList<RecordedStream> Load(string folder)
    {
        var index = Path.Combine(folder, "index.tsv");
        var streams = new List<RecordedStream>();
        var lines = File.ReadAllLines(index);
        for (var i = 1; i < lines.Length; i++)
        {
            if (lines[i].Length == 0)
            {
                continue;
            }

            if (lines[i].Split('\t') is not [var wire, var name, _, var model, var holds])
            {
                throw new InvalidDataException($"{index}:{i + 1}: wanted five columns: wire, name, bytes, model, holds.");
            }

            streams.Add(new(
                wire switch
                {
                    "chat-completions" => Wire.ChatCompletions,
                    "responses" => Wire.Responses,
                    "anthropic" => Wire.Anthropic,
                    _ => throw new InvalidDataException($"{index}:{i + 1}: unknown wire \"{wire}\"."),
                },
                name,
                model,
                File.ReadAllBytes(Path.Combine(folder, wire, name + ".sse")),
                holds.Split(',', StringSplitOptions.RemoveEmptyEntries)));
        }

        return streams;
    }
}

/// <summary>One recording.</summary>
/// <param name="Wire">The wire it was recorded from.</param>
/// <param name="Name">Its file name without extension.</param>
/// <param name="Model">The model that spoke.</param>
/// <param name="Bytes">The body, byte for byte.</param>
/// <param name="Holds">What it holds: tools, reasoning, usage, error, done.</param>
public sealed record RecordedStream(Wire Wire, string Name, string Model, byte[] Bytes, IReadOnlyList<string> Holds)
{
    public override string ToString() => $"{Wire}/{Name}";
}
