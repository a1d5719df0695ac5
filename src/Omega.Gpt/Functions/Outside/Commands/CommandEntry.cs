using System.Globalization;
using System.Text.Json;
using Omega.Gpt.Models;

namespace Omega.Gpt.Functions.Outside;

/// <summary>Reads the fields of a function's entry that say how it is run. Pure; every error says where and what to do.</summary>
internal sealed class CommandEntry
{
    private static readonly string[] Fields =
        ["effect", "command", "timeout", "approval", "directory", "env", "progress", "max_concurrency", "max_result_bytes", "shows_errors"];

    private readonly FunctionPlace _entry;
    private readonly IReadOnlyDictionary<string, JsonElement> _extra;

    private CommandEntry(FunctionPlace entry) => (_entry, _extra) = (entry, entry.Definition.Extra ?? new Dictionary<string, JsonElement>());

    /// <summary>The function with its command; null for an entry without one.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="folder">What a path of a program or a folder is relative to.</param>
    /// <exception cref="FunctionFileException">A field is not what it must be, or unknown beside a command.</exception>
    public static GptFunction? Read(FunctionPlace entry, string folder)
    {
        var reader = new CommandEntry(entry);
        // Looked at even without a command: a wrong word here would be taken for the default.
        var options = reader.Options();
        return reader._extra.ContainsKey("command") ? GptFunction.FromCommand(entry.Definition, reader.Command(folder), options) : null;
    }

    private GptFunctionOptions Options()
    {
        var defaults = new GptFunctionOptions();
        return new GptFunctionOptions
        {
            Effect = Effect(),
            Timeout = TimeSpan.FromSeconds(Number("timeout", 0.001, 86400, "seconds") ?? defaults.Timeout.TotalSeconds),
            RequiresApproval = Switch("approval") ?? defaults.RequiresApproval,
            MaxConcurrency = Whole("max_concurrency", 1024) ?? defaults.MaxConcurrency,
            MaxResultBytes = Whole("max_result_bytes", 16 * 1024 * 1024) ?? defaults.MaxResultBytes,
            ShowsErrors = Switch("shows_errors") ?? defaults.ShowsErrors,
        };
    }

    private CommandOptions Command(string folder)
    {
        // A misspelt "approval" must not run unapproved.
        foreach (var name in _extra.Keys.Where(name => !Fields.Contains(name)))
            throw _entry.Invalid(name, $"\"{name}\" is not known beside a \"command\".{NearNames.Question(NearNames.Find(name, Fields))} Known: {string.Join(", ", Fields)}.");

        var words = Words();
        var directory = Text("directory");
        return new CommandOptions(IsPath(words[0]) ? Path.GetFullPath(words[0], folder) : words[0], [.. words.Skip(1)])
        {
            WorkingDirectory = directory is null ? null : Path.GetFullPath(directory, folder),
            Environment = Environment(),
            ReportsProgress = Switch("progress") ?? false,
        };
    }

    private FunctionEffect Effect() => Text("effect") switch
    {
        null or "side_effect" => FunctionEffect.SideEffect,
        "pure" => FunctionEffect.Pure,
        var other => throw _entry.Invalid("effect", $"the effect is \"{other}\"; it must be \"pure\" (only reads) or \"side_effect\" (changes something)."),
    };

    private List<string> Words()
    {
        var command = _extra["command"];
        if (command.ValueKind != JsonValueKind.Array || command.GetArrayLength() is 0 or > 256)
            throw _entry.Invalid("command", $"\"command\" is {Shown(command)}; it must be an array of the program and its arguments, such as [\"git\", \"status\"]. No shell reads it.");
        List<string> words = [];
        foreach (var word in command.EnumerateArray())
        {
            if (word.ValueKind != JsonValueKind.String || word.GetString()!.Contains('\0', StringComparison.Ordinal) || (words.Count == 0 && string.IsNullOrWhiteSpace(word.GetString())))
                throw _entry.Invalid("command", $"{Shown(word)} is not {(words.Count == 0 ? "a program" : "an argument")}; each must be a string.", words.Count);
            words.Add(word.GetString()!);
        }

        return words;
    }

    private Dictionary<string, string> Environment()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!Has("env", out var env))
            return variables;
        if (env.ValueKind != JsonValueKind.Object)
            throw _entry.Invalid("env", $"\"env\" is {Shown(env)}; it must be an object of variables, such as {{\"LANG\": \"C\"}}.");
        foreach (var variable in env.EnumerateObject())
        {
            if (variable.Value.ValueKind != JsonValueKind.String || variable.Name.Length == 0 || variable.Name.AsSpan().ContainsAny('=', '\0') || variable.Value.GetString()!.Contains('\0', StringComparison.Ordinal))
                throw _entry.Invalid("env", "a variable is a name without = and a string.", variable.Name);
            variables[variable.Name] = variable.Value.GetString()!;
        }

        return variables;
    }

    private string? Text(string field)
    {
        if (!Has(field, out var value))
            return null;
        return value.ValueKind == JsonValueKind.String && value.GetString()!.Length > 0
            ? value.GetString()
            : throw _entry.Invalid(field, $"\"{field}\" is {Shown(value)}; it must be a string.");
    }

    private bool? Switch(string field)
    {
        if (!Has(field, out var value))
            return null;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw _entry.Invalid(field, $"\"{field}\" is {Shown(value)}; it must be true or false.");
    }

    private double? Number(string field, double min, double max, string unit)
    {
        if (!Has(field, out var value))
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= min && number <= max
            ? number
            : throw _entry.Invalid(field, string.Create(CultureInfo.InvariantCulture, $"\"{field}\" is {Shown(value)}; it must be a number of {unit} from {min} to {max}."));
    }

    private int? Whole(string field, int max)
    {
        if (!Has(field, out var value))
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 1 && number <= max
            ? number
            : throw _entry.Invalid(field, string.Create(CultureInfo.InvariantCulture, $"\"{field}\" is {Shown(value)}; it must be a whole number from 1 to {max}."));
    }

    private bool Has(string field, out JsonElement value) => _extra.TryGetValue(field, out value) && value.ValueKind != JsonValueKind.Null;

    private static bool IsPath(string program) => program.AsSpan().ContainsAny('/', Path.DirectorySeparatorChar);

    private static string Shown(JsonElement value) => value.GetRawText() is { Length: > 60 } text ? text[..60] + "…" : value.GetRawText();
}
