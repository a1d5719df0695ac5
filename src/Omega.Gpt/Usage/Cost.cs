using System.Text.Json.Serialization;

namespace Omega.Gpt;

/// <summary>What a step or a turn cost. A null <see cref="Cost"/> means that the price is unknown; it is never taken as free.</summary>
/// <param name="Usd">US dollars, exact; a decimal string in JSON.</param>
/// <param name="Estimated">True when tokens or price were estimated rather than reported.</param>
/// <param name="Source">Where the figure comes from.</param>
public sealed record Cost([property: JsonConverter(typeof(DecimalStringConverter))] decimal Usd, bool Estimated, CostSource Source)
{
    /// <summary>The sum of two steps; null when the price of either is unknown.</summary>
    /// <param name="left">One step.</param>
    /// <param name="right">The other.</param>
    public static Cost? Add(Cost? left, Cost? right) =>
        left is null || right is null ? null : new Cost(left.Usd + right.Usd, left.Estimated || right.Estimated, left.Source == right.Source ? left.Source : CostSource.Catalogue);
}

/// <summary>Where a cost comes from.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CostSource>))]
public enum CostSource
{
    /// <summary>Tokens times the catalogue's prices.</summary>
    [JsonStringEnumMemberName("catalogue")] Catalogue,

    /// <summary>Billed by the provider in the answer itself.</summary>
    [JsonStringEnumMemberName("provider")] Provider,

    /// <summary>Served from the local cache.</summary>
    [JsonStringEnumMemberName("cache")] Cache,
}
