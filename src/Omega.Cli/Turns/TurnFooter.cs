using System.Globalization;
using Omega.Gpt;

namespace Omega.Cli.Turns;

/// <summary>The line under an answer: who, how long, how many tokens, what it cost. <c>~</c> marks an estimate, <c>?</c> what is not known. Pure.</summary>
internal static class TurnFooter
{
    /// <param name="completed">The turn.</param>
    /// <param name="called">The functions that gave results, in order.</param>
    /// <param name="market">Where the market's figures come from; null where there is no market.</param>
    /// <param name="session">Where the turn is kept; null where that is not said.</param>
    public static string Of(TurnCompletedEvent completed, IReadOnlyList<string>? called = null, string? market = null, string? session = null)
    {
        List<string> parts =
        [
            $"{completed.Provider}/{completed.Model}",
            completed.Timing.FirstTokenMs is { } first
                ? $"{Seconds(first)} to first token, {Seconds(completed.Timing.TotalMs)} in all"
                : $"{Seconds(completed.Timing.TotalMs)} in all",
        ];
        // Offline nobody counts tokens and nobody is paid: question marks would look as if something were hidden.
        if (completed.Provider != "offline")
            parts.AddRange([Tokens(completed.Usage, completed.Cost), Money(completed.Cost)]);
        if (called is { Count: > 0 })
            parts.Add(string.Join(", ", called.GroupBy(name => name).Select(calls => calls.Count() == 1 ? calls.Key : $"{calls.Key} ×{calls.Count()}")));
        if (market is not null)
            parts.Add(market);
        if (session is not null)
            parts.Add($"session {session}");
        return string.Join(" · ", parts);
    }

    public static string Seconds(double milliseconds) =>
        milliseconds < 1000
            ? string.Create(CultureInfo.InvariantCulture, $"{Math.Round(milliseconds)} ms")
            : string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000:0.0} s");

    public static string Tokens(TokenUsage? usage, Cost? cost)
    {
        if (usage is null)
            return "? tokens in, ? out";
        // A billed amount says nothing of the tokens; an estimated one means that they are.
        var mark = cost is { Estimated: true } ? "~" : "";
        var cached = usage.Input.CacheRead is > 0 and var read ? $" ({Count(read, mark)} cached)" : "";
        var reasoning = usage.Output.Reasoning is > 0 and var thought ? $" ({Count(thought, mark)} reasoning)" : "";
        return $"{Count(usage.Input.Total, mark)} tokens in{cached}, {Count(usage.Output.Total, mark)} out{reasoning}";
    }

    public static string Money(Cost? cost)
    {
        if (cost is null)
            return "$?";
        var usd = cost.Usd;
        var text = usd switch
        {
            0 => "0",
            >= 1m => usd.ToString("0.00", CultureInfo.InvariantCulture),
            >= 0.01m => usd.ToString("0.0000", CultureInfo.InvariantCulture),
            _ => usd.ToString("0.00######", CultureInfo.InvariantCulture),
        };
        return $"{(cost.Estimated ? "~" : "")}${text}";
    }

    private static string Count(long? tokens, string mark) =>
        tokens is { } count ? mark + count.ToString("N0", CultureInfo.InvariantCulture) : "?";
}
