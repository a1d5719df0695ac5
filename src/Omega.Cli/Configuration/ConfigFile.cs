using System.Globalization;
using System.Text.Json;

namespace Omega.Cli.Configuration;

/// <summary>
/// Reads <c>omega.json</c>: one object whose keys are the settings in lower case (<c>model</c> is <c>OMEGA_MODEL</c>). Comments and
/// trailing commas are allowed. Keys of accounts do not belong here. <c>mcp</c> alone is an object, which its own reader knows.
/// </summary>
internal sealed class ConfigFile
{
    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly List<string> _notes = [];

    private ConfigFile(string path) => Path = path;

    public string Path { get; }

    /// <summary>Values by variable name.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    public IReadOnlyList<string> Notes => _notes;

    /// <summary>The section <c>mcp</c>; null where there is none.</summary>
    public JsonElement? Mcp { get; private set; }

    /// <summary>Reads the file; an absent one is empty.</summary>
    /// <exception cref="CliException">The file cannot be read, or is not a JSON object of settings.</exception>
    public static ConfigFile Read(string path)
    {
        string text;
        try
        {
            if (!File.Exists(path))
                return new ConfigFile(path);
            text = File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CliException.Usage($"{path} could not be read: {exception.Message}");
        }

        return Parse(path, text);
    }

    internal static ConfigFile Parse(string path, string text)
    {
        var file = new ConfigFile(path);
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw CliException.Usage($"{path}: the settings are one JSON object, such as {{ \"model\": \"openai/gpt-4.1\" }}.");
            foreach (var property in document.RootElement.EnumerateObject())
                file.Add(property);
        }
        catch (JsonException exception)
        {
            var column = exception.BytePositionInLine is { } position ? $":{position + 1}" : "";
            throw CliException.Usage($"{path}:{exception.LineNumber + 1}{column}: not JSON. {Reason(exception)}");
        }

        return file;
    }

    private void Add(JsonProperty property)
    {
        if (property.Name == "mcp")
        {
            Mcp = property.Value.Clone();
            return;
        }

        if (SettingNames.Find(property.Name) is not { } setting)
        {
            _notes.Add(property.Name.Contains("key", StringComparison.OrdinalIgnoreCase)
                ? $"{Path}: \"{property.Name}\" is not read from here. Keys come from the environment or .env."
                : $"{Path}: unknown setting \"{property.Name}\" is left out. Known: {string.Join(", ", SettingNames.All.Select(known => known.Key))}, mcp.");
            return;
        }

        var text = (setting.Kind, property.Value.ValueKind) switch
        {
            (_, JsonValueKind.Null) => null,
            (SettingKind.Text, JsonValueKind.String) => property.Value.GetString(),
            (SettingKind.Number, JsonValueKind.Number) => property.Value.GetDouble().ToString("R", CultureInfo.InvariantCulture),
            (SettingKind.Switch, JsonValueKind.True) => "true",
            (SettingKind.Switch, JsonValueKind.False) => "false",
            _ => throw CliException.Usage($"{Path}: \"{property.Name}\" is {property.Value.GetRawText()}; wanted: {Wanted(setting.Kind)}."),
        };
        if (text is not null)
            _values[setting.Variable] = text;
    }

    private static string Wanted(SettingKind kind) => kind switch
    {
        SettingKind.Number => "a number",
        SettingKind.Switch => "true or false",
        _ => "a text in quotes",
    };

    // The parser's sentence ends with the position, which is said before.
    private static string Reason(JsonException exception) => exception.Message.Split(" LineNumber:", 2)[0];
}
