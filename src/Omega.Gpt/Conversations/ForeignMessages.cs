using System.Text;
using System.Text.Json;

namespace Omega.Gpt;

/// <summary>
/// Reads messages in the form of OpenAI's Chat Completions, which most other programs write: <c>role</c>, <c>content</c> as text or as
/// parts, <c>tool_calls</c>, and <c>tool</c> messages with a <c>tool_call_id</c>.
/// </summary>
internal sealed class ForeignMessages
{
    private readonly Dictionary<string, string> _functions = new(StringComparer.Ordinal);
    private int _unnamedCalls;
    private string? _lastUnnamed;

    /// <summary>Adds one message; results of one step become one message.</summary>
    /// <exception cref="JsonException">It is not such a message; <see cref="JsonException.Path"/> says where.</exception>
    public void Add(List<Message> messages, JsonElement json)
    {
        var role = Text(json, "role", "$.role") ?? throw Wrong("a message needs a \"role\"", "$");
        switch (role)
        {
            case "system" or "developer":
                messages.Add(New(json, Role.System, Content(json)));
                break;
            case "user":
                messages.Add(New(json, Role.User, Content(json)));
                break;
            case "assistant" or "model" or "bot":
                messages.Add(New(json, Role.Assistant, Answer(json)));
                break;
            case "tool" or "function":
                var result = Result(json);
                if (messages is [.., { Role: Role.Function } last])
                    messages[^1] = last with { Parts = [.. last.Parts, result] };
                else
                    messages.Add(New(json, Role.Function, [result]));
                break;
            default:
                throw Wrong($"\"{role}\" is no role; known: system, developer, user, assistant, tool", "$.role");
        }
    }

    private static Message New(JsonElement json, Role role, List<Part> parts) => new()
    {
        Id = Text(json, "id", "$.id") ?? "",
        Role = role,
        Parts = parts,
    };

    private List<Part> Answer(JsonElement json)
    {
        List<Part> parts = [];
        if (Text(json, "reasoning_content", "$.reasoning_content") is { Length: > 0 } reasoning)
            parts.Add(new ReasoningPart(reasoning));
        var calls = json.TryGetProperty("tool_calls", out var many) && many.ValueKind == JsonValueKind.Array ? many : default;
        var call = json.TryGetProperty("function_call", out var one) && one.ValueKind == JsonValueKind.Object ? one : default;
        var refusal = Text(json, "refusal", "$.refusal");
        if (json.TryGetProperty("content", out _) || (calls.ValueKind == JsonValueKind.Undefined && call.ValueKind == JsonValueKind.Undefined && refusal is null))
            parts.AddRange(Content(json));
        if (refusal is { Length: > 0 })
            parts.Add(new RefusalPart(refusal));
        if (calls.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in calls.EnumerateArray())
                parts.Add(Call(item, $"$.tool_calls[{index++}]"));
        }

