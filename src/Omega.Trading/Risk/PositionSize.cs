using System.Text.Json;
using System.Text.Json.Serialization;
using Omega.Trading.Analysis;

namespace Omega.Trading.Risk;

/// <summary>How much to take. Figures: <see cref="FigureCatalog"/>, <c>size.*</c>. Immutable.</summary>
public sealed record PositionSize
{
    /// <summary>How it was found: fixed_fraction, fixed_risk, volatility_target or capped_kelly.</summary>
    public required string Method { get; init; }

    /// <summary>Which way it gains.</summary>
    public required PositionSide Side { get; init; }

    /// <summary>Price of the entry, quote currency.</summary>
    [JsonConverter(typeof(MoneyConverter))]
    public required decimal Price { get; init; }

    /// <summary>Base currency, rounded down to the market's step; 0 where no order is possible or wise, with a note.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Quantity × price, quote currency.</summary>
    [JsonConverter(typeof(MoneyConverter))]
    public required decimal Notional { get; init; }

    /// <summary>Notional over equity.</summary>
    public required double Fraction { get; init; }

    /// <summary>Fee of the entry, quote currency.</summary>
    [JsonConverter(typeof(MoneyConverter))]
    public required decimal Fee { get; init; }

    /// <summary>The stop, quote currency; null without one.</summary>
    [JsonConverter(typeof(MoneyConverter))]
    public decimal? Stop { get; init; }

    /// <summary>What closing at the stop loses, both fees included, before slippage, quote currency; null without a stop.</summary>
    [JsonConverter(typeof(MoneyConverter))]
    public decimal? LossAtStop { get; init; }

    /// <summary>That over equity.</summary>
    public double? LossOfEquity { get; init; }

    /// <summary>The full Kelly fraction; null with other methods.</summary>
    public double? Kelly { get; init; }

    /// <summary>What bounded the size, and why a figure is null.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The size as JSON: names in snake case, money as decimal strings.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ReportJson.Default.PositionSize);
}
