namespace Omega.Trading.Expressions;

/// <summary>A term as it runs: takes each final bar of its timeframe, in the order of dependence, and holds its value until the next.</summary>
internal abstract class Node
{
    /// <summary>Takes the next final bar. What it reads has taken it already.</summary>
    public abstract void Advance(in Candle bar);
}

/// <summary>A node that yields a number; NaN is null.</summary>
internal abstract class NumberNode : Node
{
    public double Value = double.NaN;
}

/// <summary>A node that yields a truth value.</summary>
internal abstract class TruthNode : Node
{
    public Truth Value;
}

/// <summary>A number that something else sets: a constant, a price, a field of the position, an output of a group.</summary>
internal sealed class NumberSlot : NumberNode
{
    public override void Advance(in Candle bar)
    {
    }
}

/// <summary>A constant truth value.</summary>
internal sealed class TruthSlot : TruthNode
{
    public override void Advance(in Candle bar)
    {
    }
}
