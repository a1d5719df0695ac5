namespace Omega.Trading.Indicators;

/// <summary>
/// Mean and variance of the last n values, built as <see cref="RollingSum"/> from distances d to a value K of the window itself. Since K
/// is in the window, (mean − K)² ≤ n·variance, and Σd²/n − (Σd/n)² never cancels more than a factor n: digits survive prices of 1e9 and
/// outliers of 1e12, equal values have variance 0 exactly.
/// </summary>
internal struct RollingMoments(int length)
{
    private readonly double[] _first = new double[length];
    private readonly double[] _second = new double[length];
    private double _shift;
    private double _last;
    private double _sum;
    private double _squares;
    private int _at;
    private bool _full;

    /// <summary>The mean; meaningful, like all below, once the window is full.</summary>
    public readonly double Mean => _shift + Offset;

    /// <summary>Mean of the squared distances from the mean (population variance).</summary>
    public readonly double Variance
    {
        get
        {
            var offset = Offset;
            return Math.Max(0, ((_second[_at] + _squares) / _second.Length) - (offset * offset));
        }
    }

    /// <summary>The last value less the mean, with all its digits.</summary>
    public readonly double LastLessMean => _last - _shift - Offset;

    private readonly double Offset => (_first[_at] + _sum) / _first.Length;

    /// <summary>Takes a value; true when the window is full.</summary>
    public bool Next(double value)
    {
        _last = value;
        _first[_at] = value;
        var distance = value - _shift;
        _sum += distance;
        _squares += distance * distance;
        if (++_at == _first.Length)
            CloseBlock();
        return _full;
    }

    private void CloseBlock()
    {
        _shift = _first[^1];
        var (sum, squares) = (0.0, 0.0);
        for (var i = _first.Length - 1; i >= 0; i--)
        {
            var distance = _first[i] - _shift;
            _first[i] = sum += distance;
            _second[i] = squares += distance * distance;
        }

        (_sum, _squares, _at, _full) = (0, 0, 0, true);
    }
}
