using System.Buffers;
using System.Text.Json;
using Omega.Desk;
using Omega.Gpt;
using Omega.Trading;
using Omega.Trading.Feeds;

namespace Omega.Cli.Markets;

/// <summary>The market of a run, and the desk over it. Not thread-safe.</summary>
internal sealed class MarketSource : IAsyncDisposable
{
    private const string ReplayPrefix = "replay:";
    private const int ShownHash = 12;

    private readonly TimeProvider _time;
    private readonly List<string> _files = [];
    private MarketDesk? _desk;

    public MarketSource(TimeProvider time, IMarketFeed feed, string? file)
    {
        (_time, Feed, File) = (time, feed, file);
        if (file is not null)
            _files.Add(file);
    }

    public IMarketFeed Feed { get; }

    /// <summary>The file that it comes from, as the person spelled it; null where it comes from none.</summary>
    public string? File { get; }

    /// <summary>The usual market of the feed.</summary>
    public Instrument Instrument => Feed.Instruments[0];

    /// <summary>Where the figures come from, shortened for people: <c>SIM:42</c>, <c>replay:0123456789ab</c>.</summary>
    public string Name => Short(Feed.Source);

    /// <summary>The functions over it.</summary>
    public MarketDesk Desk => _desk ??= new MarketDesk(Feed, new MarketDeskOptions { CandleFiles = [.. _files] }, _time);

    /// <summary>A source, shortened for people: the first digits of a hash tell files apart.</summary>
    public static string Short(string source) =>
        source.StartsWith(ReplayPrefix, StringComparison.Ordinal) && source.Length > ReplayPrefix.Length + ShownHash ? source[..(ReplayPrefix.Length + ShownHash)] : source;

    /// <summary>What is kept with a turn: where the prices come from, and whether they are made up.</summary>
    public AnnotationEvent ToAnnotation()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("source", Feed.Source);
            json.WriteBoolean("simulated", Feed.IsSimulated);
            json.WriteStartArray("markets");
            foreach (var instrument in Feed.Instruments)
                json.WriteStringValue(instrument.ToString());
            json.WriteEndArray();
            json.WriteEndObject();
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return new AnnotationEvent("market", JsonElement.ParseValue(ref reader));
    }

    /// <summary>Lets the functions read the files that a person names.</summary>
    /// <param name="prompt">What the person wrote, and nobody else.</param>
    public void AllowFilesIn(string prompt)
    {
        foreach (var file in CandleFileNames.In(prompt).Where(file => !_files.Contains(file) && System.IO.File.Exists(file)))
        {
            _files.Add(file);
            _desk = null;
        }
    }

    public ValueTask DisposeAsync() => Feed.DisposeAsync();
}
