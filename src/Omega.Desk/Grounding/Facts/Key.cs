using Omega.Desk.Prose;

namespace Omega.Desk.Facts;

/// <summary>What a property's name says of the figures behind it.</summary>
/// <param name="Names">Quantities.</param>
/// <param name="Modifiers">What tells them apart.</param>
/// <param name="Lengths">Numbers of the name.</param>
/// <param name="Unit">What the quantity is usually counted in.</param>
/// <param name="Strategy">The strategy that it names.</param>
/// <param name="Timeframe">The timeframe that it names.</param>
/// <param name="Market">The market that it names.</param>
/// <param name="IsGeneric">Whether it is a word such as <c>price</c> or <c>level</c>, which under <c>support</c> is the support's.</param>
/// <param name="IsWeak">Whether only words of many meanings named it.</param>
internal sealed record Key(string[] Names, Modifier[] Modifiers, double[] Lengths, FactUnit Unit, string? Strategy, string? Timeframe, string? Market, bool IsGeneric, bool IsWeak)
{
    public static readonly Key Empty = new([], [], [], FactUnit.Unknown, null, null, null, true, true);
}
