namespace Omega.Trading.Expressions;

/// <summary>What an expression may use, and has to be.</summary>
public sealed class ExpressionOptions
{
    /// <summary>Names of constants, usable as lengths too.</summary>
    /// <value>Default: none. Letters, digits and <c>_</c>; a name of the language cannot be used.</value>
    public IReadOnlyDictionary<string, double> Parameters { get; init; } = new Dictionary<string, double>();

    /// <summary>What the expression has to yield.</summary>
    /// <value>Default: null, either. A rule or an alert has to be <see cref="ExpressionType.Bool"/>.</value>
    public ExpressionType? Type { get; init; }

    /// <summary>The timeframe of the bars, where it is known: longer timeframes in the expression are checked against it at once.</summary>
    /// <value>Default: null; they are checked when a run starts.</value>
    public Timeframe? Timeframe { get; init; }
}
