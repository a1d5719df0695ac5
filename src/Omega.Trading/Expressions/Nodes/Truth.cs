namespace Omega.Trading.Expressions;

/// <summary>Kleene's three truth values, in their order: <c>and</c> is the least of two, <c>or</c> the greatest, <c>not</c> the sign turned.</summary>
internal enum Truth : sbyte
{
    False = -1,
    Null = 0,
    True = 1,
}
