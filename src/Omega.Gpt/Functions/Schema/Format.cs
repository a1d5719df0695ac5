using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Omega.Gpt.Functions.Schema;

/// <summary>A <c>format</c> that can be asserted. Other names are notes only.</summary>
internal sealed class Format
{
    private static readonly FrozenDictionary<string, Format> Known = new Dictionary<string, Format>(StringComparer.Ordinal)
    {
        ["date-time"] = new("a date and time such as 2024-05-31T12:00:00Z", DateTimeFormats.IsDateTime),
        ["date"] = new("a date such as 2024-05-31", DateTimeFormats.IsDate),
        ["time"] = new("a time such as 12:00:00Z", DateTimeFormats.IsTime),
        ["duration"] = new("a duration such as P1DT12H", DateTimeFormats.IsDuration),
        ["email"] = new("an e-mail address", NetworkFormats.IsEmail),
        ["hostname"] = new("a host name", NetworkFormats.IsHostName),
        ["ipv4"] = new("an IPv4 address such as 192.0.2.1", NetworkFormats.IsIPv4),
        ["ipv6"] = new("an IPv6 address such as 2001:db8::1", NetworkFormats.IsIPv6),
        ["uri"] = new("a URI with a scheme, such as https://example.org/a", UriFormats.IsUri),
        ["uri-reference"] = new("a URI or a relative reference", UriFormats.IsUriReference),
        ["uuid"] = new("a UUID such as 123e4567-e89b-12d3-a456-426614174000", IsUuid),
        ["json-pointer"] = new("a JSON pointer such as /a/0", IsJsonPointer),
        ["regex"] = new("a regular expression of ECMA-262", IsRegex),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly Test _test;

    private Format(string description, Test test) => (Description, _test) = (description, test);

    private delegate bool Test(ReadOnlySpan<char> text);

    /// <summary>What is expected, in words.</summary>
    public string Description { get; }

    /// <summary>The format of that name, or null where it is a note only.</summary>
    public static Format? Find(string name) => Known.GetValueOrDefault(name);

    public bool IsMatch(ReadOnlySpan<char> text) => _test(text);

    private static bool IsUuid(ReadOnlySpan<char> text)
    {
        if (text.Length != 36) return false;
        for (var i = 0; i < text.Length; i++)
        {
            var isHyphen = i is 8 or 13 or 18 or 23;
            if (isHyphen ? text[i] != '-' : !char.IsAsciiHexDigit(text[i])) return false;
        }
        return true;
    }

    private static bool IsJsonPointer(ReadOnlySpan<char> text)
    {
        if (text.Length == 0) return true;
        if (text[0] != '/') return false;
        for (var i = 0; i < text.Length; i++)
            if (text[i] == '~' && (i + 1 == text.Length || text[i + 1] is not ('0' or '1'))) return false;
        return true;
    }

    private static bool IsRegex(ReadOnlySpan<char> text)
    {
        try
        {
            _ = new Regex(EcmaPattern.Translate(text.ToString()), RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            return true;
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return false;
        }
    }
}

/// <summary>Dates and times of RFC 3339, durations of its appendix A.</summary>
internal static class DateTimeFormats
{
    public static bool IsDateTime(ReadOnlySpan<char> text) =>
        text.Length > 11 && text[10] is 'T' or 't' && IsDate(text[..10]) && IsTime(text[11..]);

    public static bool IsDate(ReadOnlySpan<char> text) =>
        text.Length == 10 && text[4] == '-' && text[7] == '-' &&
        TryNumber(text[..4], out var year) && TryNumber(text[5..7], out var month) && TryNumber(text[8..], out var day) &&
        month is >= 1 and <= 12 && day >= 1 &&
        // Year 0 is a leap year that DateTime lacks.
        day <= DateTime.DaysInMonth(year == 0 ? 2000 : year, month);

    public static bool IsTime(ReadOnlySpan<char> text)
    {
        if (text.Length < 9 || text[2] != ':' || text[5] != ':' ||
            !TryNumber(text[..2], out var hour) || !TryNumber(text[3..5], out var minute) || !TryNumber(text[6..8], out var second) ||
            hour > 23 || minute > 59 || second > 60)
        {
            return false;
        }
        var rest = text[8..];
        if (rest[0] == '.')
        {
            var digits = rest[1..].IndexOfAnyExceptInRange('0', '9');
            if (digits < 1) return false;
            rest = rest[(digits + 1)..];
        }
        var offset = 0;
        if (rest is not ("Z" or "z"))
        {
            if (rest.Length != 6 || rest[0] is not ('+' or '-') || rest[3] != ':' || !TryNumber(rest[1..3], out var hours) ||
                !TryNumber(rest[4..], out var minutes) || hours > 23 || minutes > 59)
            {
                return false;
            }
            offset = (hours * 60 + minutes) * (rest[0] == '+' ? 1 : -1);
        }
        // A leap second is the last of a day in UTC.
        return second < 60 || (hour * 60 + minute - offset + 2 * 1440) % 1440 == 1439;
    }

    public static bool IsDuration(ReadOnlySpan<char> text)
    {
        if (text.Length < 3 || text[0] != 'P') return false;
        var time = text.IndexOf('T');
        if (time < 0) return text[^1] == 'W' ? AreParts(text[1..], "W") : AreParts(text[1..], "YMD");
        return (time == 1 || AreParts(text[1..time], "YMD")) && AreParts(text[(time + 1)..], "HMS");
    }

    /// <summary>Numbers with units that follow one another in order, none left out between.</summary>
    private static bool AreParts(ReadOnlySpan<char> text, string units)
    {
        var last = -1;
        while (text.Length > 0)
        {
            var digits = text.IndexOfAnyExceptInRange('0', '9');
            if (digits < 1) return false;
            var unit = units.IndexOf(text[digits], StringComparison.Ordinal);
            if (unit < 0 || (last >= 0 && unit != last + 1)) return false;
            last = unit;
            text = text[(digits + 1)..];
        }
        return last >= 0;
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
