namespace Omega.Trading.Indicators;

/// <summary>
/// Mean of the last n values: <see cref="RollingSum"/> of the distances from one of them, so that equal values have exactly their own
/// value as mean and large ones lose no digits.
/// </summary>
internal struct RollingMean(int length)
{
    private readonly double[] _cells = new double[length];
    private double _shift;
    private double _sum;
    private int _at;
    private bool _full;

    /// <summary>The value from which distances are measured: the last of the block before.</summary>
    public readonly double Shift => _shift;

    /// <summary>Mean less <see cref="Shift"/>, with all its digits; meaningful once the window is full.</summary>
    public readonly double Offset => (_cells[_at] + _sum) / _cells.Length;

    /// <summary>The mean; meaningful once the window is full.</summary>
    public readonly double Value => _shift + Offset;

    /// <summary>Takes a value; true when the window is full.</summary>
    public bool Next(double value)
    {
        _cells[_at] = value;
        _sum += value - _shift;
        if (++_at == _cells.Length)
            CloseBlock();
        return _full;
    }

    private void CloseBlock()
    {
        _shift = _cells[^1];
        var sum = 0.0;
        for (var i = _cells.Length - 1; i >= 0; i--)
            _cells[i] = sum += _cells[i] - _shift;
        (_sum, _at, _full) = (0, 0, true);
    }
}
