namespace Omega.Trading.Expressions;

/// <summary><c>a &lt; b and a[1] &gt;= b[1]</c>: <c>crossunder(a, b)</c>, and with the operands exchanged <c>crossover(b, a)</c>.</summary>
internal sealed class CrossNode(NumberNode lower, NumberNode upper) : TruthNode
{
    private readonly NumberNode _lower = lower;
    private readonly NumberNode _upper = upper;
    private Truth _wasLower;

    public override void Advance(in Candle bar)
    {
        var isLower = Comparisons.Less.Of(_lower.Value, _upper.Value);
        // a[1] >= b[1] is not a[1] < b[1], null included.
        Value = AndNode.Of(isLower, NotNode.Of(_wasLower));
        _wasLower = isLower;
    }

    /// <summary>Ends the one bar of the series on which a crossing of a longer timeframe counts.</summary>
    public void Settle()
    {
        if (Value == Truth.True)
            Value = Truth.False;
    }
}
