using Omega.Trading.Indicators;

namespace Omega.Trading.Expressions;

/// <summary>
/// A part of an expression with its names resolved and its types checked. Immutable. Equal terms are one object within a
/// <see cref="TermGraph"/>, so that what is written twice runs once.
/// </summary>
/// <param name="Type">What it yields.</param>
/// <param name="Frame">On whose bars it lives.</param>
/// <param name="LookBack">Bars of its timeframe before the first on which it can have a value.</param>
internal abstract record Term(ExpressionType Type, Frame Frame, int LookBack)
{
    /// <summary>What it reads.</summary>
    public abstract IEnumerable<Term> Operands { get; }

    /// <summary>Whether it depends on the position, which exists only while a strategy runs.</summary>
    public virtual bool ReadsPosition => Operands.Any(operand => operand.ReadsPosition);
}

/// <summary>A term that reads nothing.</summary>
internal abstract record LeafTerm(ExpressionType Type, Frame Frame) : Term(Type, Frame, 0)
{
    public override IEnumerable<Term> Operands => [];
}

/// <summary>A number; NaN for null, such as 1/0.</summary>
internal sealed record ConstantTerm(double Value) : LeafTerm(ExpressionType.Number, Frame.None);

/// <summary>True or false.</summary>
internal sealed record TruthTerm(bool Value) : LeafTerm(ExpressionType.Bool, Frame.None);

/// <summary>Fields of a bar.</summary>
internal enum PriceField
{
    Open,
    High,
    Low,
    Close,
    Volume,
}

/// <summary>A field of the bar.</summary>
internal sealed record PriceTerm(PriceField Field, Frame Frame) : LeafTerm(ExpressionType.Number, Frame);

/// <summary>What exits see of their position.</summary>
internal enum PositionField
{
    Bars,
    Return,
    Entry,
}

/// <summary>A field of the position.</summary>
internal sealed record PositionTerm(PositionField Field) : LeafTerm(ExpressionType.Number, Frame.Base)
{
    public override bool ReadsPosition => true;
}

/// <summary>Functions of one or two numbers, without a memory. The first four are operators.</summary>
internal enum MathFunction
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Minimum,
    Maximum,
    Negate,
    Absolute,
    SquareRoot,
    Logarithm,
    Exponential,
}

/// <summary>A function of one number.</summary>
internal sealed record UnaryTerm(MathFunction Function, Term Operand) : Term(ExpressionType.Number, Operand.Frame, Operand.LookBack)
{
    public override IEnumerable<Term> Operands => [Operand];
}

/// <summary>A function of two numbers.</summary>
internal sealed record ArithmeticTerm(MathFunction Function, Term Left, Term Right)
    : Term(ExpressionType.Number, Left.Frame.With(Right.Frame), Math.Max(Left.LookBack, Right.LookBack))
{
    public override IEnumerable<Term> Operands => [Left, Right];
}

/// <summary>Two numbers compared.</summary>
internal sealed record ComparisonTerm(TokenKind Operator, Term Left, Term Right)
    : Term(ExpressionType.Bool, Left.Frame.With(Right.Frame), Math.Max(Left.LookBack, Right.LookBack))
{
    public override IEnumerable<Term> Operands => [Left, Right];
}

/// <summary><c>not</c>.</summary>
internal sealed record NotTerm(Term Operand) : Term(ExpressionType.Bool, Operand.Frame, Operand.LookBack)
{
    public override IEnumerable<Term> Operands => [Operand];
}

/// <summary><c>and</c> or <c>or</c>.</summary>
internal sealed record JunctionTerm(bool IsAnd, Term Left, Term Right)
    : Term(ExpressionType.Bool, Left.Frame.With(Right.Frame), Math.Max(Left.LookBack, Right.LookBack))
{
    public override IEnumerable<Term> Operands => [Left, Right];
}

/// <summary>The operand's value some bars ago.</summary>
internal sealed record HistoryTerm(Term Operand, int Bars, Frame Frame) : Term(Operand.Type, Frame, Operand.LookBack + Bars)
{
    public override IEnumerable<Term> Operands => [Operand];
}

/// <summary><c>crossover</c> or <c>crossunder</c>.</summary>
internal sealed record CrossTerm(bool IsOver, Term Left, Term Right, Frame Frame)
    : Term(ExpressionType.Bool, Frame, Math.Max(Left.LookBack, Right.LookBack) + 1)
{
    public override IEnumerable<Term> Operands => [Left, Right];
}

/// <summary>An indicator. One with several outputs has no value of its own; <see cref="OutputTerm"/> reads one of them.</summary>
/// <param name="Indicator">Which.</param>
/// <param name="Parameters">A value for each of its parameters.</param>
/// <param name="Source">What it reads; null where it reads whole bars.</param>
/// <param name="Frame">On whose bars it runs.</param>
internal sealed record IndicatorTerm(IndicatorDescriptor Indicator, ParameterValues Parameters, Term? Source, Frame Frame)
    : Term(ExpressionType.Number, Frame, (Source?.LookBack ?? 0) + Indicator.WarmUp(Parameters.Span))
{
    public override IEnumerable<Term> Operands => Source is null ? [] : [Source];
}

/// <summary>One output of an indicator that has several.</summary>
internal sealed record OutputTerm(IndicatorTerm Indicator, int Index) : Term(ExpressionType.Number, Indicator.Frame, Indicator.LookBack)
{
    public override IEnumerable<Term> Operands => [Indicator];
}

/// <summary>Parameters of a call, compared by value.</summary>
internal readonly struct ParameterValues(double[] values) : IEquatable<ParameterValues>
{
    public ReadOnlySpan<double> Span => values;

    public bool Equals(ParameterValues other) => Span.SequenceEqual(other.Span);

    public override bool Equals(object? obj) => obj is ParameterValues other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var value in values)
            hash.Add(value);
        return hash.ToHashCode();
    }
}
