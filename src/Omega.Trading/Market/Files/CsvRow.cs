using System.Runtime.CompilerServices;

namespace Omega.Trading;

/// <summary>What is wrong with a row, and in which column of its layout.</summary>
internal readonly record struct RowFault(BadRowKind Kind, int Column);

/// <summary>One row of a file to one candle.</summary>
internal static class CsvRow
{
    private const byte Quote = (byte)'"';

    // A delimiter inside quotes: no number or time holds it, so such a field is bad or ignored.
    private const byte Inside = 0x1f;

    /// <summary>Whether the row reads as a candle of the layout, sound or not.</summary>
    public static bool LooksLikeData(ReadOnlySpan<byte> row, CsvLayout layout)
    {
        var forms = CandleTimeForms.None;
        return Parse(row, layout, out _, ref forms) is not { Kind: BadRowKind.Unparsable };
    }

    /// <summary>Reads and checks a row.</summary>
    /// <returns>What is wrong, or null.</returns>
    public static RowFault? Parse(ReadOnlySpan<byte> row, CsvLayout layout, out Candle candle, ref CandleTimeForms forms)
    {
        if (row.Contains(Quote))
            return ParseQuoted(row, layout, out candle, ref forms);
        Unsafe.SkipInit(out Values values);
        Unsafe.SkipInit(out long time);
        candle = default;
        var (at, delimiter, roles) = (0, layout.Delimiter, layout.Roles);
        for (var column = 0; column < roles.Length; column++)
        {
            if (at > row.Length)
                return new RowFault(BadRowKind.Unparsable, column);
            var role = roles[column];
            if (role <= ColumnRole.Volume)
            {
                if (!NumberText.TryRead(row, ref at, delimiter, out values[(int)role]))
                    return new RowFault(BadRowKind.Unparsable, column);
            }
            else if (role == ColumnRole.Time)
            {
                if (!TimeText.TryRead(row, ref at, delimiter, out time, ref forms))
                    return new RowFault(BadRowKind.Unparsable, column);
            }
            else
            {
                at = row[at..].IndexOf(delimiter) is var length && length < 0 ? row.Length : at + length;
            }

            at++;
        }

        candle = new Candle(time, values[0], values[1], values[2], values[3], values[4]);
        return Check(candle, roles);
    }

    /// <summary>What is wrong, in words.</summary>
    public static string Describe(ReadOnlySpan<byte> row, CsvLayout layout, RowFault fault, in Candle candle)
    {
        switch (fault.Kind)
        {
            case BadRowKind.HighBelowLow:
                return FormattableString.Invariant($"The high {candle.High} is below the low {candle.Low}.");
            case BadRowKind.OutsideRange:
                var name = Name(layout, fault);
                return FormattableString.Invariant($"The {name} {(name == "open" ? candle.Open : candle.Close)} lies outside the range from {candle.Low} to {candle.High}.");
        }

        var columns = Columns(Unquoted(row, layout.Delimiter), layout.Delimiter);
        if (fault.Column >= columns.Count)
            return $"The row has {columns.Count} column{(columns.Count == 1 ? "" : "s")}; the {Name(layout, fault)} should be in column {fault.Column + 1}.";
        var value = $"The {Name(layout, fault)} is \"{Printable.Text(columns[fault.Column])}\"";
        return fault.Kind switch
        {
            BadRowKind.NotFinite => $"{value}, not a finite number.",
            BadRowKind.Negative => $"{value}; it must be {(layout.Roles[fault.Column] == ColumnRole.Volume ? "0 or above" : "above 0")}.",
            _ when layout.Roles[fault.Column] == ColumnRole.Time => $"{value}, not a time in seconds, milliseconds, microseconds or ISO 8601.",
            _ => $"{value}, not a number.",
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static RowFault? Check(in Candle candle, ColumnRole[] roles)
    {
        var (open, high, low, close, volume) = (candle.Open, candle.High, candle.Low, candle.Close, candle.Volume);
        // A sound candle passes all of these at once; NaN passes none of them.
        if (low > 0 && low <= open && low <= close && high >= open && high >= close && high <= double.MaxValue && volume is >= 0 and <= double.MaxValue)
            return null;
        return Fault(candle, roles);
    }

    private static RowFault Fault(in Candle candle, ColumnRole[] roles)
    {
        var values = (double[])[candle.Open, candle.High, candle.Low, candle.Close, candle.Volume];
        if (Array.FindIndex(values, value => !double.IsFinite(value)) is >= 0 and var odd)
            return new RowFault(BadRowKind.NotFinite, Column((ColumnRole)odd));
        for (var role = ColumnRole.Open; role <= ColumnRole.Volume; role++)
        {
            if (role == ColumnRole.Volume ? values[(int)role] < 0 : values[(int)role] <= 0)
                return new RowFault(BadRowKind.Negative, Column(role));
        }

        if (candle.High < candle.Low)
            return new RowFault(BadRowKind.HighBelowLow, Column(ColumnRole.High));
        var isOpen = candle.Open < candle.Low || candle.Open > candle.High;
        return new RowFault(BadRowKind.OutsideRange, Column(isOpen ? ColumnRole.Open : ColumnRole.Close));

        int Column(ColumnRole role) => Array.IndexOf(roles, role);
    }

    private static RowFault? ParseQuoted(ReadOnlySpan<byte> row, CsvLayout layout, out Candle candle, ref CandleTimeForms forms) =>
        Parse(Unquoted(row, layout.Delimiter), layout, out candle, ref forms);

    private static string Name(CsvLayout layout, RowFault fault) => layout.Roles[fault.Column].ToString().ToLowerInvariant();

    // Without quotes, and with another byte for each delimiter inside them.
    private static byte[] Unquoted(ReadOnlySpan<byte> row, byte delimiter)
    {
        var (bare, count, isInside) = (new byte[row.Length], 0, false);
        foreach (var letter in row)
        {
            if (letter == Quote)
                isInside = !isInside;
            else
                bare[count++] = isInside && letter == delimiter ? Inside : letter;
        }

        return bare[..count];
    }

    private static List<byte[]> Columns(ReadOnlySpan<byte> row, byte delimiter)
    {
        var columns = new List<byte[]>();
        foreach (var range in row.Split(delimiter))
            columns.Add(row[range].ToArray());
        return columns;
    }

    [InlineArray((int)ColumnRole.Volume + 1)]
    private struct Values
    {
        private double _first;
    }
}
