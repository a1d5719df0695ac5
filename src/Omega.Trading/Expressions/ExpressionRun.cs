namespace Omega.Trading.Expressions;

/// <summary>An expression as it runs, one final bar after the other. No allocation a bar. Not thread-safe; one for each series.</summary>
public sealed class ExpressionRun
{
    private readonly NumberNode? _number;
    private readonly TruthNode? _truth;
    private readonly Machine _machine;

    internal ExpressionRun(NumberNode? number, TruthNode? truth, Machine machine) => (_number, _truth, _machine) = (number, truth, machine);

    /// <summary>The number at the last bar, or null: while warming up, and where it cannot be computed.</summary>
    /// <exception cref="InvalidOperationException">The expression is true or false.</exception>
    public double? Number => _number is null
        ? throw new InvalidOperationException("This expression is true or false; read Truth.")
        : double.IsNaN(_number.Value) ? null : _number.Value;

    /// <summary>Whether it is true at the last bar, or null: while warming up, and where it cannot be told.</summary>
    /// <exception cref="InvalidOperationException">The expression is a number.</exception>
    public bool? Truth => _truth is null
        ? throw new InvalidOperationException("This expression is a number; read Number.")
        : _truth.Value == Expressions.Truth.Null ? null : _truth.Value == Expressions.Truth.True;

    /// <summary>Whether it is true at the last bar: neither false nor null, nor a number.</summary>
    public bool IsTrue => _truth is { Value: Expressions.Truth.True };

    /// <summary>Takes the next final bar.</summary>
    /// <param name="bar">The bar; times rise.</param>
    public void Advance(in Candle bar) => _machine.Advance(bar);
}