        if (call.ValueKind == JsonValueKind.Object)
            parts.Add(Call(call, call, _lastUnnamed = $"call{++_unnamedCalls}", "$.function_call"));
        return parts;
    }

    private FunctionCallPart Call(JsonElement json, string path)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("function", out var function) || function.ValueKind != JsonValueKind.Object)
            throw Wrong("a call is an object with \"id\" and \"function\"", path);
        return Call(json, function, Text(json, "id", path + ".id") ?? throw Wrong("a call needs an \"id\"", path), path);
    }

    private FunctionCallPart Call(JsonElement json, JsonElement function, string id, string path)
    {
        var name = Text(function, "name", path + ".name") ?? throw Wrong("a call needs the function's \"name\"", path);
        _functions[id] = name;
        return new FunctionCallPart(id, name, Text(function, "arguments", path + ".arguments") ?? "{}");
    }

    private FunctionResultPart Result(JsonElement json)
    {
        var id = Text(json, "tool_call_id", "$.tool_call_id") ?? _lastUnnamed ?? throw Wrong("the result of a call needs a \"tool_call_id\"", "$");
        var name = Text(json, "name", "$.name") ?? _functions.GetValueOrDefault(id) ?? "";
        var text = new StringBuilder();
        foreach (var part in Content(json))
            text.Append(part is TextPart content ? content.Text : throw Wrong("the result of a call is text", "$.content"));
        return new FunctionResultPart(id, name, JsonSerializer.SerializeToElement(text.ToString(), GptJsonContext.Default.String));
    }

    private static List<Part> Content(JsonElement json)
    {
        if (!json.TryGetProperty("content", out var content))
            throw Wrong("a message needs \"content\" (or, in Omega's own form, \"parts\")", "$");
        switch (content.ValueKind)
        {
            case JsonValueKind.Null:
                return [];
            case JsonValueKind.String:
                return content.GetString() is { Length: > 0 } text ? [new TextPart(text)] : [];
            case JsonValueKind.Array:
                var index = 0;
                return [.. content.EnumerateArray().Select(part => ContentPart(part, $"$.content[{index++}]"))];
            default:
                throw Wrong($"\"content\" is text or an array of parts, not {content.ValueKind}", "$.content");
        }
    }

    private static Part ContentPart(JsonElement part, string path)
    {
        if (part.ValueKind == JsonValueKind.String)
            return new TextPart(part.GetString()!);
        if (part.ValueKind != JsonValueKind.Object)
            throw Wrong($"a part is an object with a \"type\", not {part.ValueKind}", path);
        var type = Text(part, "type", path + ".type") ?? throw Wrong("a part needs a \"type\"", path);
        switch (type)
        {
            case "text" or "input_text" or "output_text":
                return new TextPart(Text(part, "text", path + ".text") ?? throw Wrong("a text part needs \"text\"", path));
            case "refusal":
                return new RefusalPart(Text(part, "refusal", path + ".refusal") ?? throw Wrong("a refusal part needs \"refusal\"", path));
            case "image_url":
                if (!part.TryGetProperty("image_url", out var image))
                    throw Wrong("an image_url part needs \"image_url\"", path);
                var url = image.ValueKind == JsonValueKind.String ? image.GetString() : image.ValueKind == JsonValueKind.Object ? Text(image, "url", path + ".image_url.url") : null;
                var (imageType, imageData) = DataUrl(url ?? throw Wrong("an image needs a \"url\"", path + ".image_url"), path + ".image_url");
                return new ImagePart
                {
                    Url = imageData is null ? url : null,
                    Data = imageData,
                    MediaType = imageType,
                    Detail = image.ValueKind == JsonValueKind.Object ? Text(image, "detail", path + ".image_url.detail") : null,
                };
            case "file" when part.TryGetProperty("file", out var file) && file.ValueKind == JsonValueKind.Object && Text(file, "file_data", path + ".file.file_data") is { } fileUrl:
                var (fileType, fileData) = DataUrl(fileUrl, path + ".file.file_data");
                return new FilePart { Url = fileData is null ? fileUrl : null, Data = fileData, MediaType = fileType, Name = Text(file, "filename", path + ".file.filename") };
            default:
                return new UnknownPart(type, part.Clone());
        }
    }

    private static (string? MediaType, ReadOnlyMemory<byte>? Data) DataUrl(string url, string path)
    {
        if (!url.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            return (null, null);
        var comma = url.IndexOf(',', StringComparison.Ordinal);
        var head = comma < 0 ? "" : url[5..comma];
        if (!head.EndsWith(";base64", StringComparison.OrdinalIgnoreCase))
            throw Wrong("a data: URL is data:TYPE;base64,DATA", path);
        try
        {
            return (head.Split(';')[0], Convert.FromBase64String(url[(comma + 1)..]));
        }
        catch (FormatException)
        {
            throw Wrong("the data: URL does not hold base64", path);
        }
    }

    private static string? Text(JsonElement json, string name, string path)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong($"\"{name}\" is a string, not {value.ValueKind}", path);
    }

    private static JsonException Wrong(string what, string path) => new(what, path, null, null);
}
