namespace Omega.Trading;

/// <summary>Candles as they stand in a file, with their lines: columns that grow.</summary>
internal sealed class CandleRows
{
    private const int LeastCapacity = 1024;

    private CandleColumns _columns;
    private int[] _lines;

    /// <param name="expected">How many there may be; a guess.</param>
    public CandleRows(int expected)
    {
        var capacity = Math.Max(LeastCapacity, expected);
        (_columns, _lines) = (new CandleColumns(capacity), new int[capacity]);
    }

    public int Count { get; private set; }

    /// <summary>Open times in the file's order.</summary>
    public ReadOnlySpan<long> Times => _columns.Times.AsSpan(0, Count);

    /// <summary>Lines in the file; those beyond 2^31 count as the last.</summary>
    public ReadOnlySpan<int> Lines => _lines.AsSpan(0, Count);

    public void Add(in Candle candle, long line)
    {
        if (Count == _lines.Length)
            Resize(Count * 2);
        _columns.Set(Count, candle);
        _lines[Count++] = (int)Math.Min(line, int.MaxValue);
    }

    /// <summary>Removes the rows marked.</summary>
    public void Remove(ReadOnlySpan<bool> marked)
    {
        var kept = 0;
        for (var i = 0; i < Count; i++)
        {
            if (marked[i])
                continue;
            var (times, opens, highs, lows, closes, volumes) = _columns;
            (times[kept], opens[kept], highs[kept], lows[kept], closes[kept], volumes[kept], _lines[kept]) = (times[i], opens[i], highs[i], lows[i], closes[i], volumes[i], _lines[i]);
            kept++;
        }

        Count = kept;
    }

    /// <summary>Turns the order round.</summary>
    public void Reverse()
    {
        Array.Reverse(_columns.Times, 0, Count);
        foreach (var column in (double[][])[_columns.Opens, _columns.Highs, _columns.Lows, _columns.Closes, _columns.Volumes])
            Array.Reverse(column, 0, Count);
        Array.Reverse(_lines, 0, Count);
    }

    /// <summary>Gives the columns away, shortened where much of them is empty.</summary>
    public CandleColumns ToColumns()
    {
        if (_lines.Length / 5 * 4 > Count)
            Resize(Count);
        return _columns;
    }

    private void Resize(int size)
    {
        var (times, opens, highs, lows, closes, volumes) = _columns;
        Array.Resize(ref times, size);
        Array.Resize(ref opens, size);
        Array.Resize(ref highs, size);
        Array.Resize(ref lows, size);
        Array.Resize(ref closes, size);
        Array.Resize(ref volumes, size);
        Array.Resize(ref _lines, size);
        _columns = new CandleColumns(times, opens, highs, lows, closes, volumes);
    }
}
