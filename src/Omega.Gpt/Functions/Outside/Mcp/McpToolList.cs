using System.Text.Json;
using Omega.Gpt.Functions.Schema;

namespace Omega.Gpt.Functions.Outside;

/// <summary>Reads a server's list of tools: what is usable is taken, the rest is refused with its path and the reason. Pure.</summary>
internal sealed class McpToolList(McpOptions options)
{
    public const int MaxTools = 256;

    private const int MaxDescription = 8192;

    private readonly List<McpTool> _tools = [];
    private readonly List<string> _notes = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private int _count;

    public IReadOnlyList<McpTool> Tools => _tools;

    /// <summary>What was refused and why, for people.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Whether more tools would still be taken.</summary>
    public bool HasRoom => _count < MaxTools;

    /// <summary>Takes a page of the list.</summary>
    /// <exception cref="JsonException">It is no list of tools.</exception>
    public void Add(JsonElement page)
    {
        if (page.ValueKind != JsonValueKind.Object || !page.TryGetProperty("tools", out var tools) || tools.ValueKind != JsonValueKind.Array)
            throw new JsonException("the answer to tools/list has no \"tools\"");
        foreach (var tool in tools.EnumerateArray())
        {
            var place = $"$.tools[{_count++}]";
            if (_count > MaxTools)
            {
                _notes.Add($"The server has more than {MaxTools} tools; the rest is left out. Name those that you need with allow.");
                return;
            }

            try
            {
                Take(tool, place);
            }
            catch (JsonException refused)
            {
                _notes.Add(refused.Message);
            }
        }
    }

    /// <summary>Says which configured names the server does not have.</summary>
    /// <param name="isCut">Whether the server had more pages than were asked for.</param>
    public void End(bool isCut = false)
    {
        if (isCut)
            _notes.Add("The server's list has more pages than are read; the rest is left out.");
        foreach (var (setting, names) in (ReadOnlySpan<(string, IEnumerable<string>)>)[("allow", options.Allow ?? []), ("effects", options.Effects.Keys)])
        {
            foreach (var name in names.Where(name => !_seen.Contains(name)))
                _notes.Add($"{setting} names \"{name}\", which the server does not have.{Models.NearNames.Question(Models.NearNames.Find(name, _seen))}");
        }
    }

    private void Take(JsonElement tool, string place)
    {
        var serverName = Text(tool, "name") ?? throw new JsonException($"{place} has no \"name\" and is left out.");
        if (!_seen.Add(serverName))
            throw new JsonException($"{place}: there is a tool \"{serverName}\" already; this one is left out.");
        if (options.Allow is { } allow && !allow.Contains(serverName))
            return;

        // The protocol also knows . and / in names; models do not.
        var name = options.FullPrefix + serverName.Replace('.', '_').Replace('/', '_');
        if (!FunctionChoice.IsName(name))
            throw new JsonException($"{place}.name: \"{Shown(name)}\" is not a function's name (1 to 64 letters, digits, _ or -) and is left out.");
        if (_tools.Any(taken => taken.Definition.Name == name))
            throw new JsonException($"{place}.name: \"{name}\" is there already, from another tool; this one is left out.");
        _tools.Add(new McpTool(serverName, new FunctionDefinition(name, Description(tool), Schema(tool, serverName, place))));
    }

    private static string? Description(JsonElement tool) => (Text(tool, "description") ?? Text(tool, "title")) is not { } text ? null
        : text.Length <= MaxDescription ? text
        : text[..(char.IsHighSurrogate(text[MaxDescription - 1]) ? MaxDescription - 1 : MaxDescription)] + "…";

    private static JsonElement Schema(JsonElement tool, string serverName, string place)
    {
        place += ".inputSchema";
        if (!tool.TryGetProperty("inputSchema", out var schema))
            throw Refused(place, "it is missing");
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String || type.GetString() != "object")
            throw Refused(place, "its type must be \"object\"");
        try
        {
            JsonSchema.Compile(schema);
            return schema.Clone();
        }
        catch (JsonSchemaException error)
        {
            throw Refused(place + error.Path.Replace('/', '.'), error.Problem);
        }

        JsonException Refused(string path, string problem) => new($"{path}: {problem}. The tool \"{Shown(serverName)}\" is left out.");
    }

    private static string? Text(JsonElement tool, string name) =>
        tool.ValueKind == JsonValueKind.Object && tool.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private static string Shown(string name) => name.Length <= 80 ? name : name[..80] + "…";
}
