namespace Omega.Trading.Indicators;

/// <summary>
/// Largest of the last n values and how long ago it was, in constant work a bar in the mean and memory of n: the largest of the end of the
/// block before and of the beginning of the present one (van Herk 1992, Gil and Werman 1993). Of equal values the latest counts.
/// </summary>
internal struct RollingMaximum(int length)
{
    // As in RollingSum: values of the present block, then the largest of the block before from that place on, and where it is.
    private readonly double[] _cells = new double[length];
    private readonly int[] _places = new int[length];
    private double _best = double.NegativeInfinity;
    private int _bestAt;
    private int _at;
    private bool _full;

    /// <summary>The largest; meaningful once the window is full.</summary>
    public readonly double Value => double.MaxNative(_best, _cells[_at]);

    /// <summary>How many bars ago it was: 0 to n − 1; meaningful once the window is full.</summary>
    public readonly int Age => _at - 1 - (_best >= _cells[_at] ? _bestAt : _places[_at]);

    /// <summary>Takes a value; true when the window is full.</summary>
    public bool Next(double value)
    {
        _cells[_at] = value;
        // No jumps: whether a price is the highest so far is nothing that a processor can foresee.
        _bestAt = value >= _best ? _at : _bestAt;
        _best = double.MaxNative(_best, value);
        if (++_at == _cells.Length)
            CloseBlock();
        return _full;
    }

    private void CloseBlock()
    {
        var (best, place) = (double.NegativeInfinity, 0);
        for (var i = _cells.Length - 1; i >= 0; i--)
        {
            place = _cells[i] > best ? i - _cells.Length : place;
            best = double.MaxNative(best, _cells[i]);
            (_cells[i], _places[i]) = (best, place);
        }

        (_best, _at, _full) = (double.NegativeInfinity, 0, true);
    }
}

/// <summary>Smallest of the last n values: the largest of their opposites.</summary>
internal struct RollingMinimum(int length)
{
    private RollingMaximum _opposites = new(length);

    /// <inheritdoc cref="RollingMaximum.Value"/>
    public readonly double Value => -_opposites.Value;

    /// <inheritdoc cref="RollingMaximum.Age"/>
    public readonly int Age => _opposites.Age;

    /// <inheritdoc cref="RollingMaximum.Next"/>
    public bool Next(double value) => _opposites.Next(-value);
}

/// <summary>Highest high and lowest low of the last n bars.</summary>
internal struct RollingRange(int length)
{
    private RollingMaximum _highest = new(length);
    private RollingMinimum _lowest = new(length);

    /// <summary>The highest high; meaningful, like all below, once the window is full.</summary>
    public readonly double Highest => _highest.Value;

    /// <summary>The lowest low.</summary>
    public readonly double Lowest => _lowest.Value;

    /// <summary>Half way between them.</summary>
    public readonly double Middle => 0.5 * (_highest.Value + _lowest.Value);

    /// <summary>Bars since the highest high.</summary>
    public readonly int HighestAge => _highest.Age;

    /// <summary>Bars since the lowest low.</summary>
    public readonly int LowestAge => _lowest.Age;

    /// <summary>Takes a high and a low; true when the window is full.</summary>
    public bool Next(double high, double low)
    {
        _highest.Next(high);
        return _lowest.Next(low);
    }
}
