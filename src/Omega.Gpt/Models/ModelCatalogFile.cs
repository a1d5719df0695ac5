using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Omega.Gpt.Models;

/// <summary>The catalogue's JSON form: <c>{"updated", "defaults": {provider: model}, "models": […]}</c>. Unknown fields are errors: a misspelt price must not pass for none.</summary>
internal static class ModelCatalogFile
{
    public static ModelCatalog ReadShipped()
    {
        using var stream = typeof(ModelCatalogFile).Assembly.GetManifestResourceStream("Omega.Gpt.models.json")!;
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    }

    public static ModelCatalog Parse(string json)
    {
        var document = Read(json, ModelCatalogJson.Default.ModelCatalogDocument);
        return new ModelCatalog(document.Updated, document.Defaults ?? [], document.Models);
    }

    public static ModelCatalog Merge(ModelCatalog catalog, string json)
    {
        var changes = Read(json, ModelCatalogJson.Default.ModelCatalogChanges);
        var models = catalog.All.ToList();
        for (var i = 0; i < changes.Models.Count; i++)
        {
            var change = changes.Models[i];
            if (Text(change, "provider") is not { } provider || Text(change, "name") is not { } name)
                throw Invalid($"$.models[{i}] has no provider or no name");
            var at = models.FindIndex(model => Same(model.Provider, provider) && (Same(model.Name, name) || model.Aliases.Any(alias => Same(alias, name))));
            if (at < 0)
                models.Add(Model(change, i));
            else
                models[at] = Model(Overlay(models[at], change), i);
        }

        var defaults = new Dictionary<string, string>(catalog.Defaults, StringComparer.OrdinalIgnoreCase);
        foreach (var (provider, model) in changes.Defaults ?? [])
            defaults[provider] = model;
        return new ModelCatalog(changes.Updated ?? catalog.Updated, defaults, models);

        static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
    }

    public static GptException Invalid(string what, Exception? cause = null) =>
        new(GptErrorKind.BadRequest, $"The model catalogue cannot be read: {what}.", cause) { Phase = GptPhase.Request };

    private static JsonObject Overlay(ModelInfo model, JsonObject change)
    {
        var whole = JsonSerializer.SerializeToNode(model, ModelCatalogJson.Default.ModelInfo)!.AsObject();
        foreach (var (field, value) in change)
        {
            // A change that goes by an alias must not rename the model.
            if (field is "name" or "provider")
                continue;
            if (field == "capabilities" && value is JsonObject capabilities && whole[field] is JsonObject known)
            {
                foreach (var (capability, takes) in capabilities)
                    known[capability] = takes?.DeepClone();
            }
            else
            {
                whole[field] = value?.DeepClone();
            }
        }

        return whole;
    }

    private static ModelInfo Model(JsonObject json, int index)
    {
        try
        {
            return json.Deserialize(ModelCatalogJson.Default.ModelInfo)!;
        }
        catch (JsonException exception)
        {
            throw Invalid($"at $.models[{index}]{exception.Path?.TrimStart('$')}: {Reason(exception)}", exception);
        }
    }

    private static T Read<T>(string json, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw Invalid("it is null");
        }
        catch (JsonException exception)
        {
            throw Invalid($"at {exception.Path ?? "$"}, line {exception.LineNumber + 1}: {Reason(exception)}", exception);
        }
    }

    // The serializer's own sentences name .NET types and repeat the path; people need the first half.
    private static string Reason(JsonException exception) => exception.Message.Split(" Path:", 2)[0].TrimEnd('.').Replace($" '{typeof(ModelInfo).FullName}'", "", StringComparison.Ordinal);

    private static string? Text(JsonObject json, string field) =>
        json[field] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}

/// <summary>A whole catalogue.</summary>
internal sealed record ModelCatalogDocument
{
    public DateOnly? Updated { get; init; }

    public Dictionary<string, string>? Defaults { get; init; }

    public required IReadOnlyList<ModelInfo> Models { get; init; }
}

/// <summary>Changes to a catalogue: models by name with only the fields that differ.</summary>
internal sealed record ModelCatalogChanges
{
    public DateOnly? Updated { get; init; }

    public Dictionary<string, string>? Defaults { get; init; }

    public IReadOnlyList<JsonObject> Models { get; init; } = [];
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true,
    AllowTrailingCommas = true,
    ReadCommentHandling = JsonCommentHandling.Skip)]
[JsonSerializable(typeof(ModelCatalogDocument))]
[JsonSerializable(typeof(ModelCatalogChanges))]
internal sealed partial class ModelCatalogJson : JsonSerializerContext;
