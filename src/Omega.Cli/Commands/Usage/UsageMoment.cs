using System.CommandLine;
using System.Globalization;

namespace Omega.Cli.Commands.Usage;

/// <summary>A moment on the command line: a date, a time, or how long ago. UTC unless an offset is given.</summary>
internal static class UsageMoment
{
    private static readonly string[] Forms =
        ["yyyy-MM-dd", "yyyy-MM", "yyyy", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd HH:mm"];

    public static Option<DateTimeOffset?> Option(TimeProvider time, string name, string description) => new(name)
    {
        Description = $"{description} (a date, or as 24h, 30d)",
        HelpName = "WHEN",
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (Parse(text, time.GetUtcNow()) is { } moment)
                return moment;
            result.AddError($"{name} is \"{text}\"; allowed: today, a date or time in UTC as 2026-11-28 or 2026-11-28T13:00, or how long ago as 90m, 24h, 30d or 12w.");
            return null;
        },
    };

    /// <summary>The moment, or null where the text is none.</summary>
    internal static DateTimeOffset? Parse(string text, DateTimeOffset now)
    {
        if (text == "today")
            return new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        if (DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment))
            return moment;
        if (text.Length < 2 || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > 100_000)
            return null;
        return text[^1] switch
        {
            'm' => now.AddMinutes(-count),
            'h' => now.AddHours(-count),
            'd' => now.AddDays(-count),
            'w' => now.AddDays(-7.0 * count),
            _ => null,
        };
    }
}
