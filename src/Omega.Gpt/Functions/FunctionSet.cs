using System.Collections;

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

    /// <summary>The definitions, in the order in which the model sees them.</summary>
    public IReadOnlyList<FunctionDefinition> Definitions { get; }

    /// <inheritdoc/>
    public int Count => Definitions.Count;

    /// <summary>The definition of that name, or null.</summary>
    /// <param name="name">The name, case-sensitive.</param>
    public FunctionDefinition? Find(string name) => _byName.GetValueOrDefault(name);

    /// <inheritdoc/>
    public IEnumerator<FunctionDefinition> GetEnumerator() => Definitions.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
