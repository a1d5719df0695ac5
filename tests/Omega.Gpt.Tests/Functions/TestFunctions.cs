using System.Text.Json;
using Omega.Gpt.Providers;
using Omega.Gpt.Tests.Turns;

namespace Omega.Gpt.Tests.Functions;

/// <summary>Functions and model answers for tests.</summary>
internal static class TestFunctions
{
    public static readonly JsonElement Symbol = JsonElement.Parse("""{"type":"object","properties":{"symbol":{"type":"string","maxLength":8},"size":{"type":"number","minimum":0}},"required":["symbol"],"additionalProperties":false}""");

    public static FunctionDefinition Defined(string name, JsonElement? parameters = null) => new(name, $"Does {name}.", parameters ?? Symbol);

    public static GptFunction Function(string name, FunctionHandler handler, GptFunctionOptions? options = null, JsonElement? parameters = null) =>
        new(Defined(name, parameters), handler, options);

    /// <summary>A function that counts its runs and answers with its arguments.</summary>
    public static GptFunction Counting(string name, List<string> runs, GptFunctionOptions? options = null) => Function(
        name,
        (arguments, context, _) =>
        {
            lock (runs)
                runs.Add($"{name} {arguments.GetRawText()}");
            return ValueTask.FromResult(arguments);
        },
        options);

    public static GptFunctionOptions Pure { get; } = new() { Effect = FunctionEffect.Pure };

    /// <summary>An answer that writes calls, each with its arguments in two pieces, and waits for their results.</summary>
    public static ScriptedProvider.Script Writes(params (string Name, string Arguments)[] calls) => ScriptedProvider.Says(
    [
        .. calls.SelectMany((call, index) => (ModelDelta[])
        [
            new CallStartedDelta(index, call.Name),
            .. Pieces(call.Arguments).Select(piece => new CallArgumentsDelta(index, piece)),
        ]),
        ScriptedProvider.Done(FinishReason.FunctionCalls),
    ]);

    public static ScriptedProvider.Script Answers(string text) => ScriptedProvider.Says(new TextDelta(text), ScriptedProvider.Done());

    public static JsonElement Json(string json) => JsonElement.Parse(json);

    /// <summary>What the model is told of each call, in the order of the results.</summary>
    public static string[] Results(IEnumerable<Message> messages) =>
        [.. messages.SelectMany(message => message.Parts.OfType<FunctionResultPart>()).Select(part => $"{part.Name}{(part.IsError ? " error" : "")} {part.Result.GetRawText()}")];

    /// <summary>The kind of an error as the model reads it.</summary>
    public static string? KindOf(FunctionResultPart part) => part.Result.GetProperty("error").GetProperty("kind").GetString();

    private static IEnumerable<string> Pieces(string text) =>
        text.Length < 2 ? [.. new[] { text }.Where(piece => piece.Length > 0)] : [text[..(text.Length / 2)], text[(text.Length / 2)..]];
}
