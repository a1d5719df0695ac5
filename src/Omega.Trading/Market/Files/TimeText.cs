using System.Globalization;
using System.Runtime.CompilerServices;

namespace Omega.Trading;

/// <summary>Times in UTF-8 text: a number whose magnitude tells its unit, or ISO 8601.</summary>
internal static class TimeText
{
    // Seconds from 1973-03-03; smaller numbers are dates written without dashes (20240229) and the like, not times.
    private const long LeastSeconds = 100_000_000;
    private const long LeastMilliseconds = 100_000_000_000;
    private const long LeastMicroseconds = LeastMilliseconds * 1000;
    private const long TooLarge = LeastMicroseconds * 1000;
    private const int MostDigits = 18;

    /// <summary>Reads the field that begins at <paramref name="at"/> and moves there to its end: the delimiter or the end of the line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="at">The field's first byte; receives its end.</param>
    /// <param name="delimiter">What ends the field.</param>
    /// <param name="time">Milliseconds since 1970-01-01 UTC.</param>
    /// <param name="forms">Receives the form, beside those seen before.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> line, ref int at, byte delimiter, out long time, ref CandleTimeForms forms)
    {
        var (i, number) = (at, 0L);
        for (; i < line.Length && (uint)(line[i] - '0') is <= 9 and var digit; i++)
            number = (number * 10) + digit;
        if (i - at is > 0 and <= MostDigits && (i == line.Length || line[i] == delimiter))
        {
            at = i;
            return FromNumber(number, out time, ref forms);
        }

        return TryReadAny(line, ref at, delimiter, out time, ref forms);
    }

    private static bool TryReadAny(ReadOnlySpan<byte> line, ref int at, byte delimiter, out long time, ref CandleTimeForms forms)
    {
        var rest = line[at..];
        var length = rest.IndexOf(delimiter) is var found && found < 0 ? rest.Length : found;
        at += length;
        var field = rest[..length].Trim((byte)' ');
        if (IsoTime.TryParse(field, out time))
        {
            forms |= CandleTimeForms.Iso8601;
            return true;
        }

        // Some tools write whole numbers as 1502942400.0 or 1.5029424E9.
        time = 0;
        return double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number is >= LeastSeconds and < TooLarge && Math.Floor(number) == number
            && FromNumber((long)number, out time, ref forms);
    }

    private static bool FromNumber(long number, out long time, ref CandleTimeForms forms)
    {
        (time, var form, var isTime) = number switch
        {
            < LeastSeconds or >= TooLarge => (0, CandleTimeForms.None, false),
            < LeastMilliseconds => (number * 1000, CandleTimeForms.Seconds, true),
            < LeastMicroseconds => (number, CandleTimeForms.Milliseconds, true),
            _ => (number / 1000, CandleTimeForms.Microseconds, number % 1000 == 0),
        };
        forms |= form;
        return isTime;
    }
}
