using System.Text.Json;

namespace Omega.Gpt.Providers.Http;

/// <summary>
/// The function calls of a history that have a result. Providers refuse a call without its result and a result without its call, so a
/// wire sends the pairs alone, the result right after the message with its call, wherever it stands in the history.
/// </summary>
internal sealed class AnsweredCalls
{
    private readonly Dictionary<string, FunctionResultPart> _results = new(StringComparer.Ordinal);

    /// <param name="messages">The history.</param>
    public AnsweredCalls(IEnumerable<Message> messages)
    {
        foreach (var message in messages)
        {
            foreach (var result in message.Parts.OfType<FunctionResultPart>())
                _results[result.Call] = result;
        }
    }

    /// <summary>The call's result, or null when it has none. A result is given once: a call that is there twice is sent once.</summary>
    /// <param name="call">The call.</param>
    public FunctionResultPart? Take(FunctionCallPart call) => _results.Remove(call.Call, out var result) ? result : null;

    /// <summary>A result as the model reads it: a JSON string as plain text, anything else as compact JSON.</summary>
    /// <param name="result">The result.</param>
    public static string Text(FunctionResultPart result) => result.Result.ValueKind switch
    {
        JsonValueKind.String => result.Result.GetString()!,
        JsonValueKind.Undefined => "",
        _ => JsonText.Compact(result.Result),
    };
}
