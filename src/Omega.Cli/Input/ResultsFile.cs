using System.Text.Json;
using Omega.Gpt;

namespace Omega.Cli.Input;

/// <summary>Reads results for pending calls: <c>{"call", "result", "name"?, "is_error"?}</c>, or an array of such objects.</summary>
internal static class ResultsFile
{
    /// <param name="path">The file.</param>
    /// <param name="pending">What the session waits for.</param>
    /// <exception cref="CliException">The file is not that, or answers a call that nobody made.</exception>
    public static Message Load(string path, IReadOnlyList<FunctionCallPart> pending)
    {
        try
        {
            return Parse(path, File.ReadAllText(path), pending);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw CliException.Usage($"--results: there is no file {path}.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CliException.Usage($"--results: {path} could not be read: {exception.Message}");
        }
    }

    /// <inheritdoc cref="Load"/>
    /// <param name="path">Where the text came from, for messages.</param>
    /// <param name="json">The text.</param>
    /// <param name="pending">What the session waits for.</param>
    public static Message Parse(string path, string json, IReadOnlyList<FunctionCallPart> pending)
    {
        if (pending.Count == 0)
            throw CliException.Usage("--results: no call of this session waits for a result. Name the session with -s, or take the last one with -c.");
        var results = new List<FunctionResultPart>();
        foreach (var (place, element) in Elements(path, json))
        {
            var call = Text(element, "call") ?? (pending.Count == 1 && element.ValueKind == JsonValueKind.Object ? pending[0].Call : null)
                ?? throw Wrong(path, place, $"wanted an object with \"call\" and \"result\", such as {{\"call\": \"{pending[0].Call}\", \"result\": …}}");
            var made = pending.FirstOrDefault(known => known.Call == call)
                ?? throw Wrong(path, $"{place}.call", $"no call \"{call}\" waits for a result. Waiting: {string.Join(", ", pending.Select(known => $"{known.Call} ({known.Name})"))}");
            if (Text(element, "name") is { } name && name != made.Name)
                throw Wrong(path, $"{place}.name", $"call {call} is of {made.Name}, not of {name}");
            if (!element.TryGetProperty("result", out var result))
                throw Wrong(path, place, "there is no \"result\"");
            if (results.Any(earlier => earlier.Call == call))
                throw Wrong(path, place, $"call {call} is answered twice");
            results.Add(new FunctionResultPart(call, made.Name, result) { IsError = element.TryGetProperty("is_error", out var error) && error.ValueKind == JsonValueKind.True });
        }

        var missing = pending.Where(call => results.All(result => result.Call != call.Call)).ToList();
        if (missing.Count > 0)
            throw Wrong(path, "$", $"no result for {string.Join(", ", missing.Select(call => $"{call.Call} ({call.Name})"))}");
        return Message.FunctionResults(results);
    }

    private static List<(string Place, JsonElement Element)> Elements(string path, string json)
    {
        try
        {
            var root = JsonElement.Parse(json);
            return root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray().Select((element, i) => ($"$[{i}]", element))] : [("$", root)];
        }
        catch (JsonException exception)
        {
            throw CliException.Usage($"--results: {path}:{exception.LineNumber + 1}:{exception.BytePositionInLine + 1}: not JSON. {exception.Message.Split(" LineNumber:", 2)[0]}");
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static CliException Wrong(string path, string place, string what) => CliException.Usage($"--results: {path}, at {place}: {what}.");
}
