namespace Omega.Trading.Expressions;

/// <summary>Bounds of the language: an expression from anyone costs little to read, to hold and to run.</summary>
public static class ExpressionLimits
{
    /// <summary>Longest text, in characters.</summary>
    public const int Characters = 4096;

    /// <summary>Most names, numbers, operators and calls in one expression.</summary>
    public const int Nodes = 256;

    /// <summary>Deepest nesting of parentheses, calls, indices and prefix operators.</summary>
    public const int Depth = 32;

    /// <summary>Furthest look back, in bars of the operand's own timeframe, everything nested added up.</summary>
    public const int LookBack = 5000;
}
