using System.Text.Json;
using Omega.Gpt;
using Omega.Trading.Strategies;

namespace Omega.Desk.Functions;

/// <summary><c>list_strategies</c> and <c>get_strategy</c>: what can be tested.</summary>
internal static class StrategyFunctions
{
    public static GptFunction List() => DeskFunction.Make(
        "list_strategies",
        "List which trading strategies there are to test, with what each does and its parameters.",
        Schemas.Object(""),
        (_, context, _) =>
        {
            var all = BuiltInStrategies.All;
            using var result = new ResultWriter(context, $"There are {all.Count} built-in strategies: {Say.List([.. all.Select(strategy => strategy.Name)])}.");
            result.Figure("strategies", all.Count, FigureUnits.Count);
            result.List("list", all, (entry, strategy) =>
            {
                entry.Text("name", strategy.Name);
                entry.Text("description", strategy.Description);
                entry.List("parameters", strategy.Parameters, Parameter);
            });
            return ValueTask.FromResult(result.Finish());
        });

    public static GptFunction Get() => DeskFunction.Make(
        "get_strategy",
        "Get how one strategy works: its exact rules, parameters and JSON, how it enters, exits and protects itself.",
        Schemas.Object("strategy", $$"""
            "strategy": {"type": "string", "enum": [{{Schemas.Names(BuiltInStrategies.Names)}}], "description": "Name of the strategy."}
            """),
        (arguments, context, _) =>
        {
            var strategy = BuiltInStrategies.Find(arguments.Text("strategy")!);
            using var result = new ResultWriter(context, $"{strategy.Name}: {Lowered(strategy.Description)}");
            result.Text("name", strategy.Name);
            result.List("rules", strategy.Rules, (entry, rule) =>
            {
                entry.Text("name", rule.Name);
                entry.Text("text", rule.Text);
            });
            result.List("parameters", strategy.Parameters, Parameter);
            using var json = JsonDocument.Parse(strategy.Json);
            result.Raw("json", Compact(json.RootElement));
            return ValueTask.FromResult(result.Finish());
        });

    private static void Parameter(ResultWriter entry, StrategyParameter parameter)
    {
        entry.Text("name", parameter.Name);
        entry.Text("default", parameter.Show(parameter.Default));
        entry.Text("range", parameter.Range);
        entry.Text("description", parameter.Description);
    }

    private static string Lowered(string sentence) => sentence.Length > 0 ? char.ToLowerInvariant(sentence[0]) + sentence[1..] : "no description.";

    private static string Compact(JsonElement json)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, DeskJson.Writing))
            json.WriteTo(writer);
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
