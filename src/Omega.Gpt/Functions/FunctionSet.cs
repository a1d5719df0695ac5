using System.Collections;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Omega.Gpt;

/// <summary>
/// The functions of a turn, by name: those that this program runs, and bare definitions whose calls wait for the caller's results.
/// Immutable; names are unique and schemas valid.
/// </summary>
public sealed class FunctionSet : IReadOnlyCollection<FunctionDefinition>
{
    private readonly Dictionary<string, FunctionEntry> _byName = new(StringComparer.Ordinal);

    /// <summary>A set of definitions without handlers: the model's calls are reported and wait for the caller's results.</summary>
    /// <param name="definitions">The definitions, in the order in which the model sees them.</param>
    /// <exception cref="GptException">A name is not a function's name, or is there twice; a schema is not valid.</exception>
    [OverloadResolutionPriority(1)]
    public FunctionSet(params IEnumerable<FunctionDefinition> definitions)
        : this(definitions.Select(definition => new FunctionEntry(definition, isChecked: true)))
    {
    }

    /// <summary>A set of functions that this program runs.</summary>
    /// <param name="functions">The functions, in the order in which the model sees them.</param>
    /// <exception cref="GptException">A name is not a function's name, or is there twice.</exception>
    public FunctionSet(params IEnumerable<GptFunction> functions)
        : this(functions.Select(function => new FunctionEntry(function)))
    {
    }

    private FunctionSet(IEnumerable<FunctionEntry> entries, bool isReported = false)
    {
        IsReported = isReported;
        List<FunctionDefinition> definitions = [];
        foreach (var entry in entries)
        {
            var name = entry.Definition.Name;
            if (!FunctionChoice.IsName(name))
                throw Invalid($"\"{name}\" is not a function's name: 1 to 64 letters, digits, _ or -.");
            if (!_byName.TryAdd(name, entry))
                throw Invalid($"There are two functions named \"{name}\".");
            definitions.Add(entry.Definition);
        }

        Definitions = definitions;

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

    /// <summary>Whether this program runs any of the functions.</summary>
    internal bool HasHandlers => _byName.Values.Any(entry => entry.Function is not null);

    /// <summary>Whether somebody else checks and answers the calls, whatever function they name.</summary>
    internal bool IsReported { get; }

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
    public FunctionDefinition? Find(string name) => Entry(name)?.Definition;

    /// <summary>The function of that name that this program runs, or null.</summary>
    /// <param name="name">The name, case-sensitive.</param>
    public GptFunction? FindFunction(string name) => Entry(name)?.Function;

    /// <summary>This set with more functions behind it. A function takes the place of a bare definition of its name.</summary>
    /// <param name="functions">Functions that this program runs.</param>
    /// <exception cref="GptException">Two functions have one name.</exception>
    public FunctionSet With(params IEnumerable<GptFunction> functions)
    {
        var added = functions.Select(function => new FunctionEntry(function)).ToList();
        var names = added.Select(entry => entry.Definition.Name).ToHashSet(StringComparer.Ordinal);
        return new FunctionSet(Definitions.Select(definition => _byName[definition.Name]).Where(entry => entry.Function is not null || !names.Contains(entry.Definition.Name)).Concat(added));
    }

    /// <inheritdoc/>
    public IEnumerator<FunctionDefinition> GetEnumerator() => Definitions.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Definitions whose calls somebody else checks and answers, as a chat client's tools are.</summary>
    internal static FunctionSet Reported(IEnumerable<FunctionDefinition> definitions) =>
        new(definitions.Select(definition => new FunctionEntry(definition, isChecked: false)), isReported: true);

    /// <summary>A set of entries, in their order.</summary>
    internal static FunctionSet Of(IEnumerable<FunctionEntry> entries) => new(entries);

    internal FunctionEntry? Entry(string name) => _byName.GetValueOrDefault(name);
}
