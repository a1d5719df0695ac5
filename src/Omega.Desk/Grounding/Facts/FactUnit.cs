namespace Omega.Desk.Facts;

/// <summary>What a figure of a result is counted in.</summary>
internal enum FactUnit
{
    Unknown,
    Currency,
    Quantity,
    Fraction,
    Percent,
    BasisPoints,
    Index,
    Count,
    Ratio,
    Atr,
    Sigma,
    Seconds,
}
