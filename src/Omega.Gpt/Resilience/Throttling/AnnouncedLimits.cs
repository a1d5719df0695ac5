using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Omega.Gpt.Resilience;

/// <summary>
/// The limits that providers announce with every answer: OpenAI and those like it by <c>x-ratelimit-*</c> with resets such as <c>6m0s</c>,
/// Anthropic by <c>anthropic-ratelimit-*</c> with resets as times. Pure. What cannot be read counts as not said.
/// </summary>
internal static partial class AnnouncedLimits
{
    private const double LongestReset = 7 * 24 * 3600;

    public static AnnouncedQuota? Requests(HttpResponseHeaders headers, DateTimeOffset now) => OpenAI(headers, "requests") ?? Anthropic(headers, "requests", now);

    // Anthropic's "tokens" is whichever of its token limits is the tightest now; older gateways send the limit on what is read alone.
    public static AnnouncedQuota? Tokens(HttpResponseHeaders headers, DateTimeOffset now) =>
        OpenAI(headers, "tokens") ?? Anthropic(headers, "tokens", now) ?? Anthropic(headers, "input-tokens", now);

    private static AnnouncedQuota? OpenAI(HttpResponseHeaders headers, string what) =>
        Quota(headers, $"x-ratelimit-limit-{what}", $"x-ratelimit-remaining-{what}", Duration(Value(headers, $"x-ratelimit-reset-{what}")));

    private static AnnouncedQuota? Anthropic(HttpResponseHeaders headers, string what, DateTimeOffset now)
    {
        var reset = DateTimeOffset.TryParse(Value(headers, $"anthropic-ratelimit-{what}-reset"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? Math.Clamp((at - now).TotalSeconds, 0, LongestReset)
            : 0;
        return Quota(headers, $"anthropic-ratelimit-{what}-limit", $"anthropic-ratelimit-{what}-remaining", reset);
    }

    private static AnnouncedQuota? Quota(HttpResponseHeaders headers, string limitName, string remainingName, double reset) =>
        Number(Value(headers, limitName)) is { } limit && limit >= 1 && Number(Value(headers, remainingName)) is { } remaining
            ? new AnnouncedQuota(limit, Math.Min(remaining, limit), reset)
            : null;

    /// <summary>Seconds of a duration as Go writes it (<c>1h2m3.5s</c>, <c>120ms</c>), or of a bare number; 0 where it is neither.</summary>
    internal static double Duration(string? text)
    {
        if (text is null)
            return 0;
        if (Number(text) is { } seconds)
            return Math.Min(seconds, LongestReset);
        if (!Durations().IsMatch(text))
            return 0;
        var sum = 0.0;
        foreach (Match part in Part().Matches(text))
        {
            sum += double.Parse(part.Groups[1].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) * part.Groups[2].Value switch
            {
                "d" => 86400,
                "h" => 3600,
                "m" => 60,
                "s" => 1,
                _ => 0.001,
            };
        }

        return Math.Min(sum, LongestReset);
    }

    private static string? Value(HttpResponseHeaders headers, string name) => headers.NonValidated.TryGetValues(name, out var values) ? values.ToString().Trim() : null;

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number < 1e12 ? number : null;

    [GeneratedRegex(@"^(\d{1,9}(\.\d{1,9})?(d|h|ms|m|s)){1,5}$", RegexOptions.CultureInvariant)]
    private static partial Regex Durations();

    [GeneratedRegex(@"(\d+(?:\.\d+)?)(d|h|ms|m|s)", RegexOptions.CultureInvariant)]
    private static partial Regex Part();
}
