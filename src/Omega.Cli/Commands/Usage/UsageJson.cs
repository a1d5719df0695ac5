using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Omega.Cli.Screen;
using Omega.Gpt;

namespace Omega.Cli.Commands.Usage;

/// <summary>A report as one JSON object. Money is a decimal in a string; what is not known is null.</summary>
internal static class UsageJson
{
    public static void Write(Terminal terminal, UsageReport report, UsageQuery query)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("by", report.By.ToString().ToLowerInvariant());
            json.WriteString("since", query.Since?.ToString("O", CultureInfo.InvariantCulture));
            json.WriteString("until", query.Until?.ToString("O", CultureInfo.InvariantCulture));
            json.WritePropertyName("total");
            Write(json, report.Total, isTotal: true);
            json.WriteStartArray("lines");
            foreach (var line in report.Lines)
                Write(json, line, isTotal: false);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        terminal.Output(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, UsageLine line, bool isTotal)
    {
        json.WriteStartObject();
        if (!isTotal)
            json.WriteString("name", line.Name);
        json.WriteNumber("turns", line.Turns);
        json.WriteNumber("calls", line.Attempts);
        json.WriteNumber("input_tokens", line.InputTokens);
        json.WriteNumber("cache_read_tokens", line.CacheReadTokens);
        json.WriteNumber("output_tokens", line.OutputTokens);
        json.WriteString("cost_usd", line.CostUsd.ToString(CultureInfo.InvariantCulture));
        json.WriteBoolean("cost_estimated", line.IsCostEstimated);
        json.WriteNumber("unpriced", line.Unpriced);
        json.WriteString("saved_usd", line.SavedUsd.ToString(CultureInfo.InvariantCulture));
        if (line.FirstToken is { } first)
        {
            json.WriteStartObject("first_token_ms");
            json.WriteNumber("p50", first.P50);
            json.WriteNumber("p95", first.P95);
            json.WriteNumber("p99", first.P99);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("first_token_ms");
        }

        if (line.TokensPerSecond is { } rate)
            json.WriteNumber("tokens_per_second", Math.Round(rate, 3));
        else
            json.WriteNull("tokens_per_second");
        json.WriteNumber("open", line.Open);
        json.WriteNumber("failed", line.Failed);
        json.WriteNumber("interrupted", line.Interrupted);
        json.WriteNumber("cancelled", line.Cancelled);
        json.WriteNumber("repeats", line.Retries);
        Count("function_calls", line.FunctionCalls);
        Count("function_failures", line.FunctionFailures);
        json.WriteEndObject();

        void Count(string name, long? count)
        {
            if (count is { } known)
                json.WriteNumber(name, known);
            else
                json.WriteNull(name);
        }
    }
}
