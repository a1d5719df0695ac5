using System.Globalization;

namespace Omega.Desk.Prose;

/// <summary>A number as it is written: its value and how exactly it is given.</summary>
/// <param name="Value">The value, without sign.</param>
/// <param name="Decimals">Digits after the point; below 0 for the zeros at the end of a whole number.</param>
/// <param name="Digits">Significant digits.</param>
/// <param name="IsWhole">Whether it has neither point nor comma nor exponent.</param>
internal readonly record struct NumberText(double Value, int Decimals, int Digits, bool IsWhole)
{
    /// <summary>Reads a number token; false for a version and for what is too long to be a figure.</summary>
    public static bool TryRead(string text, out NumberText number)
    {
        number = default;
        var (point, digits, leading, trailing, exponent) = (-1, 0, true, 0, text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (letter is 'e' or 'E')
            {
                exponent = i;
                break;
            }

            if (letter == '.')
            {
                if (point >= 0)
                    return false;
                (point, trailing) = (i, 0);
            }
            else if (letter != ',')
            {
                leading &= letter == '0';
                digits += leading ? 0 : 1;
                trailing = letter == '0' ? trailing + 1 : 0;
            }
        }

        var power = 0;
        if (exponent < text.Length && !int.TryParse(text.AsSpan(exponent + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out power))
            return false;
        if (text.Length > 32 || !double.TryParse(text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var value))
            return false;
        var decimals = point >= 0 ? exponent - point - 1 - power : -power;
        if (point < 0 && digits - trailing >= 3)
            (decimals, digits) = (decimals - trailing, digits - trailing);
        number = new NumberText(value, decimals, digits, point < 0 && exponent == text.Length && !text.Contains(',', StringComparison.Ordinal));
        return double.IsFinite(value);
    }
}
