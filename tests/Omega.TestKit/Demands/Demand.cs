using System.Text.Json;

namespace Omega.TestKit;

/// <summary>
/// What a request must hold. A server that demands answers 400 in the provider's shape, naming what is missing, as real
/// providers do when state they gave out does not come back.
/// </summary>
public abstract class Demand
{
    /// <summary>What is missing, in words; null when the demand is met.</summary>
    public abstract string? Missing(ReceivedRequest request);

    /// <summary>A demand of the test's own: the function returns what is missing, or null.</summary>
    public static Demand That(Func<ReceivedRequest, string?> missing) => new Custom(missing);

    /// <summary>A demand on the JSON body: unless it holds, <paramref name="what"/> is missing.</summary>
    public static Demand That(string what, Func<JsonElement, bool> holds) => That(request => holds(request.Json) ? null : what);

    /// <summary>The header must be there with exactly this value.</summary>
    public static Demand Header(string name, string value) => That(request => request.Header(name) == value
        ? null
        : $"header {name}: {(request.Header(name) is null ? "missing" : "not the expected value")}");

    /// <summary>All of them, told at the first that is unmet.</summary>
    public static Demand All(params Demand[] demands) =>
        That(request => demands.Select(demand => demand.Missing(request)).FirstOrDefault(missing => missing is not null));

    private sealed class Custom(Func<ReceivedRequest, string?> missing) : Demand
    {
        public override string? Missing(ReceivedRequest request) => missing(request);
    }
}
