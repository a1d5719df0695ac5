using System.Text.Json;
using Omega.Gpt;
using Omega.Gpt.Providers;

namespace Omega.Desk.Tests.Functions;

/// <summary>Calls functions of a desk as a model would, through the engine's checks.</summary>
internal static class DeskCalls
{
    private static readonly GptEngine Engine = new(ProviderRegistry.Create(_ => null));

    /// <summary>One call's result, which is no failure of the call itself.</summary>
    public static async Task<JsonElement> CallAsync(this MarketDesk desk, string name, string arguments = "{}", List<GptEvent>? events = null)
    {
        var result = Assert.Single(await desk.TryCallAsync(events, new FunctionCallRequest(name, arguments)));
        Assert.True(result.Error is null, result.Message);
        return result.Result;
    }

    public static Task<IReadOnlyList<FunctionCallResult>> TryCallAsync(this MarketDesk desk, List<GptEvent>? events, params FunctionCallRequest[] calls) =>
        Engine.RunBatchAsync(desk.Functions, calls, new FunctionBatchOptions
        {
            StreamCallback = (gptEvent, _) =>
            {
                events?.Add(gptEvent);
                return ValueTask.CompletedTask;
            },
        }, TestContext.Current.CancellationToken);

    public static double Figure(this JsonElement result, string name) => result.GetProperty("figures").GetProperty(name).GetProperty("value").GetDouble();

    public static string Unit(this JsonElement result, string name) => result.GetProperty("figures").GetProperty(name).GetProperty("unit").GetString()!;

    public static string Summary(this JsonElement result) => result.GetProperty("summary").GetString()!;

    /// <summary>The refusal's kind; null where it is none.</summary>
    public static string? Refused(this JsonElement result) => result.TryGetProperty("error", out var error) ? error.GetProperty("kind").GetString() : null;
}
