namespace Omega.Trading.Expressions;

/// <summary>False where either is false, true where both are true, else null.</summary>
internal sealed class AndNode(TruthNode left, TruthNode right) : TruthNode
{
    private readonly TruthNode _left = left;
    private readonly TruthNode _right = right;

    public override void Advance(in Candle bar) => Value = Of(_left.Value, _right.Value);

    public static Truth Of(Truth a, Truth b) => a < b ? a : b;
}

/// <summary>True where either is true, false where both are false, else null.</summary>
internal sealed class OrNode(TruthNode left, TruthNode right) : TruthNode
{
    private readonly TruthNode _left = left;
    private readonly TruthNode _right = right;

    public override void Advance(in Candle bar)
    {
        var (a, b) = (_left.Value, _right.Value);
        Value = a > b ? a : b;
    }
}

/// <summary>Null where the operand is null.</summary>
internal sealed class NotNode(TruthNode operand) : TruthNode
{
    private readonly TruthNode _operand = operand;

    public override void Advance(in Candle bar) => Value = Of(_operand.Value);

    public static Truth Of(Truth a) => (Truth)(-(int)a);
}
