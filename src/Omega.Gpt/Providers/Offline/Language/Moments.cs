using System.Globalization;
using System.Text.RegularExpressions;

namespace Omega.Gpt.Providers.Offline;

/// <summary>Finds days and times of day in a text. Days without a year and relative days are not days here: which one is meant takes a clock.</summary>
internal static partial class Moments
{
    private static readonly string[] Forms =
        ["yyyy-MM-dd", "yyyy/MM/dd", "MMMM d yyyy", "MMM d yyyy", "d MMMM yyyy", "d MMM yyyy", "yyyy-M-d", "dd.MM.yyyy", "d.M.yyyy"];

    /// <summary>Days, written as <c>yyyy-MM-dd</c>.</summary>
    public static IEnumerable<Found> Days(string text)
    {
        foreach (Match match in Day().Matches(text))
        {
            var plain = Ornament().Replace(match.Value, "").Replace(",", " ", StringComparison.Ordinal).Replace(".", match.Value.Contains(' ', StringComparison.Ordinal) ? "" : ".", StringComparison.Ordinal);
            plain = string.Join(' ', plain.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace("Sept ", "Sep ", StringComparison.OrdinalIgnoreCase);
            if (DateOnly.TryParseExact(plain, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                yield return new Found(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), match.Index, match.Index + match.Length);
        }
    }

    /// <summary>Times of day, written as <c>HH:mm</c>.</summary>
    public static IEnumerable<Found> Times(string text)
    {
        foreach (Match match in Time().Matches(text))
        {
            var hour = int.Parse(match.Groups["h"].ValueSpan, CultureInfo.InvariantCulture);
            var minute = match.Groups["m"].Success ? int.Parse(match.Groups["m"].ValueSpan, CultureInfo.InvariantCulture) : 0;
            var half = match.Groups["half"].Value;
            if (half.Length > 0)
                hour = hour is < 1 or > 12 ? 99 : hour % 12 + (half[0] is 'p' or 'P' ? 12 : 0);
            if (hour < 24 && minute < 60)
                yield return new Found(FormattableString.Invariant($"{hour:00}:{minute:00}"), match.Index, match.Index + match.Length);
        }
    }

    /// <summary>When, in the writer's own words: "tomorrow at 9am", "next Friday", "in 20 minutes".</summary>
    public static IEnumerable<Found> Phrases(string text) =>
        Phrase().Matches(text).Where(match => match.Length > 0).Select(match => new Found(match.Groups["what"].Value.Trim(), match.Index, match.Index + match.Length));

    [GeneratedRegex(
        @"(?<![\w.])([0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s+[0-9]{1,2}(?:st|nd|rd|th)?,?\s+[0-9]{4}|[0-9]{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?,?\s+[0-9]{4})(?!\w)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Day();

    [GeneratedRegex(@"(?<=[0-9])(st|nd|rd|th)\b|\bof\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Ornament();

    [GeneratedRegex(@"(?<![\w:.$])(?:(?<h>[0-9]{1,2}):(?<m>[0-9]{2})(?:\s*(?<half>[ap])\.?m\b\.?)?|(?<h>[0-9]{1,2})\s*(?<half>[ap])\.?m\b\.?)(?![\w:])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Time();

    private const string Clock = @"(?:[0-9]{1,2}(?::[0-9]{2})?\s*[ap]\.?m\b|[0-9]{1,2}:[0-9]{2}|noon|midnight)";
    private const string OfDay = @"(?:morning|afternoon|evening|night)";
    private const string Date = @"(?:today|tomorrow|tonight|(?:(?:next|this)\s+)?(?:mon|tues|wednes|thurs|fri|satur|sun)day|next\s+(?:week|month|year)|[0-9]{4}-[0-9]{2}-[0-9]{2}|(?:january|february|march|april|may|june|july|august|september|october|november|december)\s+[0-9]{1,2}(?:,?\s+[0-9]{4})?)";

    [GeneratedRegex(
        @"\b(?:(?:on|for|at|by)\s+)?(?<what>" + Date + @"(?:\s+" + OfDay + @")?(?:,?\s+(?:at\s+)?" + Clock + @")?|" + Clock + @"(?:\s+(?:on\s+)?" + Date + @")?|in\s+(?:[0-9]+|an?|one|two|three|half\s+an)\s+(?:minutes?|hours?|days?|weeks?)|this\s+" + OfDay + @")",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Phrase();
}

/// <summary>Something found in a text.</summary>
/// <param name="Text">What it says, in the form in which an argument has it.</param>
/// <param name="Start">Where it starts.</param>
/// <param name="End">Where it ends, exclusive.</param>
internal readonly record struct Found(string Text, int Start, int End);
