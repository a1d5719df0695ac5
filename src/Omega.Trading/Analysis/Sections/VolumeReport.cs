using System.Text.Json.Serialization;

namespace Omega.Trading.Analysis;

/// <summary>How much trades. Figures: <see cref="FigureCatalog"/>, <c>volume.*</c>.</summary>
public sealed record VolumeReport
{
    /// <summary>Volume of the last bar, base currency.</summary>
    public double? Last { get; init; }

    /// <summary>Mean volume of the 20 bars before it, base currency.</summary>
    [JsonPropertyName("mean_20")]
    public double? Mean20 { get; init; }

    /// <summary><see cref="Last"/> over <see cref="Mean20"/>.</summary>
    public double? Relative { get; init; }

    /// <summary>Chaikin money flow of 20 bars, −1 to 1.</summary>
    [JsonPropertyName("cmf_20")]
    public double? Cmf20 { get; init; }

    /// <summary>Money flow index of 14 bars, 0 to 100.</summary>
    [JsonPropertyName("mfi_14")]
    public double? Mfi14 { get; init; }

    /// <summary>Volume-weighted average price of 20 bars, quote currency.</summary>
    [JsonPropertyName("vwap_20")]
    public double? Vwap20 { get; init; }
}
