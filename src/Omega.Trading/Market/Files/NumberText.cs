using System.Globalization;
using System.Runtime.CompilerServices;

namespace Omega.Trading;

/// <summary>Numbers in UTF-8 text, equal to the bit to <see cref="double.Parse(string)"/> with invariant culture.</summary>
internal static class NumberText
{
    private const int MostDigits = 19;
    private const ulong ExactIntegers = 1UL << 53;

    // Every power of ten that a double holds exactly.
    private static ReadOnlySpan<double> PowersOfTen =>
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>Reads the field that begins at <paramref name="at"/> and moves there to its end: the delimiter or the end of the line.</summary>
    /// <returns>Whether the field is a number; NaN and infinities are.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> line, ref int at, byte delimiter, out double value)
    {
        var (i, mantissa, point) = (at, 0UL, -1);
        for (; i < line.Length; i++)
        {
            var digit = (uint)(line[i] - '0');
            if (digit <= 9)
            {
                // May overflow beyond 19 digits; such fields are not taken below.
                mantissa = (mantissa * 10) + digit;
            }
            else if (line[i] == '.' && point < 0)
            {
                point = i;
            }
            else
            {
                break;
            }
        }

        var digits = i - at - (point < 0 ? 0 : 1);
        if (digits is > 0 and <= MostDigits && mantissa <= ExactIntegers && (i == line.Length || line[i] == delimiter))
        {
            // Clinger's fast path (How to Read Floating Point Numbers Accurately, 1990): both operands are exact, so the one division
            // rounds correctly.
            value = point < 0 ? mantissa : mantissa / PowersOfTen[i - point - 1];
            at = i;
            return true;
        }

        return TryReadAny(line, ref at, delimiter, out value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryReadAny(ReadOnlySpan<byte> line, ref int at, byte delimiter, out double value)
    {
        var rest = line[at..];
        var length = rest.IndexOf(delimiter) is var found && found < 0 ? rest.Length : found;
        at += length;
        return double.TryParse(rest[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }
}
