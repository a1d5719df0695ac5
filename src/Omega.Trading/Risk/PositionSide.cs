using System.Diagnostics.CodeAnalysis;

namespace Omega.Trading.Risk;

/// <summary>Which way a position gains.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "Long and short are the field's own words.")]
public enum PositionSide
{
    /// <summary>When the price rises.</summary>
    Long,

    /// <summary>When the price falls.</summary>
    Short,
}
