namespace Omega.Trading.Strategies;

/// <summary>The strategies that come with the library, as JSON, each read when it is first asked for. Thread-safe.</summary>
public static class BuiltInStrategies
{
    // Simple ones first. A file has the name of its strategy.
    private static readonly string[] Files = ["buy-and-hold", "dca", "ema-cross", "donchian", "rsi-reversion", "bollinger", "momentum"];

    private static readonly Lazy<StrategySpec>[] Specs =
        [.. Files.Select(name => new Lazy<StrategySpec>(() => StrategySpec.Parse(Resource.Read(name + ".json"), name + ".json")))];

    /// <summary>The names of all of them; costs nothing, while <see cref="All"/> reads every file.</summary>
    public static IReadOnlyList<string> Names => Files;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<StrategySpec> All => field ??= [.. Specs.Select(spec => spec.Value)];

    /// <summary>The strategy of a name.</summary>
    /// <param name="name">Such as <c>ema-cross</c>.</param>
    /// <exception cref="TradingException">There is none; the message offers near names.</exception>
    public static StrategySpec Find(string name) =>
        Array.IndexOf(Files, name) is >= 0 and var index
            ? Specs[index].Value
            : throw new TradingException($"Unknown strategy \"{name}\".{NearNames.Question(name, Files)} Known: {string.Join(", ", Files)}; or a JSON file.");
}
