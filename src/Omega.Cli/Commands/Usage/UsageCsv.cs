using System.Globalization;
using System.Text;
using Omega.Cli.Screen;
using Omega.Gpt;

namespace Omega.Cli.Commands.Usage;

/// <summary>Reports and rows as CSV: one header, plain numbers, empty where nothing is known.</summary>
internal static class UsageCsv
{
    public const string RowHeader = "id,at,session,turn,step,attempt,provider,model,served,key_id,outcome,error,finish,queue_ms,connect_ms,first_token_ms,total_ms,"
        + "input_tokens,cache_read_tokens,cache_write_tokens,output_tokens,reasoning_tokens,usage_estimated,cost_usd,cost_estimated,cost_source,reserved_usd,saved_usd,functions";

    public static void Write(Terminal terminal, UsageReport report)
    {
        var text = new StringBuilder();
        text.Append(report.By.ToString().ToLowerInvariant()).Append(
            ",turns,calls,input_tokens,cache_read_tokens,output_tokens,cost_usd,cost_estimated,unpriced,saved_usd,queue_p50_ms,queue_p95_ms,queue_p99_ms,first_token_p50_ms,first_token_p95_ms,first_token_p99_ms,"
            + "tokens_per_second,open,failed,interrupted,cancelled,repeats,function_calls,function_failures\n");
        foreach (var line in report.Lines)
        {
            Row(
                text, line.Name, line.Turns, line.Attempts, line.InputTokens, line.CacheReadTokens, line.OutputTokens, line.CostUsd, line.IsCostEstimated, line.Unpriced, line.SavedUsd,
                line.Queue?.P50, line.Queue?.P95, line.Queue?.P99, line.FirstToken?.P50, line.FirstToken?.P95, line.FirstToken?.P99, line.TokensPerSecond is { } rate ? Math.Round(rate, 3) : null, line.Open, line.Failed, line.Interrupted,
                line.Cancelled, line.Retries, line.FunctionCalls, line.FunctionFailures);
        }

        terminal.Output(Encoding.UTF8.GetBytes(text.ToString()));
    }

    public static void Append(StringBuilder text, UsageRecord row) => Row(
        text, row.Id, row.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), row.Session, row.Turn, row.Step, row.Attempt, row.Provider, row.Model, row.Served, row.KeyId,
        row.Outcome.ToString().ToLowerInvariant(), row.Error, row.Finish, row.QueueMs, row.ConnectMs, row.FirstTokenMs, row.TotalMs, row.Usage?.Input.Total, row.Usage?.Input.CacheRead,
        row.Usage?.Input.CacheWrite, row.Usage?.Output.Total, row.Usage?.Output.Reasoning, row.IsUsageEstimated, row.Cost?.Usd, row.Cost?.Estimated,
        row.Cost?.Source.ToString().ToLowerInvariant(), row.ReservedUsd, row.SavedUsd, string.Join(' ', row.Functions));

    private static void Row(StringBuilder text, params ReadOnlySpan<object?> cells)
    {
        for (var i = 0; i < cells.Length; i++)
            text.Append(i == 0 ? "" : ",").Append(Cell(cells[i]));
        text.Append('\n');
    }

    private static string Cell(object? value) => value switch
    {
        null => "",
        bool yes => yes ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        // A name that a spreadsheet would take for a formula, or that has a separator in it, is quoted.
        string word when word.AsSpan().IndexOfAny(",\"\r\n") >= 0 => $"\"{word.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
        _ => value.ToString()!,
    };
}
