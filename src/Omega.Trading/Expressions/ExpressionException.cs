namespace Omega.Trading.Expressions;

/// <summary>An expression that cannot be used. The message says what is wrong and shows the place with a caret.</summary>
public sealed class ExpressionException : TradingException
{
    // As much of a long expression as fits a line of a terminal.
    private const int Window = 96;

    internal ExpressionException(string expression, int position, string reason)
        : base($"Character {position + 1}: {reason}\n{Point(expression, position)}") =>
        (Expression, Position, Reason) = (expression, position, reason);

    /// <summary>The whole expression, as given.</summary>
    public string Expression { get; }

    /// <summary>Where in <see cref="Expression"/> it is wrong, in characters from 0; its length for the end.</summary>
    public int Position { get; }

    /// <summary>What is wrong, what was expected, and near names, without the place.</summary>
    public string Reason { get; }

    /// <summary>Two lines: the expression, and a caret below the place. Long expressions are cut around it.</summary>
    public string Caret => Point(Expression, Position);

    private static string Point(string expression, int position)
    {
        var from = Math.Max(0, Math.Min(position - Window / 2, expression.Length - Window));
        var length = Math.Min(Window, expression.Length - from);
        var line = string.Create(length, (expression, from), static (span, state) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                // One column each: the caret has to stand below its character, and nothing may move the cursor.
                var c = state.expression[state.from + i];
                span[i] = char.IsControl(c) ? ' ' : c is < '\u0300' ? c : '·';
            }
        });
        var (before, after) = (from > 0 ? "…" : "", from + length < expression.Length ? "…" : "");
        return $"  {before}{line}{after}\n  {new string(' ', before.Length + position - from)}^";
    }
}
