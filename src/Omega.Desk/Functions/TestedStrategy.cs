using System.Buffers;
using System.Text.Json;
using Omega.Trading;
using Omega.Trading.Strategies;

namespace Omega.Desk.Functions;

/// <summary>The strategy that a call wants tested: a built-in one with values, or rules of the call's own.</summary>
/// <param name="Strategy">Ready to run.</param>
/// <param name="Key">The same for the same rules and values.</param>
/// <param name="Values">Its parameters' values as people write them.</param>
internal sealed record TestedStrategy(IStrategy Strategy, string Key, IReadOnlyList<(string Name, string Value)> Values)
{
    private const string Own = "custom";

    public static IReadOnlyList<string> Names => BuiltInStrategies.Names;

    /// <summary>Properties of a schema by which one strategy is chosen.</summary>
    public static string Properties => $$"""
        "strategy": {"type": "string", "enum": [{{Schemas.Names(Names.Append(Own))}}], "description": "Strategy to test. custom takes the rules from enter and exit."},
        "enter": {"type": "string", "maxLength": 4096, "description": "With custom: when to buy, as an expression, such as crossover(ema(12), ema(26)) and rsi(14) < 70."},
        "exit": {"type": "string", "maxLength": 4096, "description": "With custom: when to sell, as an expression. It may use position.bars, position.return, position.entry."},
        "stop_loss": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1, "description": "With custom: stop below the entry, as a fraction: 5 % is 0.05."},
        "parameters": {"type": "array", "maxItems": 32, "items": {"type": "object", "properties": {"name": {"type": "string"}, "value": {"type": ["number", "string"]} }, "required": ["name", "value"], "additionalProperties": false}, "description": "Values that differ from a built-in strategy's defaults; get_strategy names them."}
        """;

    /// <summary>Reads it.</summary>
    /// <exception cref="Refusal">Rules and names do not go together.</exception>
    /// <exception cref="TradingException">An expression does not compile, or a value is not allowed.</exception>
    public static TestedStrategy Of(CallArguments arguments)
    {
        var name = arguments.Text("strategy")!;
        var (enter, exit) = (arguments.Text("enter"), arguments.Text("exit"));
        if (name == Own)
        {
            if (enter is null)
                throw new Refusal("missing", "custom needs enter: when to buy, as an expression.", "enter");
            if (arguments.List("parameters").Any())
                throw new Refusal("not_possible", "custom has no parameters. Write the values into the expressions.", "parameters");
            var json = Json(enter, exit, arguments.Number("stop_loss"));
            return new(Compile(json, enter, exit), json, []);
        }

        if (enter is not null || exit is not null || arguments.Number("stop_loss") is not null)
            throw new Refusal("not_possible", $"{name} has rules of its own. Leave enter, exit and stop_loss out, or choose custom.", "strategy", name);
        var spec = BuiltInStrategies.Find(name);
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var given in arguments.List("parameters"))
        {
            var parameter = spec.Parameter(given.GetProperty("name").GetString()!);
            var value = given.GetProperty("value");
            values[parameter.Name] = parameter.Parse(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText());
        }

        return Of(spec, values);
    }

    public static TestedStrategy Of(StrategySpec spec, IReadOnlyDictionary<string, double> values)
    {
        var strategy = spec.Compile(values);
        (string Name, string Value)[] shown = [.. spec.Parameters.Select(parameter => (parameter.Name, parameter.Show(strategy.Parameters[parameter.Name])))];
        return new(strategy, $"{spec.Name}({string.Join(',', shown.Select(each => $"{each.Name}={each.Value}"))})", shown);
    }

    private static IStrategy Compile(string json, string enter, string? exit)
    {
        try
        {
            return StrategySpec.Parse(json).Compile();
        }
        catch (StrategySpecException exception)
        {
            // Where it stands in a text that the model never wrote is of no use to it.
            var at = exception.Path.Contains("exit", StringComparison.Ordinal) ? "exit" : exception.Path.Contains("enter", StringComparison.Ordinal) ? "enter" : null;
            throw new Refusal("expression", $"{at ?? "The rules"}: {exception.Reason}", at, at == "exit" ? exit : enter);
        }
    }

    private static string Json(string enter, string? exit, double? stop)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, DeskJson.Writing))
        {
            writer.WriteStartObject();
            writer.WriteString("name", Own);
            writer.WriteStartObject("long");
            writer.WriteString("enter", enter);
            if (exit is not null)
                writer.WriteString("exit", exit);
            if (stop is { } fraction)
            {
                writer.WriteStartObject("stop");
                writer.WriteNumber("fraction", fraction);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
