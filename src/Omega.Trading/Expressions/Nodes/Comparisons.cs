namespace Omega.Trading.Expressions;

/// <summary>Comparison of nullable numbers: null where either is null.</summary>
internal static class Comparisons
{
    public static Truth Apply(TokenKind sign, double a, double b)
    {
        var node = Node(sign, new NumberSlot { Value = a }, new NumberSlot { Value = b });
        node.Advance(default);
        return node.Value;
    }

    public static TruthNode Node(TokenKind sign, NumberNode left, NumberNode right) => sign switch
    {
        TokenKind.Less => new ComparisonNode<Less>(left, right),
        TokenKind.LessOrEqual => new ComparisonNode<LessOrEqual>(left, right),
        TokenKind.Greater => new ComparisonNode<Less>(right, left),
        TokenKind.GreaterOrEqual => new ComparisonNode<LessOrEqual>(right, left),
        TokenKind.Equal => new ComparisonNode<Equal>(left, right),
        TokenKind.NotEqual => new ComparisonNode<NotEqual>(left, right),
        _ => throw new ArgumentOutOfRangeException(nameof(sign)),
    };

    /// <summary>Of two comparisons that exclude each other and are both false where a number is null.</summary>
    public static Truth Of(bool holds, bool fails) => (Truth)((holds ? 1 : 0) - (fails ? 1 : 0));

    public readonly struct Less : IComparison
    {
        public static Truth Of(double a, double b) => Comparisons.Of(a < b, a >= b);
    }

    public readonly struct LessOrEqual : IComparison
    {
        public static Truth Of(double a, double b) => Comparisons.Of(a <= b, a > b);
    }

    private readonly struct Equal : IComparison
    {
        public static Truth Of(double a, double b) => Comparisons.Of(a == b, a < b || a > b);
    }

    private readonly struct NotEqual : IComparison
    {
        public static Truth Of(double a, double b) => Comparisons.Of(a < b || a > b, a == b);
    }
}

internal interface IComparison
{
    static abstract Truth Of(double a, double b);
}

internal sealed class ComparisonNode<TComparison>(NumberNode left, NumberNode right) : TruthNode
    where TComparison : struct, IComparison
{
    private readonly NumberNode _left = left;
    private readonly NumberNode _right = right;

    public override void Advance(in Candle bar) => Value = TComparison.Of(_left.Value, _right.Value);
}
