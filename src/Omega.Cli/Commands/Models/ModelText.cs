using System.Globalization;
using Omega.Gpt.Models;

namespace Omega.Cli.Commands.Models;

/// <summary>What is known of a model, in a few characters. Pure.</summary>
internal static class ModelText
{
    public static string State(ModelInfo model, DateOnly day)
    {
        var state = model switch
        {
            _ when model.IsRetired(day) => "retired",
            { RetiresOn: { } last } => $"retires {Day(last)}",
            _ => Lower(model.Lifecycle),
        };
        return model.Successor is { } successor && state != "active" ? $"{state} → {successor}" : state;
    }

    public static string Tokens(int? count) => count switch
    {
        null => "?",
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{count.Value / 1_000_000.0:0.##}M"),
        >= 1000 => string.Create(CultureInfo.InvariantCulture, $"{count.Value / 1000.0:0.#}k"),
        _ => count.Value.ToString(CultureInfo.InvariantCulture),
    };

    public static string Price(ModelInfo model, Func<PriceTier, decimal> part) => model.Prices switch
    {
        [] => "?",
        [var only] => (model.PricesVary ? "~" : "") + Money(part(only)),
        [var first, ..] => (model.PricesVary ? "~" : "") + Money(part(first)) + "+",
    };

    public static string Money(decimal usd) => usd.ToString("0.00###", CultureInfo.InvariantCulture);

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string AsOf(ModelCatalog catalog) => catalog.Updated is { } day ? $", as of {Day(day)}" : "";

    public static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
