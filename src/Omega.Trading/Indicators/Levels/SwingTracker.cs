namespace Omega.Trading.Indicators;

/// <summary>
/// Swings of at least a given fraction. A high is a swing once a later bar's low lies that fraction below it, a low once a later bar's
/// high lies that fraction above it; highs and lows alternate. A bar that carries the extreme further confirms nothing, for the order of
/// prices inside it is unknown. Known on the bar that confirms, never before, and never taken back.
/// </summary>
internal struct SwingTracker(double reversal)
{
    private double _high = double.NegativeInfinity;
    private double _low = double.PositiveInfinity;
    private long _highTime;
    private long _lowTime;

    // Which extreme is being carried along: 1 a high, -1 a low, 0 either, before the first swing.
    private int _seeking;

    /// <summary>Price of the last confirmed swing.</summary>
    public double Price { get; private set; }

    /// <summary>Its own bar's open time, in milliseconds since 1970-01-01 UTC.</summary>
    public long Time { get; private set; }

    /// <summary>1 a swing high, −1 a swing low, 0 none yet.</summary>
    public int Direction { get; private set; }

    /// <summary>Takes the next bar; true when it confirms a swing.</summary>
    public bool Next(in Candle bar)
    {
        var carriesHigh = _seeking >= 0 && bar.High > _high;
        if (carriesHigh)
            (_high, _highTime) = (bar.High, bar.Time);
        var carriesLow = _seeking <= 0 && bar.Low < _low;
        if (carriesLow)
            (_low, _lowTime) = (bar.Low, bar.Time);

        if (_seeking >= 0 && !carriesHigh && bar.Low <= _high * (1 - reversal))
        {
            Confirm(_high, _highTime, 1);
            (_low, _lowTime) = (bar.Low, bar.Time);
            return true;
        }

        if (_seeking <= 0 && !carriesLow && bar.High >= _low * (1 + reversal))
        {
            Confirm(_low, _lowTime, -1);
            (_high, _highTime) = (bar.High, bar.Time);
            return true;
        }

        return false;
    }

    private void Confirm(double price, long time, int direction)
    {
        (Price, Time, Direction) = (price, time, direction);
        _seeking = -direction;
    }
}
