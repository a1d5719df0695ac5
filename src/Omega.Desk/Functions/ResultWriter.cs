using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Omega.Gpt;
using Omega.Trading.Analysis;

namespace Omega.Desk.Functions;

/// <summary>
/// Writes a result: a summary, where its figures come from, then the figures, each with its unit. Figures that are null are left out; the
/// notes say why. Used once, by one thread.
/// </summary>
internal sealed class ResultWriter : IDisposable
{
    private const int MostNotes = 12;

    private readonly ArrayBufferWriter<byte> _buffer = new(2048);
    private readonly Utf8JsonWriter _json;
    private readonly MarketData? _data;
    private readonly List<string> _notes = [];
    private bool _hasFigures;

    /// <summary>Begins a result.</summary>
    /// <param name="context">The call; its id makes the <c>ref</c>.</param>
    /// <param name="summary">One sentence.</param>
    /// <param name="data">What the figures come from; null where they come from no market.</param>
    /// <param name="asOf">The time of the figures; null for the close of the last candle.</param>
    public ResultWriter(FunctionContext context, string summary, MarketData? data = null, DateTimeOffset? asOf = null)
    {
        (_json, _data) = (new Utf8JsonWriter(_buffer, DeskJson.Writing), data);
        _json.WriteStartObject();
        Text("summary", summary);
        Text("ref", RefOf(context));
        if (data is null)
            return;
        Text("source", data.Source);
        if (data.IsSimulated)
            _json.WriteBoolean("simulated", true);
        if (data.Market is { } market)
            Text("market", market.ToString());
        Text("timeframe", data.Candles.Timeframe.ToString());
        Moment("as_of", asOf ?? data.AsOf);
        if (data.File is { } file)
            Text("candles", file);
        if (data.State is { Status: not Trading.Feeds.FeedStatus.Live } state)
            Text("feed", state.Status == Trading.Feeds.FeedStatus.Stale ? "stale" : "ended");
        _notes.AddRange(data.Notes);
    }

    /// <summary><c>analyze_market#1.0</c>: the function, then step and place of the call within its turn.</summary>
    public static string RefOf(FunctionContext context)
    {
        var call = context.Call;
        var index = call.LastIndexOf('.');
        var step = index > 0 ? call.LastIndexOf('.', index - 1) : -1;
        return $"{context.Name}#{call[(step + 1)..]}";
    }

    public void Text(string name, string? text)
    {
        EndFigures();
        if (text is not null)
            _json.WriteString(name, text);
    }

    public void Moment(string name, DateTimeOffset? time) => Text(name, time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

    /// <summary>A figure of the reports, by its unit in the catalogue.</summary>
    /// <param name="name">As the model reads it.</param>
    /// <param name="value">Null is left out.</param>
    /// <param name="definition">Its name in <see cref="FigureCatalog"/>.</param>
    public void Defined(string name, double? value, string definition) => Figure(name, value, FigureUnits.Of(definition, _data!));

    public void Money(string name, decimal? value) => Figure(name, (double?)value, _data?.QuoteUnit ?? "quote");

    /// <summary>A quantity, to its last digit.</summary>
    public void Exact(string name, decimal value, string definition)
    {
        BeginFigures();
        _json.WriteStartObject(name);
        _json.WriteNumber("value", value / 1.000000000000000000000000000000m);
        _json.WriteString("unit", FigureUnits.Of(definition, _data!));
        _json.WriteEndObject();
    }

    public void Figure(string name, double? value, string unit)
    {
        if (value is not { } number || !double.IsFinite(number))
            return;
        BeginFigures();
        _json.WriteStartObject(name);
        Number("value", number, unit);
        _json.WriteString("unit", unit);
        _json.WriteEndObject();
    }

    /// <summary>A list whose entries are written by a callback, each an object.</summary>
    public void List<T>(string name, IEnumerable<T> items, Action<ResultWriter, T> write)
    {
        EndFigures();
        _json.WriteStartArray(name);
        foreach (var item in items)
        {
            _json.WriteStartObject();
            write(this, item);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    public void Object(string name, Action<ResultWriter> write)
    {
        EndFigures();
        _json.WriteStartObject(name);
        write(this);
        _json.WriteEndObject();
    }

    /// <summary>A figure within an entry of a list.</summary>
    public void Entry(string name, double? value, string unit)
    {
        if (value is not { } number || !double.IsFinite(number))
            return;
        _json.WriteStartObject(name);
        Number("value", number, unit);
        _json.WriteString("unit", unit);
        _json.WriteEndObject();
    }

    /// <summary>A bare number; its unit stands elsewhere.</summary>
    public void Number(string name, double value, string unit)
    {
        var rounded = unit == _data?.QuoteUnit ? Rounding.Money(value) : Rounding.Of(value, unit);
        if (Math.Abs(rounded) < (double)decimal.MaxValue && (decimal)rounded is var exact && (exact != 0 || rounded == 0))
            _json.WriteNumber(name, exact);
        else
            _json.WriteNumber(name, rounded);
    }

    public void Raw(string name, string json)
    {
        EndFigures();
        _json.WritePropertyName(name);
        _json.WriteRawValue(json);
    }

    public void Notes(IEnumerable<string> notes) => _notes.AddRange(notes);

    public JsonElement Finish()
    {
        EndFigures();
        if (_notes.Count > 0)
        {
            _json.WriteStartArray("notes");
            foreach (var note in _notes.Take(MostNotes))
                _json.WriteStringValue(note);
            _json.WriteEndArray();
        }

        _json.WriteEndObject();
        _json.Flush();
        return JsonElement.Parse(_buffer.WrittenSpan);
    }

    public void Dispose() => _json.Dispose();

    // Figures stand together; what is written between them ends them, and there is one such object only.
    private void BeginFigures()
    {
        if (_hasFigures)
            return;
        _hasFigures = true;
        _json.WriteStartObject("figures");
    }

    private void EndFigures()
    {
        if (!_hasFigures)
            return;
        _hasFigures = false;
        _json.WriteEndObject();
    }
}
