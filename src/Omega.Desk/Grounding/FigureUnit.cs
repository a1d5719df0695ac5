namespace Omega.Desk;

/// <summary>What a figure in prose is counted in, as it is written there.</summary>
public enum FigureUnit
{
    /// <summary>No unit: an index, a ratio, a count, a price without its currency.</summary>
    Number,

    /// <summary>Money or a price: <c>$64,210</c>, <c>64.2k USD</c>.</summary>
    Currency,

    /// <summary>Per cent, and percentage points.</summary>
    Percent,

    /// <summary>Basis points: hundredths of a per cent.</summary>
    BasisPoints,

    /// <summary>An amount of what is traded: <c>0.5 BTC</c>.</summary>
    Quantity,

    /// <summary>Multiples of the average true range.</summary>
    Atr,

    /// <summary>Standard deviations.</summary>
    Sigma,

    /// <summary>How many times something: <c>1.4x</c>.</summary>
    Multiple,

    /// <summary>A length of time; the value is in seconds.</summary>
    Duration,
}
