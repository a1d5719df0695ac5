namespace Omega.Trading.Expressions;

/// <summary>What an expression yields. There is no conversion between the two.</summary>
public enum ExpressionType
{
    /// <summary>A number, or null.</summary>
    Number,

    /// <summary>True, false or null.</summary>
    Bool,
}
