using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Omega.TestKit;

namespace Omega.Gpt.Tests.Promises;

/// <summary>
/// Which calls a stream soundly makes, read the strict and obvious way and sharing nothing with the engine: the text split at blank lines,
/// each event a JSON document, and anything that is not exactly as its wire promises makes the whole stream unsound. A mutated stream may
/// still be a valid one (a dropped piece of text, a repeated usage); then its calls are due, and this says which.
/// </summary>
internal sealed partial class StepTruth
{
    private readonly SortedDictionary<int, Call> _calls = [];
    private string? _finish;
    private bool _isDone;

    private StepTruth()
    {
    }

    /// <summary>The calls that may be run; empty where the stream is unsound or ends otherwise.</summary>
    public IReadOnlyList<(string Name, string Arguments)> Calls { get; private set; } = [];

    /// <summary>Reads a stream.</summary>
    public static StepTruth Read(Wire wire, byte[] bytes)
    {
        var truth = new StepTruth();
        try
        {
            foreach (var data in Events(bytes))
                truth.Take(wire, data);
            if (truth is { _isDone: true, _finish: "stop" or "tool_calls" or "end_turn" or "tool_use" or "completed" or "function_call" or "stop_sequence" })
                truth.Calls = [.. truth._calls.Values.Select(call => (call.Name, call.Text))];
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // Unsound: nothing of it may be run.
        }

        return truth;
    }

    /// <summary>All that could be a function's name in a stream, sound or not: every string after a "name".</summary>
    public static IEnumerable<string> Names(ReadOnlySpan<byte> bytes) =>
        [.. NameField().Matches(Encoding.Latin1.GetString(bytes)).Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal)];

    /// <summary>A stream as whole events, the blank line after each included.</summary>
    public static List<byte[]> Split(byte[] bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        var events = new List<byte[]>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var blank = Match(text, i, "\r\n\r\n") ? 4 : Match(text, i, "\n\n") ? 2 : 0;
            if (blank == 0)
                continue;
            events.Add(bytes[start..(i + blank)]);
            start = i + blank;
            i = start - 1;
        }

        if (start < bytes.Length)
            events.Add(bytes[start..]);
        return events;

        static bool Match(string text, int at, string what) => string.CompareOrdinal(text, at, what, 0, what.Length) == 0;
    }

    private static IEnumerable<string> Events(byte[] bytes)
    {
        foreach (var block in Split(bytes))
        {
            var text = Encoding.UTF8.GetString(block);
            // An event without its closing blank line has not arrived.
            if (!text.EndsWith("\n\n", StringComparison.Ordinal) && !text.EndsWith("\r\n\r\n", StringComparison.Ordinal))
                continue;
            var lines = text.ReplaceLineEndings("\n").Split('\n').Where(line => line.StartsWith("data:", StringComparison.Ordinal)).Select(line => line[5..].TrimStart(' ')).ToList();
            if (lines.Count > 0)
                yield return string.Join('\n', lines);
        }
    }

    private void Take(Wire wire, string data)
    {
        if (data == "[DONE]")
        {
            _isDone |= _finish is not null;
            return;
        }

        var json = JsonElement.Parse(data);
        if (json.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object)
            throw new FormatException("an error in the stream");
        switch (wire)
        {
            case Wire.ChatCompletions:
                TakeChat(json);
                break;
            case Wire.Anthropic:
                TakeAnthropic(json);
                break;
            default:
                TakeResponses(json);
                break;
        }
    }

    private void TakeChat(JsonElement json)
    {
        if (!json.TryGetProperty("choices", out var choices) || choices.GetArrayLength() == 0 || choices[0].GetProperty("index").GetInt32() != 0)
            return;
        if (choices[0].TryGetProperty("delta", out var delta) && delta.TryGetProperty("tool_calls", out var calls) && calls.ValueKind == JsonValueKind.Array)
        {
            foreach (var piece in calls.EnumerateArray())
            {
                var index = piece.TryGetProperty("index", out var at) ? at.GetInt32() : _calls.Count;
                if (!_calls.TryGetValue(index, out var call))
                    _calls.Add(index, call = new Call());
                if (!piece.TryGetProperty("function", out var function))
                    continue;
                if (function.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String && name.GetString() is { Length: > 0 } text)
                    call.Name = text;
                if (function.TryGetProperty("arguments", out var arguments) && arguments.ValueKind == JsonValueKind.String)
                    call.Arguments.Append(arguments.GetString());
            }
        }

        if (choices[0].TryGetProperty("finish_reason", out var reason) && reason.ValueKind == JsonValueKind.String)
            _finish = reason.GetString();
    }

    private void TakeAnthropic(JsonElement json)
    {
        switch (json.GetProperty("type").GetString())
        {
            case "content_block_start" when json.GetProperty("content_block").GetProperty("type").GetString() == "tool_use":
                _calls.TryAdd(json.GetProperty("index").GetInt32(), new Call { Name = json.GetProperty("content_block").GetProperty("name").GetString()! });
                break;
            case "content_block_delta" when json.GetProperty("delta").GetProperty("type").GetString() == "input_json_delta":
                _calls[json.GetProperty("index").GetInt32()].Arguments.Append(json.GetProperty("delta").GetProperty("partial_json").GetString());
                break;
            case "message_delta" when json.GetProperty("delta").TryGetProperty("stop_reason", out var reason) && reason.ValueKind == JsonValueKind.String:
                _finish = reason.GetString();
                break;
            case "message_stop":
                _isDone |= _finish is not null;
                break;
        }
    }

    /// <summary>The terminal event repeats the whole answer; it is the wire's own word on what was said.</summary>
    private void TakeResponses(JsonElement json)
    {
        switch (json.GetProperty("type").GetString())
        {
            case "response.completed":
                foreach (var item in json.GetProperty("response").GetProperty("output").EnumerateArray().Where(item => item.GetProperty("type").GetString() == "function_call"))
                {
                    var call = new Call { Name = item.GetProperty("name").GetString()! };
                    call.Arguments.Append(item.GetProperty("arguments").GetString());
                    _calls.Add(_calls.Count, call);
                }

                (_finish, _isDone) = ("completed", true);
                break;
            case "response.incomplete":
                (_finish, _isDone) = ("incomplete", true);
                break;
            case "response.failed" or "error":
                throw new FormatException("an error in the stream");
        }
    }

    [GeneratedRegex("\"name\":\\s*\"([a-zA-Z0-9_-]{1,64})\"")]
    private static partial Regex NameField();

    private sealed class Call
    {
        public string Name { get; set; } = "";

        public StringBuilder Arguments { get; } = new();

        public string Text => string.IsNullOrWhiteSpace(Arguments.ToString()) ? "{}" : Arguments.ToString();
    }
}
