using System.Collections;
using System.Text;
using System.Text.Json;

namespace Omega.Gpt;

/// <summary>The functions of a turn, by name. Immutable; names are unique.</summary>
public sealed class FunctionSet : IReadOnlyCollection<FunctionDefinition>
{
    private readonly Dictionary<string, FunctionDefinition> _byName = new(StringComparer.Ordinal);

    /// <summary>A set of definitions without handlers: the model's calls are reported and wait for the caller's results.</summary>
    /// <param name="definitions">The definitions, in the order in which the model sees them.</param>
    /// <exception cref="GptException">A name is not a function's name, or is there twice.</exception>
    public FunctionSet(params IEnumerable<FunctionDefinition> definitions)
    {
        Definitions = [.. definitions];
        foreach (var definition in Definitions)
        {
            if (!FunctionChoice.IsName(definition.Name))
                throw Invalid($"\"{definition.Name}\" is not a function's name: 1 to 64 letters, digits, _ or -.");
            if (!_byName.TryAdd(definition.Name, definition))
                throw Invalid($"There are two functions named \"{definition.Name}\".");
        }

        static GptException Invalid(string message) => new(GptErrorKind.BadRequest, message) { Phase = GptPhase.Request };
    }

    /// <summary>No functions.</summary>
    public static FunctionSet Empty { get; } = new();

    /// <summary>The schema of a function without arguments.</summary>
    internal static JsonElement NoParameters { get; } = JsonElement.Parse("""{"type":"object","properties":{}}""");

    /// <summary>The definitions, in the order in which the model sees them.</summary>
    public IReadOnlyList<FunctionDefinition> Definitions { get; }

    /// <inheritdoc/>
    public int Count => Definitions.Count;

    /// <summary>Reads definitions: an array, one object, or <c>{"functions": […]}</c> or <c>{"tools": […]}</c> around an array.</summary>
    /// <remarks>
    /// Each function is <c>{"name", "description", "parameters"}</c>, the same with <c>"type": "function"</c>, OpenAI's
    /// <c>{"type": "function", "function": {…}}</c>, or has <c>input_schema</c> for <c>parameters</c> (Anthropic; <c>inputSchema</c> in MCP).
    /// Without parameters a function takes none. Fields that are not for the model are in <see cref="FunctionDefinition.Extra"/>.
    /// </remarks>
    /// <param name="json">The text; at most 4 MiB as UTF-8, nested at most 64 levels.</param>
    /// <param name="file">Where the text came from, for messages; null when it came from no file.</param>
    /// <exception cref="FunctionFileException">The text is not that; the message says where, what is wrong and what to do.</exception>
    public static FunctionSet Parse(string json, string? file = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        return FunctionSetParser.Parse(Encoding.UTF8.GetBytes(json), file);
    }

    /// <summary>Reads definitions from a file; see <see cref="Parse"/>.</summary>
    /// <param name="path">The file: UTF-8, at most 4 MiB.</param>
    /// <exception cref="FunctionFileException">The file cannot be read, or does not hold definitions.</exception>
    public static FunctionSet Load(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return FunctionSetParser.Parse(FunctionSetFile.Read(path), path);
    }

    /// <summary>The definition of that name, or null.</summary>
    /// <param name="name">The name, case-sensitive.</param>
    public FunctionDefinition? Find(string name) => _byName.GetValueOrDefault(name);

    /// <inheritdoc/>
    public IEnumerator<FunctionDefinition> GetEnumerator() => Definitions.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
