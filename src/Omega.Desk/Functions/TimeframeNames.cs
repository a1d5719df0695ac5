using System.Text.RegularExpressions;
using Omega.Trading;

namespace Omega.Desk.Functions;

/// <summary>Finds the timeframe that a usual spelling means: <c>1h</c>, <c>H1</c>, <c>hourly</c>, <c>60m</c>, <c>4 hours</c>, <c>daily</c>. Pure.</summary>
internal static partial class TimeframeNames
{
    private const long Minute = 60_000;

    /// <summary>Words for some of them.</summary>
    public static IReadOnlyList<string> Words { get; } = ["hourly", "daily", "weekly"];

    /// <summary>The timeframe that is meant; the usual one where nothing is said.</summary>
    /// <param name="spelling">As given; null or blank for none.</param>
    /// <param name="timeframes">What there is, shortest first.</param>
    /// <exception cref="Refusal">There is no such timeframe; near ones are offered.</exception>
    public static Timeframe Find(string? spelling, IReadOnlyList<Timeframe> timeframes)
    {
        if (string.IsNullOrWhiteSpace(spelling))
            return Usual(timeframes);
        var isRead = TryRead(spelling, out var asked);
        if (isRead && timeframes.Contains(asked))
            return asked;

        var names = timeframes.Select(timeframe => timeframe.ToString()).ToArray();
        var near = isRead
            ? [.. timeframes.OrderBy(timeframe => Math.Abs(Math.Log((double)timeframe.Milliseconds / asked.Milliseconds))).Take(2).Select(timeframe => timeframe.ToString())]
            : Spelling.Near(spelling, names);
        var shown = spelling.Length > 64 ? spelling[..64] + "…" : spelling;
        var what = isRead ? $"There are no {asked} candles here" : $"Unknown timeframe \"{shown}\"";
        throw new Refusal("unknown_timeframe", $"{what}.{Spelling.Question(near)} Known: {string.Join(", ", names)}.", "timeframe", spelling, near, names);
    }

    /// <summary>The timeframe where nobody said one: an hour, or the nearest to it.</summary>
    public static Timeframe Usual(IReadOnlyList<Timeframe> timeframes) =>
        timeframes.MinBy(timeframe => Math.Abs(Math.Log((double)timeframe.Milliseconds / Timeframe.H1.Milliseconds)));

    private static bool TryRead(string spelling, out Timeframe timeframe)
    {
        timeframe = default;
        var text = spelling.Trim();
        if (Timeframe.TryParse(text, out timeframe))
            return true;
        if (Form().Match(text) is not { Success: true } match)
            return false;

        // 1M is a month by custom, never a minute.
        var unit = (match.Groups["unit"].Value, match.Groups["word"].Value.ToLowerInvariant()) switch
        {
            ("M", _) when !match.Groups["before"].Success => 0,
            ({ Length: > 0 } letter, _) => Unit(char.ToLowerInvariant(letter[0])),
            (_, "intraday") => 0,
            (_, { Length: > 0 } word) => Unit(word[0]),
            _ => 0,
        };
        var number = match.Groups["n"].Value is { Length: > 0 } digits ? int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture) : 1;
        var length = unit * number;
        timeframe = Timeframe.All.FirstOrDefault(known => known.Milliseconds == length);
        return timeframe != default;
    }

    private static long Unit(char letter) => letter switch
    {
        'm' => Minute,
        'h' => 60 * Minute,
        'd' => 24 * 60 * Minute,
        'w' => 7 * 24 * 60 * Minute,
        _ => 0,
    };

    [GeneratedRegex(
        @"^(?:(?<before>)(?<unit>[mhdwMHDW])(?<n>[0-9]{1,4})|(?<n>[0-9]{1,4})\s*-?\s*(?:(?<unit>[mhdwMHDW])|(?<word>(?i:min|mins|minutes?|minutely|hrs?|hours?|hourly|days?|daily|wks?|weeks?|weekly)))|(?<word>(?i:minute|minutely|hour|hourly|day|daily|week|weekly)))$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
