using System.Buffers;
using System.Text.Json;
using Omega.Cli.Screen;
using Omega.Trading.Indicators;

namespace Omega.Cli.Commands.Indicators;

/// <summary>Indicators as JSON: the catalogue, and values over a file.</summary>
internal static class IndicatorJson
{
    private const int WriteAt = 64 * 1024;

    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n" };

    public static void WriteCatalogue(Terminal terminal, IEnumerable<IndicatorDescriptor> indicators)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartArray();
            foreach (var indicator in indicators)
                Describe(json, indicator);
            json.WriteEndArray();
        }

        buffer.Write("\n"u8);
        terminal.Output(buffer.WrittenSpan);
    }

    /// <summary>Values of every bar from one on, null where there is none, and notes that say why.</summary>
    public static void Write(Terminal terminal, IndicatorSheet sheet, int from, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>(2 * WriteAt);
        using var json = new Utf8JsonWriter(buffer, Indented);
        json.WriteStartObject();
        json.WriteString("source", sheet.Series.Source);
        json.WriteString("timeframe", sheet.Series.Timeframe.ToString());
        json.WriteNumber("bars", sheet.Series.Count);
        json.WriteStartArray("indicators");
        foreach (var indicator in sheet.Indicators)
        {
            json.WriteStartObject();
            json.WriteString("indicator", indicator.ToString());
            json.WriteNumber("warm_up_bars", indicator.WarmUpBars);
            Texts(json, "columns", indicator.Columns);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Texts(json, "notes", sheet.Notes);
        json.WriteStartArray("rows");
        for (var t = from; t < sheet.Series.Count; t++)
        {
            json.WriteStartObject();
            json.WriteString("time", sheet.Time(t));
            foreach (var column in sheet.Columns)
                Number(json, column.Name, column.Values[t]);
            json.WriteEndObject();
            if (buffer.WrittenCount + json.BytesPending < WriteAt)
                continue;
            cancellationToken.ThrowIfCancellationRequested();
            json.Flush();
            terminal.Output(buffer.WrittenSpan);
            buffer.ResetWrittenCount();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        buffer.Write("\n"u8);
        terminal.Output(buffer.WrittenSpan);
    }

    private static void Describe(Utf8JsonWriter json, IndicatorDescriptor indicator)
    {
        json.WriteStartObject();
        json.WriteString("indicator", indicator.Name);
        json.WriteString("description", indicator.Description);
        json.WriteString("reads", indicator.TakesSource ? "series" : "bars");
        json.WriteStartArray("parameters");
        foreach (var parameter in indicator.Parameters)
        {
            json.WriteStartObject();
            json.WriteString("name", parameter.Name);
            json.WriteNumber("default", parameter.Default);
            json.WriteNumber("minimum", parameter.Minimum);
            json.WriteNumber("maximum", parameter.Maximum);
            json.WriteBoolean("integer", parameter.IsInteger);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Texts(json, "columns", indicator.With().Columns);
        json.WriteNumber("warm_up_bars", indicator.With().WarmUpBars);
        json.WriteBoolean("warm_up_depends_on_data", indicator.WarmUpDependsOnData);
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsNaN(value))
            json.WriteNull(name);
        else
            json.WriteNumber(name, value);
    }

    private static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
