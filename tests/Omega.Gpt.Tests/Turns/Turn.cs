using Omega.Gpt.Providers;

namespace Omega.Gpt.Tests.Turns;

/// <summary>Runs turns for tests and gathers what they did.</summary>
internal static class Turn
{
    /// <summary>An engine with one provider, asked as <c>{provider}/m</c>.</summary>
    public static GptEngine Engine(IModelProvider provider, IConversationStore? store = null, TimeProvider? time = null, GptPipelineOptions? pipeline = null)
    {
        var registry = ProviderRegistry.Create(null, time);
        registry.Add(provider);
        return new GptEngine(registry, new GenerationOptions { Model = $"{provider.Name}/m" }, store, time, pipeline: pipeline);
    }

    public static RealTimeGpt Gpt(IModelProvider provider, IConversationStore? store = null, TimeProvider? time = null, string? conversation = null) =>
        new(Engine(provider, store, time), conversation);

    /// <summary>All events, and the exception that ended them.</summary>
    public static async Task<(List<GptEvent> Events, Exception? Error)> RunAsync(IAsyncEnumerable<GptEvent> turn)
    {
        var events = new List<GptEvent>();
        try
        {
            await foreach (var gptEvent in turn)
                events.Add(gptEvent);
        }
        catch (Exception exception) when (exception is GptException or OperationCanceledException)
        {
            return (events, exception);
        }

        return (events, null);
    }

    public static string TextOf(IEnumerable<GptEvent> events) => string.Concat(events.OfType<TextDeltaEvent>().Select(e => e.Text));

    /// <summary>The names of the events, deltas of a kind in a row once.</summary>
    public static string[] Shape(IEnumerable<GptEvent> events)
    {
        var shape = new List<string>();
        foreach (var gptEvent in events)
        {
            var name = gptEvent.GetType().Name[..^"Event".Length];
            if (shape.Count == 0 || shape[^1] != name || !name.EndsWith("Delta", StringComparison.Ordinal))
                shape.Add(name);
        }

        return [.. shape];
    }
}
