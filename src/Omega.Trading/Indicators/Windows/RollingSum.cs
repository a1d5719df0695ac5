namespace Omega.Trading.Indicators;

/// <summary>
/// Sum of the last n values. Nothing is ever subtracted: a window is the end of the block of n values before and the beginning of the
/// present one, whose sums are built apart (van Herk 1992, for sums). So what has left the window, be it 1e12, leaves no trace; a window
/// of zeros sums to zero; and the error stays that of adding n numbers however long the series is. Every n values, by their index, the
/// block is closed: constant work a bar in the mean, and the same in batch and stream.
/// </summary>
internal struct RollingSum(int length)
{
    // Before the present place: values of the present block. From it on: sums of the block before, from that place to its end.
    private readonly double[] _cells = new double[length];
    private double _sum;
    private int _at;
    private bool _full;

    /// <summary>The sum; meaningful once the window is full.</summary>
    public readonly double Value => _cells[_at] + _sum;

    /// <summary>Takes a value; true when the window is full.</summary>
    public bool Next(double value)
    {
        _cells[_at] = value;
        _sum += value;
        if (++_at == _cells.Length)
            CloseBlock();
        return _full;
    }

    private void CloseBlock()
    {
        var sum = 0.0;
        for (var i = _cells.Length - 1; i >= 0; i--)
            _cells[i] = sum += _cells[i];
        (_sum, _at, _full) = (0, 0, true);
    }
}
