using System.Text.Json.Serialization;
using Omega.Trading.Analysis;

namespace Omega.Trading.Risk;

/// <summary>The risk of a position in money. Figures: <see cref="FigureCatalog"/>, <c>risk.position.*</c>.</summary>
public sealed record PositionRisk
{
    /// <summary>Base currency.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Account, quote currency.</summary>
    [JsonConverter(typeof(MoneyConverter))]
    public required decimal Equity { get; init; }

    /// <summary>Quantity × last close, quote currency.</summary>
    [JsonConverter(typeof(MoneyConverter))]
    public required decimal Value { get; init; }

    /// <summary>Value over equity.</summary>
    public required double Exposure { get; init; }

    /// <summary>Historical VaR at 0.95 × value.</summary>
    [JsonPropertyName("var_95"), JsonConverter(typeof(MoneyConverter))]
    public decimal? Var95 { get; init; }

    /// <summary>Historical CVaR at 0.95 × value.</summary>
    [JsonPropertyName("cvar_95"), JsonConverter(typeof(MoneyConverter))]
    public decimal? Cvar95 { get; init; }

    /// <summary>Historical VaR at 0.99 × value.</summary>
    [JsonPropertyName("var_99"), JsonConverter(typeof(MoneyConverter))]
    public decimal? Var99 { get; init; }

    /// <summary>Historical CVaR at 0.99 × value.</summary>
    [JsonPropertyName("cvar_99"), JsonConverter(typeof(MoneyConverter))]
    public decimal? Cvar99 { get; init; }

    /// <summary>The stop, quote currency.</summary>
    [JsonConverter(typeof(MoneyConverter))]
    public decimal? Stop { get; init; }

    /// <summary>From the last close to the stop, a positive fraction of the close.</summary>
    public double? StopDistance { get; init; }

    /// <summary>The same in ATR(14).</summary>
    public double? StopDistanceAtr { get; init; }

    /// <summary>What closing at the stop would lose from here, before fees and slippage, quote currency.</summary>
    [JsonConverter(typeof(MoneyConverter))]
    public decimal? StopLoss { get; init; }

    /// <summary>That over equity.</summary>
    public double? StopLossOfEquity { get; init; }
}
