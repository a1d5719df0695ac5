namespace Omega.Trading.Expressions;

/// <summary>
/// The terms of one or more expressions, each once. Folds what is constant.
/// </summary>
internal sealed class TermGraph
{
    private readonly Dictionary<Term, Term> _terms = [];
    private readonly List<FrameUse> _frames = [];

    /// <summary>Where longer timeframes are named.</summary>
    public IReadOnlyList<FrameUse> Frames => _frames;

    public void Use(FrameUse use) => _frames.Add(use);

    /// <exception cref="ExpressionException">A timeframe is named that these bars cannot make up.</exception>
    public void CheckFrames(Timeframe timeframe)
    {
        foreach (var use in _frames)
            use.Check(timeframe);
    }

    public Term Constant(double value) => Intern(new ConstantTerm(value));

    public Term Truth(bool value) => Intern(new TruthTerm(value));

    public Term Price(PriceField field, Frame frame) => Intern(new PriceTerm(field, frame));

    public Term Position(PositionField field) => Intern(new PositionTerm(field));

    public Term Unary(MathFunction function, Term operand) =>
        operand is ConstantTerm constant ? Constant(MathFunctions.Apply(function, constant.Value)) : Intern(new UnaryTerm(function, operand));

    public Term Arithmetic(MathFunction function, Term left, Term right) =>
        left is ConstantTerm a && right is ConstantTerm b
            ? Constant(MathFunctions.Apply(function, a.Value, b.Value))
            : Intern(new ArithmeticTerm(function, left, right));

    public Term Comparison(TokenKind sign, Term left, Term right) =>
        left is ConstantTerm a && right is ConstantTerm b && Comparisons.Apply(sign, a.Value, b.Value) is var truth and not Expressions.Truth.Null
            ? Truth(truth == Expressions.Truth.True)
            : Intern(new ComparisonTerm(sign, left, right));

    public Term Not(Term operand) => operand is TruthTerm truth ? Truth(!truth.Value) : Intern(new NotTerm(operand));

    public Term Junction(bool isAnd, Term left, Term right) => (left, right) switch
    {
        // true and x is x, false or x too. Where a constant decides (false and x) the term stays: x says on which bars [n] counts.
        (TruthTerm truth, _) when truth.Value == isAnd => right,
        (_, TruthTerm truth) when truth.Value == isAnd => left,
        (TruthTerm truth, TruthTerm) => truth,
        _ => Intern(new JunctionTerm(isAnd, left, right)),
    };

    public Term History(Term operand, int bars, Frame frame) => (operand, bars) switch
    {
        (_, 0) => operand,
        (HistoryTerm inner, _) => Intern(new HistoryTerm(inner.Operand, inner.Bars + bars, frame)),
        _ => Intern(new HistoryTerm(operand, bars, frame)),
    };

    public Term Cross(bool isOver, Term left, Term right, Frame frame) => Intern(new CrossTerm(isOver, left, right, frame));

    public Term Indicator(IndicatorTerm indicator) => Intern(indicator);

    public Term Output(IndicatorTerm indicator, int index) => Intern(new OutputTerm(indicator, index));

    private Term Intern(Term term)
    {
        if (_terms.TryGetValue(term, out var known))
            return known;
        _terms.Add(term, term);
        return term;
    }
}

/// <summary>A longer timeframe as an expression names it.</summary>
/// <param name="Timeframe">Which.</param>
/// <param name="Expression">The expression.</param>
/// <param name="Position">Where in it.</param>
internal sealed record FrameUse(Timeframe Timeframe, string Expression, int Position)
{
    /// <exception cref="ExpressionException">Bars of <paramref name="timeframe"/> do not make up bars of this one.</exception>
    public void Check(Timeframe timeframe)
    {
        if (Timeframe == timeframe || Timeframe.IsMultipleOf(timeframe))
            return;
        var why = Timeframe.Milliseconds < timeframe.Milliseconds ? "shorter than" : "not a multiple of";
        var possible = string.Join(", ", Timeframe.All.Where(other => other.IsMultipleOf(timeframe)).Select(FrameNames.Of));
        throw new ExpressionException(Expression, Position, $"{FrameNames.Of(Timeframe)} is {why} the bars, which are of {timeframe}.{(possible.Length > 0 ? $" Possible: {possible}." : "")}");
    }
}
