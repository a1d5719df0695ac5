namespace Omega.Trading.Indicators;

/// <summary>
/// Sums of the last n values weighted by their places, built as <see cref="RollingMean"/>. Time t is 0 at the first value of the present
/// block and −1 at the last of the one before.
/// </summary>
internal struct RollingTrend(int length)
{
    private readonly double[] _plain = new double[length];
    private readonly double[] _timed = new double[length];
    private double _shift;
    private double _sum;
    private double _timedSum;
    private int _at;
    private bool _full;

    /// <summary>Mean with weights 1 (oldest) to n (newest); meaningful, like all below, once the window is full.</summary>
    public readonly double WeightedMean
    {
        get
        {
            var n = _plain.Length;
            // The newest value has t = _at − 1 and weight n, so the weight is t + n + 1 − _at.
            var sum = _timed[_at] + _timedSum + ((n + 1 - _at) * (_plain[_at] + _sum));
            return _shift + (sum / (0.5 * n * (n + 1)));
        }
    }

    /// <summary>Σ (t − mean t)·(value − mean value).</summary>
    public readonly double Covariation
    {
        get
        {
            var meanTime = _at - 1 - (0.5 * (_plain.Length - 1));
            return _timed[_at] + _timedSum - (meanTime * (_plain[_at] + _sum));
        }
    }

    /// <summary>Σ (t − mean t)².</summary>
    public readonly double TimeVariation => _plain.Length * (((double)_plain.Length * _plain.Length) - 1) / 12;

    /// <summary>Takes a value; true when the window is full.</summary>
    public bool Next(double value)
    {
        _plain[_at] = value;
        var distance = value - _shift;
        _sum += distance;
        _timedSum += _at * distance;
        if (++_at == _plain.Length)
            CloseBlock();
        return _full;
    }

    private void CloseBlock()
    {
        _shift = _plain[^1];
        var (sum, timed) = (0.0, 0.0);
        for (var i = _plain.Length - 1; i >= 0; i--)
        {
            var distance = _plain[i] - _shift;
            _plain[i] = sum += distance;
            _timed[i] = timed += (i - _plain.Length) * distance;
        }

        (_sum, _timedSum, _at, _full) = (0, 0, 0, true);
    }
}
