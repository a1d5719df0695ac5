using System.Globalization;
using System.Text.Json;
using Omega.Gpt.Functions.Schema;

namespace Omega.Gpt;

/// <summary>Reads function definitions in the forms in which people have them. Pure; every error says where and what to do.</summary>
internal sealed class FunctionSetParser
{
    private static readonly string[] SchemaFields = ["parameters", "input_schema", "inputSchema"];
    private static readonly string[] KnownFields = ["type", "function", "name", "description", "strict", .. SchemaFields];

    private readonly FunctionSetText _text;
    private readonly List<FunctionPlace> _places = [];

    private FunctionSetParser(FunctionSetText text) => _text = text;

    public static FunctionSet Parse(byte[] utf8, string? file)
    {
        var (text, root) = FunctionSetText.Read(utf8, file);
        return new FunctionSetParser(text).ReadSet(root);
    }

    /// <summary>The same, with the place of each function in the text, for whoever reads fields that are not for the model.</summary>
    public static IReadOnlyList<FunctionPlace> ParsePlaces(byte[] utf8, string? file)
    {
        var (text, root) = FunctionSetText.Read(utf8, file);
        var parser = new FunctionSetParser(text);
        parser.ReadSet(root);
        return parser._places;
    }

    private FunctionSet ReadSet(JsonElement root)
    {
        List<object> path = [];
        if (root.ValueKind == JsonValueKind.Object && Wrapper(root) is { } wrapper)
        {
            path.Add(wrapper);
            root = root.GetProperty(wrapper);
            if (root.ValueKind != JsonValueKind.Array)
                throw _text.Invalid(path, $"\"{wrapper}\" is {Kind(root)}; it must be an array of functions.");
        }

        if (root.ValueKind == JsonValueKind.Object)
            return new FunctionSet(ReadEntry(root, path));
        if (root.ValueKind != JsonValueKind.Array)
            throw _text.Invalid(path, $"this is {Kind(root)}; function definitions are an array of objects, one object, or {{\"functions\": […]}}.");

        var definitions = new List<FunctionDefinition>();
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        var index = 0;
        foreach (var entry in root.EnumerateArray())
        {
            List<object> entryPath = [.. path, index];
            var definition = ReadEntry(entry, entryPath);
            if (!first.TryAdd(definition.Name, index))
            {
                List<object> earlier = [.. path, first[definition.Name]];
                throw _text.Invalid(NamePath(entry, entryPath), $"there is a function \"{definition.Name}\" already, at {FunctionSetText.Name(earlier)}. Rename or remove one of them.");
            }

            definitions.Add(definition);
            index++;
        }

        return new FunctionSet(definitions);
    }

    private string? Wrapper(JsonElement root)
    {
        var functions = root.TryGetProperty("functions", out _);
        var tools = root.TryGetProperty("tools", out _);
        if (functions && tools)
            throw _text.Invalid([], "there are both \"functions\" and \"tools\". Keep one of them.");
        if (functions || tools)
            return functions ? "functions" : "tools";
        if (root.TryGetProperty("name", out _) || root.TryGetProperty("function", out _))
            return null;
        throw _text.Invalid([], "this object is neither a function (it has no \"name\") nor a list of them (no \"functions\" or \"tools\"). Add what is missing.");
    }

    private FunctionDefinition ReadEntry(JsonElement entry, List<object> path)
    {
        if (entry.ValueKind != JsonValueKind.Object)
            throw _text.Invalid(path, $"this is {Kind(entry)}; a function is an object with a \"name\", a \"description\" and \"parameters\".");
        CheckType(entry, path);

        var outer = (Entry: entry, Path: path);
        var extra = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        AddExtra(entry, extra);
        if (entry.TryGetProperty("function", out var inner))
        {
            path = [.. path, "function"];
            if (inner.ValueKind != JsonValueKind.Object)
                throw _text.Invalid(path, $"\"function\" is {Kind(inner)}; it must be an object with a \"name\".");
            AddExtra(inner, extra);
            entry = inner;
        }

        var definition = new FunctionDefinition(ReadName(entry, path), ReadDescription(entry, path), ReadParameters(entry, path))
        {
            Strict = ReadStrict(entry, path),
            Extra = extra.Count > 0 ? extra : null,
        };
        _places.Add(new FunctionPlace(definition, _text, outer.Entry, outer.Path));
        return definition;
    }

