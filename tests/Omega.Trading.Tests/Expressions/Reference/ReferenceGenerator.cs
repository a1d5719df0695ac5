namespace Omega.Trading.Tests.Expressions;

/// <summary>Random expressions on the bars of one timeframe. Windows are powers of two and prices whole, so that nothing is rounded.</summary>
internal sealed class ReferenceGenerator(Random random, string prefix)
{
    public ReferenceTruth Truth(int depth) => (depth == 0 ? 0 : random.Next(8)) switch
    {
        1 => ReferenceTruth.And(Truth(depth - 1), Truth(depth - 1)),
        2 => ReferenceTruth.Or(Truth(depth - 1), Truth(depth - 1)),
        3 => ReferenceTruth.Not(Truth(depth - 1)),
        4 => Cross(isOver: true, Number(depth - 1), Number(depth - 1)),
        5 => Cross(isOver: false, Number(depth - 1), Number(depth - 1)),
        6 => Truth(depth - 1) is var operand && Lives(operand) ? ReferenceTruth.Back(operand, random.Next(4)) : operand,
        _ => random.Next(6) switch
        {
            0 => ReferenceTruth.Compare("<", Number(depth), Number(depth), (a, b) => a < b),
            1 => ReferenceTruth.Compare("<=", Number(depth), Number(depth), (a, b) => a <= b),
            2 => ReferenceTruth.Compare(">", Number(depth), Number(depth), (a, b) => a > b),
            3 => ReferenceTruth.Compare(">=", Number(depth), Number(depth), (a, b) => a >= b),
            4 => ReferenceTruth.Compare("==", Number(depth), Number(depth), (a, b) => a == b),
            _ => ReferenceTruth.Compare("!=", Number(depth), Number(depth), (a, b) => a != b),
        },
    };

    public ReferenceNumber Number(int depth) => (depth <= 0 ? random.Next(5) : random.Next(16)) switch
    {
        0 => ReferenceNumber.Constant(random.Next(6)),
        1 => ReferenceNumber.Price("open", prefix, bar => bar.Open),
        2 => ReferenceNumber.Price("high", prefix, bar => bar.High),
        3 => ReferenceNumber.Price("volume", prefix, bar => bar.Volume),
        4 => ReferenceNumber.Price("close", prefix, bar => bar.Close),
        5 => ReferenceNumber.Binary("+", Number(depth - 1), Number(depth - 1), (a, b) => a + b),
        6 => ReferenceNumber.Binary("-", Number(depth - 1), Number(depth - 1), (a, b) => a - b),
        7 => ReferenceNumber.Binary("*", Number(depth - 1), Number(depth - 1), (a, b) => a * b),
        8 => ReferenceNumber.Binary("/", Number(depth - 1), Number(depth - 1), (a, b) => a / b),
        9 => ReferenceNumber.Call("min", Number(depth - 1), Number(depth - 1), Math.Min),
        10 => ReferenceNumber.Call("max", Number(depth - 1), Number(depth - 1), Math.Max),
        11 => ReferenceNumber.Call("abs", Number(depth - 1), Math.Abs),
        12 => ReferenceNumber.Call("sqrt", Number(depth - 1), Math.Sqrt),
        13 => Number(depth - 1) is var operand && Lives(operand) ? ReferenceNumber.Back(operand, random.Next(4)) : operand,
        14 => Window("highest", depth, values => values.Max()),
        _ => Window("lowest", depth, values => values.Min()),
    };

    /// <summary>Whether a term is on the bars of the prefix: constants are not, and looking back they count the bars of the series.</summary>
    private bool Lives(ReferenceTerm term) => term.Text.Contains(prefix, StringComparison.Ordinal);

    private ReferenceTruth Cross(bool isOver, ReferenceNumber a, ReferenceNumber b) =>
        ReferenceTruth.Cross(isOver, a, Lives(a) || Lives(b) ? b : ReferenceNumber.Price("close", prefix, bar => bar.Close));

    private ReferenceNumber Window(string name, int depth, Func<IEnumerable<double>, double> of)
    {
        var length = 1 << random.Next(3);
        if (random.Next(3) == 0)
            return ReferenceNumber.Window($"{prefix}{name}({length})", ReferenceNumber.Price("close", prefix, bar => bar.Close), length, of);
        var source = random.Next(2) == 0
            ? ReferenceNumber.Price("low", prefix, bar => bar.Low)
            : ReferenceNumber.Window($"{prefix}sma({length})", ReferenceNumber.Price("close", prefix, bar => bar.Close), length, values => values.Sum() / length);
        if (depth > 1)
            source = ReferenceNumber.Binary("/", source, Number(depth - 2), (a, b) => a / b);
        return ReferenceNumber.Window($"{name}({source.Text}, {length})", source, length, of);
    }
}
