using System.Text.Json.Serialization;
using Omega.Trading.Analysis;

namespace Omega.Trading.Risk;

/// <summary>What a rule's returns might come to in another order. Figures: <see cref="FigureCatalog"/>, <c>risk.ruin.*</c>.</summary>
public sealed record RuinReport
{
    /// <summary>The rule, in words.</summary>
    public required string Rule { get; init; }

    /// <summary>How many returns the paths are drawn from, and how long each path is.</summary>
    public required int Returns { get; init; }

    /// <summary>How many paths.</summary>
    public required int Paths { get; init; }

    /// <summary>Returns in a block.</summary>
    public required int BlockLength { get; init; }

    /// <summary>The seed they were drawn with.</summary>
    public required int Seed { get; init; }

    /// <summary>The drawdown that counts as ruin, a positive fraction.</summary>
    public required double RuinDrawdown { get; init; }

    /// <summary>Share of the paths that come to it.</summary>
    public required double Probability { get; init; }

    /// <summary>Total return that 5 % of the paths stay below.</summary>
    [JsonPropertyName("final_return_5")]
    public required double FinalReturn5 { get; init; }

    /// <summary>Median total return.</summary>
    [JsonPropertyName("final_return_50")]
    public required double FinalReturn50 { get; init; }

    /// <summary>Total return that 5 % of the paths exceed.</summary>
    [JsonPropertyName("final_return_95")]
    public required double FinalReturn95 { get; init; }

    /// <summary>Median of the paths' deepest drawdowns; at or below 0.</summary>
    [JsonPropertyName("drawdown_50")]
    public required double Drawdown50 { get; init; }

    /// <summary>The deepest drawdown that 5 % of the paths fall below.</summary>
    [JsonPropertyName("drawdown_95")]
    public required double Drawdown95 { get; init; }
}
