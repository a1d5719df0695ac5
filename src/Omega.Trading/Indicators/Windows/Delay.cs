namespace Omega.Trading.Indicators;

/// <summary>The value n bars ago.</summary>
internal struct Delay
{
    private readonly double[] _ring;
    private int _at;

    public Delay(int length)
    {
        _ring = new double[length];
        Array.Fill(_ring, double.NaN);
    }

    /// <summary>Takes a value and yields the one n bars before it; NaN where there is none yet.</summary>
    public double Next(double value)
    {
        var old = _ring[_at];
        _ring[_at] = value;
        if (++_at == _ring.Length)
            _at = 0;
        return old;
    }
}
