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

    /// <summary>Rows under a name: which call it is, how it ended, what it cost and what was reserved for it.</summary>
    public static void WriteRows(Terminal terminal, string name, IReadOnlyList<UsageRecord> rows)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteStartArray(name);
            foreach (var row in rows)
            {
                json.WriteStartObject();
                json.WriteNumber("id", row.Id);
                json.WriteString("at", row.At.ToString("O", CultureInfo.InvariantCulture));
                json.WriteString("session", row.Session);
                json.WriteString("turn", row.Turn);
                json.WriteNumber("step", row.Step);
                json.WriteNumber("attempt", row.Attempt);
                json.WriteString("provider", row.Provider);
                json.WriteString("model", row.Model);
                json.WriteString("key_id", row.KeyId);
                json.WriteString("outcome", row.Outcome.ToString().ToLowerInvariant());
                json.WriteString("cost_usd", row.Cost?.Usd.ToString(CultureInfo.InvariantCulture));
                json.WriteString("reserved_usd", row.ReservedUsd?.ToString(CultureInfo.InvariantCulture));
                json.WriteEndObject();
            }

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
        Times("queue_ms", line.Queue);
        Times("first_token_ms", line.FirstToken);
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

        void Times(string name, UsageTimes? times)
        {
            if (times is null)
            {
                json.WriteNull(name);
                return;
            }

            json.WriteStartObject(name);
            json.WriteNumber("p50", times.P50);
            json.WriteNumber("p95", times.P95);
            json.WriteNumber("p99", times.P99);
            json.WriteEndObject();
        }

        void Count(string name, long? count)
        {
            if (count is { } known)
                json.WriteNumber(name, known);
            else
                json.WriteNull(name);
        }
    }
}
