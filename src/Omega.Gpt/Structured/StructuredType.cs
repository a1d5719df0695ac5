using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Omega.Gpt.Functions.Definition;
using Omega.Gpt.Functions.Schema;
using Omega.Gpt.Providers;

namespace Omega.Gpt.Structured;

/// <summary>
/// A type as the form of an answer: its schema, compiled, and the metadata that reads it. A type whose JSON is no object (a list, a
/// number) is asked for as the member "value" of one, because providers take only objects. Immutable; made once for each type.
/// </summary>
internal sealed class StructuredType<T>
{
    private const string Wrapper = "value";

    private static readonly ConditionalWeakTable<JsonTypeInfo<T>, StructuredType<T>> Known = [];

    private readonly JsonTypeInfo<T> _whole;
    private readonly JsonTypeInfo<T> _partial;
    private readonly bool _isWrapped;
    private readonly ResponseFormat? _narrowFormat;

    private StructuredType(JsonTypeInfo<T> given)
    {
        var where = $"The answer's type {typeof(T)}";
        var strict = ModelJson.Strict(given.Options);
        _whole = (JsonTypeInfo<T>)ModelJson.TypeInfo(strict, typeof(T), where);
        _partial = (JsonTypeInfo<T>)ModelJson.TypeInfo(ModelJson.Forgiving(given.Options), typeof(T), where);
        var schema = TypeSchema.Of(_whole, where);
        _isWrapped = _whole.Kind != JsonTypeInfoKind.Object || !schema.ContainsKey("properties") || schema["type"] is not JsonValue;
        if (_isWrapped)
        {
            TypeSchema.Rebase(schema, $"/properties/{Wrapper}");
            schema = new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject { [Wrapper] = schema },
                ["required"] = new JsonArray(Wrapper),
                ["additionalProperties"] = false,
            };
        }

        Json = SchemaJson.Element(schema);
        try
        {
            Schema = JsonSchema.Compile(Json, new JsonSchemaOptions { AssertFormat = true });
        }
        catch (JsonSchemaException error)
        {
            throw new GptException(GptErrorKind.BadRequest, $"{where}: its schema does not hold at {error.Path}: {error.Problem}. Change that member or its attribute.", error) { Phase = GptPhase.Request };
        }

        IsStrict = StrictSchema.TryConvert(Json, out var form, out _);
        Format = ResponseFormat.JsonSchema(NameOf(typeof(T)), IsStrict ? form : Json, IsStrict);
        var narrow = new StrictConversion(boundsInWords: true);
        var narrowed = narrow.Convert(Json);
        if (narrow.Obstacles.Count == 0 && !narrow.HasReferences)
            _narrowFormat = ResponseFormat.JsonSchema(Format.Name!, SchemaJson.Element(narrowed));
        Instruction = $"Answer with one JSON object that fits this JSON Schema, and nothing else, no Markdown: {Json.GetRawText()}";
    }

    /// <summary>The schema that an answer must satisfy.</summary>
    public JsonSchema Schema { get; }

    /// <summary>The same as JSON.</summary>
    public JsonElement Json { get; }

    /// <summary>Whether the schema has a strict form, which is then the one that is sent.</summary>
    public bool IsStrict { get; }

    /// <summary>The schema as most providers take it.</summary>
    public ResponseFormat Format { get; }

    /// <summary>The same in words, for models that cannot be held to a schema.</summary>
    public string Instruction { get; }

    /// <summary>What that model's provider can be asked for; null where it takes no such schema.</summary>
    /// <remarks>Anthropic refuses bounds, references and open objects, where others hold a model to them or pass over them.</remarks>
    public ResponseFormat? FormatFor(ResolvedModel model) =>
        model.Info?.Capabilities.JsonSchema == false ? null : model.ProviderName == "anthropic" ? _narrowFormat : Format;

    /// <exception cref="GptException">The type cannot be described.</exception>
    public static StructuredType<T> Of(JsonTypeInfo<T> type) => Known.GetValue(type, static given => new StructuredType<T>(given));

    /// <summary>Checks a whole answer.</summary>
    public Verdict Judge(string answer)
    {
        JsonElement json;
        using (var text = StrictJson.Parse(answer, Schema.Options.MaxDepth))
        {
            if (text.Error is { } error)
                return new(default, default, [error], null);
            json = StrictSchema.RemoveNulls(text.Root, Json).Clone();
        }

        var result = Schema.Validate(json);
        if (!result.IsValid)
            return new(default, default, result.Errors, null);
        var value = Unwrap(json);
        try
        {
            return new(JsonSerializer.Deserialize(value, _whole), value, [], null);
        }
        catch (Exception error) when (IsRefusedValue(error))
        {
            // The message of a constructor may hold anything, so the model learns only the place.
            var path = (_isWrapped ? "/" + Wrapper : "") + ArgumentReader.Pointer((error as JsonException)?.Path);
            return new(default, default, [new SchemaError(path, "type", "", $"a value that {ArgumentReader.NameOf(typeof(T))} can hold", "one that it cannot")], error);
        }
    }

    /// <summary>Reads a closed part of an answer; false where it makes no value yet.</summary>
    public bool TryRead(JsonElement json, out T? value)
    {
        try
        {
            value = JsonSerializer.Deserialize(json, _partial);
            return true;
        }
        catch (Exception error) when (IsRefusedValue(error))
        {
            value = default;
            return false;
        }
    }

    /// <summary>The answer itself; undefined where it has not begun.</summary>
    public JsonElement Unwrap(JsonElement json) =>
        !_isWrapped ? json : json.ValueKind == JsonValueKind.Object && json.TryGetProperty(Wrapper, out var value) ? value : default;

    /// <summary>Whether a string at this place may be shown before it is complete: free text may, an enum or a date may not.</summary>
    public bool IsFreeText(IEnumerable<string?> place)
    {
        IReadOnlyList<JsonElement> schemas = [Json];
        foreach (var step in place)
        {
            var expanded = SchemaPlace.Expand(schemas, Json);
            schemas = step is null ? SchemaPlace.Items(expanded) : SchemaPlace.Member(expanded, step);
        }

        var texts = SchemaPlace.Expand(schemas, Json).Where(schema => SchemaPlace.Types(schema)?.Contains("string") == true).ToList();
        return texts.Count > 0 && texts.All(schema =>
            !schema.TryGetProperty("enum", out _) && !schema.TryGetProperty("const", out _) && !schema.TryGetProperty("format", out _) &&
            !schema.TryGetProperty("pattern", out _) && !schema.TryGetProperty("contentEncoding", out _) &&
            !(schema.TryGetProperty("maxLength", out var most) && most.GetRawText() == "1"));
    }

    // Constructors and setters of the caller's type refuse values in these ways.
    private static bool IsRefusedValue(Exception error) =>
        error is JsonException or NotSupportedException or ArgumentException or InvalidOperationException or FormatException or OverflowException;

    private static string NameOf(Type type)
    {
        var name = JsonNamingPolicy.SnakeCaseLower.ConvertName(type.Name);
        return FunctionChoice.IsName(name) ? name : "answer";
    }

    /// <summary>What a whole answer is: a value, or what is wrong with it.</summary>
    public sealed record Verdict(T? Value, JsonElement Json, IReadOnlyList<SchemaError> Errors, Exception? Cause);
}
