using Omega.Trading.Risk;

namespace Omega.Cli.Commands.Risk;

/// <summary>What an account holds.</summary>
/// <param name="Cash">What it is worth without what its positions have gained since they were entered, in quote currency.</param>
/// <param name="Positions">Its positions.</param>
internal sealed record Account(decimal Cash, IReadOnlyList<HeldPosition> Positions);

/// <summary>A position, held or thought of.</summary>
/// <param name="Side">Which way it gains.</param>
/// <param name="Quantity">In base currency.</param>
internal sealed record HeldPosition(PositionSide Side, decimal Quantity)
{
    /// <summary>The market; null for the feed's first.</summary>
    public string? Market { get; init; }

    /// <summary>What it was entered at, in quote currency; null where it would be entered now.</summary>
    public decimal? Entry { get; init; }

    /// <summary>Where it would be closed at a loss; null without a stop.</summary>
    public decimal? Stop { get; init; }

    /// <summary>What it has gained since its entry at a price; 0 without an entry.</summary>
    public decimal GainAt(decimal price) => Entry is { } entry ? Quantity * (price - entry) * (Side == PositionSide.Long ? 1 : -1) : 0;
}
