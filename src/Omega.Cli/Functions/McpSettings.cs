using System.Text.Json;
using System.Text.RegularExpressions;
using Omega.Gpt;

namespace Omega.Cli.Functions;

/// <summary>Reads the section <c>mcp</c> of <c>omega.json</c>: an object of servers by name. Pure; every error says where.</summary>
internal sealed partial class McpSettings
{
    private static readonly string[] Fields = ["command", "args", "env", "directory", "url", "headers", "prefix", "allow", "effects", "approval", "timeout", "connect_timeout"];

    private readonly string _file;
    private readonly Func<string, string?> _variables;
    private readonly string _path;
    private readonly JsonElement _server;

    private McpSettings(string file, Func<string, string?> variables, string path, JsonElement server) =>
        (_file, _variables, _path, _server) = (file, variables, path, server);

    /// <param name="file">The file, for messages.</param>
    /// <param name="section">The section.</param>
    /// <param name="variables">What <c>${NAME}</c> in <c>env</c> and <c>headers</c> stands for.</param>
    /// <exception cref="CliException">The section is not that.</exception>
    public static IReadOnlyList<McpOptions> Read(string file, JsonElement section, Func<string, string?> variables)
    {
        if (section.ValueKind != JsonValueKind.Object)
            throw CliException.Usage($"{file}: \"mcp\" must be an object of servers by name, such as {{ \"files\": {{ \"command\": \"mcp-files\", \"args\": [\"/data\"] }} }}.");
        return [.. section.EnumerateObject().Select(server => new McpSettings(file, variables, $"mcp.{server.Name}", server.Value).Server(server.Name))];
    }

    private McpOptions Server(string name)
    {
        if (_server.ValueKind != JsonValueKind.Object)
            throw Wrong("", "must be an object with \"command\" or \"url\"");
        // A misspelt "allow" must not allow everything.
        foreach (var field in _server.EnumerateObject().Where(field => !Fields.Contains(field.Name)))
            throw Wrong(field.Name, $"is not known. Known: {string.Join(", ", Fields)}");
        var options = new McpOptions(name, Endpoint());
        return options with
        {
            Prefix = Text("prefix", mayBeEmpty: true),
            Allow = Has("allow", out _) ? Texts("allow") : null,
            Effects = Effects(),
            RequiresApproval = Switch("approval") ?? options.RequiresApproval,
            CallTimeout = Seconds("timeout", 86400) ?? options.CallTimeout,
            ConnectTimeout = Seconds("connect_timeout", 600) ?? options.ConnectTimeout,
        };
    }

    private Dictionary<string, FunctionEffect> Effects() => Variables("effects", expand: false).ToDictionary(pair => pair.Key, pair => pair.Value switch
    {
        "pure" => FunctionEffect.Pure,
        "side_effect" => FunctionEffect.SideEffect,
        _ => throw Wrong($"effects.{pair.Key}", $"is \"{pair.Value}\"; it must be \"pure\" (only reads) or \"side_effect\" (changes something)"),
    });

    private McpEndpoint Endpoint()
    {
        var (command, url) = (Text("command"), Text("url"));
        if ((command is null) == (url is null))
            throw Wrong("", "needs either \"command\" or \"url\"");
        if (command is not null)
        {
            if (Has("headers", out _))
                throw Wrong("headers", "belongs to a \"url\"; a command has \"env\"");
            return new McpProgram(new CommandOptions(command, Texts("args")) { WorkingDirectory = Text("directory"), Environment = Variables("env", expand: true) });
        }

        foreach (var field in (string[])["args", "env", "directory"])
        {
            if (Has(field, out _))
                throw Wrong(field, "belongs to a \"command\"; a url has \"headers\"");
        }

        return Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? new McpAddress(address) { Headers = Variables("headers", expand: true) }
            : throw Wrong("url", $"is \"{url}\"; it must begin with http:// or https://");
    }

    private string? Text(string field, bool mayBeEmpty = false)
    {
        if (!Has(field, out var value))
            return null;
        return value.ValueKind == JsonValueKind.String && (mayBeEmpty || value.GetString()!.Length > 0) ? value.GetString() : throw Wrong(field, "must be a text in quotes");
    }

    private bool? Switch(string field)
    {
        if (!Has(field, out var value))
            return null;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(field, "must be true or false");
    }

    private TimeSpan? Seconds(string field, double most)
    {
        if (!Has(field, out var value))
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds > 0 && seconds <= most
            ? TimeSpan.FromSeconds(seconds)
            : throw Wrong(field, $"must be a number of seconds above 0, up to {most:0}");
    }

    private string[] Texts(string field)
    {
        if (!Has(field, out var value))
            return [];
        return value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(item => item.GetString()!)]
            : throw Wrong(field, "must be an array of texts");
    }

    private Dictionary<string, string> Variables(string field, bool expand)
    {
        if (!Has(field, out var value))
            return [];
        if (value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Any(item => item.Value.ValueKind != JsonValueKind.String))
            throw Wrong(field, "must be an object of texts");
        return value.EnumerateObject().ToDictionary(item => item.Name, item => expand ? Expand($"{field}.{item.Name}", item.Value.GetString()!) : item.Value.GetString()!);
    }

    // So that a key can stay in the environment.
    private string Expand(string field, string text) => Reference.Replace(text, match =>
        _variables(match.Groups[1].Value) ?? throw Wrong(field, $"names ${{{match.Groups[1].Value}}}, which is not set"));

    private bool Has(string field, out JsonElement value) => _server.TryGetProperty(field, out value) && value.ValueKind != JsonValueKind.Null;

    private CliException Wrong(string field, string what) => CliException.Usage($"{_file}: \"{_path}{(field.Length > 0 ? "." + field : "")}\" {what}.");

    [GeneratedRegex(@"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")]
    private static partial Regex Reference { get; }
}
