using System.Globalization;

namespace Omega.Trading;

/// <summary>
/// ISO 8601 dates and times in UTF-8 text: <c>2024-02-29</c>, <c>2024-02-29T13:00</c>, <c>2024-02-29 13:00:00.000+01:00</c>, also with a
/// space or <c> UTC</c> as many tools write them. Without an offset they are UTC.
/// </summary>
internal static class IsoTime
{
    private const long Minute = 60_000;
    private const long Day = 1440 * Minute;
    private const int DateLength = 10;

    private static readonly int UnixEpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <summary>Reads all of the text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="time">Milliseconds since 1970-01-01 UTC; a finer time is not taken.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, out long time)
    {
        time = 0;
        if (text.Length < DateLength || text[4] != '-' || text[7] != '-')
            return false;
        if (!TryDigits(text[..4], out var year) || !TryDigits(text[5..7], out var month) || !TryDigits(text[8..10], out var day))
            return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        time = (new DateOnly(year, month, day).DayNumber - UnixEpochDay) * Day;
        var rest = text[DateLength..];
        if (rest.IsEmpty)
            return true;
        return rest[0] is (byte)'T' or (byte)'t' or (byte)' ' && TryTimeOfDay(rest[1..], out var ofDay, out var after)
            && TryOffset(rest[(1 + after)..], out var offset)
            && Sum(ref time, ofDay - offset);
    }

    /// <summary>Writes a time as short as it can be told: <c>2024-02-29T13:00:00Z</c>, with milliseconds where it has some.</summary>
    public static string Format(long time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time).UtcDateTime.ToString(time % 1000 == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static bool Sum(ref long time, long more)
    {
        time += more;
        // An offset may lead out of the years that a DateTimeOffset knows.
        return time >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && time <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
    }

    private static bool TryTimeOfDay(ReadOnlySpan<byte> text, out long milliseconds, out int length)
    {
        (milliseconds, length) = (0, 5);
        if (text.Length < 5 || text[2] != ':' || !TryDigits(text[..2], out var hour) || !TryDigits(text[3..5], out var minute) || hour > 23 || minute > 59)
            return false;
        milliseconds = ((hour * 60) + minute) * Minute;
        if (text.Length < 8 || text[5] != ':')
            return true;
        if (!TryDigits(text[6..8], out var second) || second > 59)
            return false;
        milliseconds += second * 1000;
        length = 8;
        if (text.Length <= 8 || text[8] is not ((byte)'.' or (byte)','))
            return true;
        var unit = 100;
        for (length = 9; length < text.Length && (uint)(text[length] - '0') is <= 9 and var digit; length++, unit /= 10)
        {
            if (unit == 0 && digit != 0)
                return false;
            milliseconds += digit * unit;
        }

        return length > 9;
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, out long offset)
    {
        offset = 0;
        if (text.IsEmpty || text is [(byte)'Z'] or [(byte)'z'] || text.SequenceEqual(" UTC"u8))
            return true;
        if (text[0] is not ((byte)'+' or (byte)'-') || text.Length is not (3 or 5 or 6) || !TryDigits(text[1..3], out var hours) || hours > 23)
            return false;
        var minutes = 0;
        if (text.Length > 3 && ((text.Length == 6 && text[3] != ':') || !TryDigits(text[^2..], out minutes) || minutes > 59))
            return false;
        offset = ((hours * 60) + minutes) * Minute * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        foreach (var letter in text)
        {
            if ((uint)(letter - '0') is not (<= 9 and var digit))
                return false;
            number = (number * 10) + (int)digit;
        }

        return true;
    }
}