    private void CheckType(JsonElement entry, List<object> path)
    {
        // Anthropic calls its own form "custom" where it names it at all.
        if (!entry.TryGetProperty("type", out var type) || type.ValueKind == JsonValueKind.String && type.GetString() is "function" or "custom")
            return;
        throw _text.Invalid([.. path, "type"], $"the type is {type.GetRawText()}; only \"function\" can be defined here. Remove the entry, or its type.");
    }

    private string ReadName(JsonElement entry, List<object> path)
    {
        if (!entry.TryGetProperty("name", out var name))
            throw _text.Invalid(path, "the function has no \"name\". Add one of 1 to 64 letters, digits, _ or -.");
        if (name.ValueKind != JsonValueKind.String || !FunctionChoice.IsName(name.GetString()))
            throw _text.Invalid([.. path, "name"], $"{Short(name)} is not a function's name. Use 1 to 64 letters, digits, _ or -.");
        return name.GetString()!;
    }

    private string? ReadDescription(JsonElement entry, List<object> path)
    {
        if (!entry.TryGetProperty("description", out var description) || description.ValueKind == JsonValueKind.Null)
            return null;
        return description.ValueKind == JsonValueKind.String
            ? description.GetString()
            : throw _text.Invalid([.. path, "description"], $"the description is {Kind(description)}; it must be a string.");
    }

    private bool? ReadStrict(JsonElement entry, List<object> path)
    {
        if (!entry.TryGetProperty("strict", out var strict) || strict.ValueKind == JsonValueKind.Null)
            return null;
        return strict.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? strict.GetBoolean()
            : throw _text.Invalid([.. path, "strict"], $"\"strict\" is {Kind(strict)}; it must be true or false.");
    }

    private JsonElement ReadParameters(JsonElement entry, List<object> path)
    {
        var fields = SchemaFields.Where(field => entry.TryGetProperty(field, out _)).ToArray();
        if (fields.Length > 1)
            throw _text.Invalid([.. path, fields[1]], $"there are both \"{fields[0]}\" and \"{fields[1]}\". Keep one of them.");
        if (fields.Length == 0 || entry.GetProperty(fields[0]) is { ValueKind: JsonValueKind.Null })
            return FunctionSet.NoParameters;

        path = [.. path, fields[0]];
        var schema = entry.GetProperty(fields[0]);
        if (schema.ValueKind != JsonValueKind.Object)
            throw _text.Invalid(path, $"\"{fields[0]}\" is {Kind(schema)}; it must be a JSON Schema: an object with \"type\": \"object\" and \"properties\".");
        if (!schema.TryGetProperty("type", out var type))
            throw _text.Invalid(path, $"\"{fields[0]}\" has no \"type\". Add \"type\": \"object\".");
        if (type.ValueKind != JsonValueKind.String || type.GetString() != "object")
            throw _text.Invalid([.. path, "type"], $"the type of \"{fields[0]}\" is {Short(type)}; arguments are always an \"object\". Describe each argument under \"properties\".");
        try
        {
            JsonSchema.Compile(schema);
        }
        catch (JsonSchemaException exception)
        {
            throw _text.Invalid([.. path, .. Steps(schema, exception.Path)], $"{exception.Problem}. Mend the schema.", exception);
        }

        return schema;
    }

    /// <summary>A JSON pointer as the path of names and numbers that it is.</summary>
    private static IEnumerable<object> Steps(JsonElement value, string pointer)
    {
        foreach (var token in pointer.Split('/').Skip(1))
        {
            var name = token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (value.ValueKind == JsonValueKind.Array && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            {
                yield return index;
                value = index < value.GetArrayLength() ? value[index] : default;
                continue;
            }

            yield return name;
            value = value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var next) ? next : default;
        }
    }

    private static List<object> NamePath(JsonElement entry, List<object> path) =>
        entry.TryGetProperty("function", out _) ? [.. path, "function", "name"] : [.. path, "name"];

    private static void AddExtra(JsonElement entry, Dictionary<string, JsonElement> extra)
    {
        foreach (var property in entry.EnumerateObject())
        {
            if (!KnownFields.Contains(property.Name))
                extra[property.Name] = property.Value;
        }
    }

    private static string Short(JsonElement value) => value.GetRawText() is { Length: > 80 } text ? text[..80] + "…" : value.GetRawText();

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => value.GetRawText(),
    };
}
