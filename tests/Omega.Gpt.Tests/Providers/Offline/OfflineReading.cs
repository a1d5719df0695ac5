using System.Text.Json;
using Omega.Gpt.Providers;
using Omega.Gpt.Providers.Offline;

namespace Omega.Gpt.Tests.Providers.Offline;

/// <summary>Asks the offline provider and collects what it streams.</summary>
internal static class OfflineReading
{
    public static ModelRequest Request(string prompt, params IEnumerable<FunctionDefinition> functions) => new()
    {
        Model = OfflineProvider.ModelName,
        Messages = [Message.User(prompt)],
        Functions = [.. functions],
    };

    public static FunctionDefinition Function(string name, string description, string parameters = """{"type":"object","properties":{}}""") =>
        new(name, description, JsonElement.Parse(parameters));

    public static async Task<IReadOnlyList<ModelDelta>> AskAsync(ModelRequest request, OfflineOptions? options = null)
    {
        var deltas = new List<ModelDelta>();
        await foreach (var delta in new OfflineProvider(options).StreamAsync(request, TestContext.Current.CancellationToken))
            deltas.Add(delta);
        return deltas;
    }

    public static string Text(this IEnumerable<ModelDelta> deltas) => string.Concat(deltas.OfType<TextDelta>().Select(delta => delta.Text));

    /// <summary>The calls, each with its arguments joined.</summary>
    public static IReadOnlyList<(string Name, string Arguments)> Calls(this IEnumerable<ModelDelta> deltas)
    {
        var all = deltas.ToArray();
        return
        [
            .. all.OfType<CallStartedDelta>().Select(started =>
                (started.Name, string.Concat(all.OfType<CallArgumentsDelta>().Where(piece => piece.Index == started.Index).Select(piece => piece.Delta)))),
        ];
    }
}
