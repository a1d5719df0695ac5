using System.Text.Json;

namespace Omega.Gpt.Models;

/// <summary>The catalogue's JSON form: <c>{"updated", "defaults": {provider: model}, "models": […]}</c>. Unknown fields are errors: a misspelt price must not pass for none.</summary>
internal static class ModelCatalogFile
{
    public static ModelCatalog ReadShipped()
    {
        using var stream = typeof(ModelCatalogFile).Assembly.GetManifestResourceStream("Omega.Gpt.models.json")!;
        return Merge(Empty, Read(() => JsonSerializer.Deserialize(stream, ModelCatalogJson.Default.ModelCatalogDocument)));
    }

    public static ModelCatalog Parse(string json) => Merge(Empty, json);

    public static ModelCatalog Merge(ModelCatalog catalog, string json) =>
        Merge(catalog, Read(() => JsonSerializer.Deserialize(json, ModelCatalogJson.Default.ModelCatalogDocument)));

    public static GptException Invalid(string what, Exception? cause = null) =>
        new(GptErrorKind.BadRequest, $"The model catalogue cannot be read: {what}.", cause) { Phase = GptPhase.Request };

    private static ModelCatalog Empty => new(null, new Dictionary<string, string>(), []);

    private static ModelCatalog Merge(ModelCatalog catalog, ModelCatalogDocument document)
    {
        var models = catalog.All.ToList();
        var places = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var at = 0; at < models.Count; at++)
        {
            foreach (var name in models[at].Aliases.Prepend(models[at].Name))
                places[$"{models[at].Provider}/{name}"] = at;
        }

        var seen = new HashSet<int>();
        for (var i = 0; i < document.Models.Count; i++)
        {
            if (document.Models[i] is not { Provider.Length: > 0, Name.Length: > 0 } entry)
                throw Invalid($"$.models[{i}] has no provider or no name");
            if (!places.TryGetValue($"{entry.Provider}/{entry.Name}", out var at))
            {
                places[$"{entry.Provider}/{entry.Name}"] = at = models.Count;
                models.Add(new ModelInfo { Provider = entry.Provider, Name = entry.Name });
            }

            if (!seen.Add(at))
                throw Invalid($"$.models[{i}] is there twice: {entry.Provider}/{entry.Name}");
            models[at] = entry.Over(models[at]);
        }

        var defaults = new Dictionary<string, string>(catalog.Defaults, StringComparer.OrdinalIgnoreCase);
        foreach (var (provider, model) in document.Defaults)
            defaults[provider] = model;
        return new ModelCatalog(document.Updated ?? catalog.Updated, defaults, models);
    }

    private static ModelCatalogDocument Read(Func<ModelCatalogDocument?> read)
    {
        try
        {
            return read() ?? throw Invalid("it is null");
        }
        catch (JsonException exception)
        {
            throw Invalid($"at {exception.Path ?? "$"}, line {exception.LineNumber + 1}: {Reason(exception)}", exception);
        }
    }

    // The serializer speaks to programmers, of .NET members and constructors; these sentences are for whoever wrote the file.
    private static string Reason(JsonException exception) => exception.Message switch
    {
        var said when said.Contains("could not be mapped", StringComparison.Ordinal) => "there is no such field",
        var said when said.Contains("could not be converted", StringComparison.Ordinal) => "the value is not of the kind that belongs there",
        var said when said.Contains("null values", StringComparison.Ordinal) => "null does not belong there",
        var said when said.Contains("required properties", StringComparison.Ordinal) => "a field is missing that must be there (\"models\"; \"input\" and \"output\" of a price)",
        var said => said.Split(" Path:", 2)[0].TrimEnd('.'),
    };
}
