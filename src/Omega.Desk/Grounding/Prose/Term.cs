using Omega.Desk.Facts;

namespace Omega.Desk.Prose;

/// <summary>What a term of the vocabulary names.</summary>
internal enum TermKind
{
    /// <summary>A quantity, such as <c>rsi</c>.</summary>
    Quantity,

    /// <summary>Something that tells quantities of one name apart.</summary>
    Modifier,

    /// <summary>A market.</summary>
    Market,

    /// <summary>A timeframe.</summary>
    Timeframe,

    /// <summary>A strategy.</summary>
    Strategy,
}

/// <summary>A phrase and what it means.</summary>
/// <param name="Words">The phrase, in lower case and in the singular.</param>
/// <param name="Kind">What it names.</param>
/// <param name="Names">Quantities it may stand for (any of them), or the one market, timeframe or strategy.</param>
/// <param name="Modifiers">What it says besides.</param>
/// <param name="Unit">What the quantity is usually counted in.</param>
/// <param name="IsWeak">A word of many meanings: it names the quantity only right beside the figure.</param>
/// <param name="TakesLengths">Whether a number may belong to its name, as in <c>EMA 20</c>, <c>VaR 95</c>.</param>
internal sealed record Term(string[] Words, TermKind Kind, string[] Names, Modifier[] Modifiers, FactUnit Unit, bool IsWeak, bool TakesLengths)
{
    public bool IsNamed(string[] names)
    {
        foreach (var mine in Names)
        {
            foreach (var other in names)
            {
                if (mine == other)
                    return true;
            }
        }

        return false;
    }
}
