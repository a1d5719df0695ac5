namespace Omega.Trading.Strategies;

/// <summary>The strategies that come with the library, as JSON. Thread-safe.</summary>
public static class BuiltInStrategies
{
    // Simple ones first.
    private static readonly string[] Names = ["buy-and-hold", "dca", "ema-cross", "donchian", "rsi-reversion", "bollinger", "momentum"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<StrategySpec> All { get; } = [.. Names.Select(name => StrategySpec.Parse(Resource.Read(name + ".json"), name + ".json"))];

    /// <summary>The strategy of a name.</summary>
    /// <param name="name">Such as <c>ema-cross</c>.</param>
    /// <exception cref="TradingException">There is none; the message offers near names.</exception>
    public static StrategySpec Find(string name) =>
        All.FirstOrDefault(strategy => strategy.Name == name)
        ?? throw new TradingException($"Unknown strategy \"{name}\".{NearNames.Question(name, Names)} Known: {string.Join(", ", Names)}; or a JSON file.");
}
