namespace Omega.Trading.Strategies;

/// <summary>Where something stands in a strategy's JSON.</summary>
/// <param name="File">The file, or null.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Path">The JSON path.</param>
internal sealed record SpecPlace(string? File, int Line, string Path)
{
    public StrategySpecException Error(string reason, Exception? cause = null) => new(File, Line, Path, reason, cause);
}

/// <summary>A value of a strategy's JSON that knows where it stands.</summary>
/// <param name="Place">Where it stands.</param>
internal abstract record SpecValue(SpecPlace Place)
{
    /// <summary>As error messages name it.</summary>
    public abstract string Shown { get; }

    public StrategySpecException Expected(string what) => Place.Error($"Expected {what}; found {Shown}.");
}

internal sealed record SpecText(SpecPlace Place, string Value) : SpecValue(Place)
{
    public override string Shown => Value.Length <= 40 ? $"\"{Value}\"" : $"\"{Value[..40]}…\"";
}

internal sealed record SpecNumber(SpecPlace Place, double Value) : SpecValue(Place)
{
    public override string Shown => FormattableString.Invariant($"{Value}");
}

internal sealed record SpecFlag(SpecPlace Place, bool Value) : SpecValue(Place)
{
    public override string Shown => Value ? "true" : "false";
}

internal sealed record SpecNull(SpecPlace Place) : SpecValue(Place)
{
    public override string Shown => "null";
}

internal sealed record SpecList(SpecPlace Place, IReadOnlyList<SpecValue> Items) : SpecValue(Place)
{
    public override string Shown => "a list";
}

internal sealed record SpecObject(SpecPlace Place, IReadOnlyDictionary<string, SpecValue> Fields) : SpecValue(Place)
{
    public override string Shown => "an object";

    /// <exception cref="StrategySpecException">There is a field of another name.</exception>
    public void Only(params ReadOnlySpan<string> known)
    {
        foreach (var (name, value) in Fields)
        {
            if (!known.Contains(name))
                throw value.Place.Error($"Unknown field \"{(name.Length <= 40 ? name : name[..40] + "…")}\".{NearNames.Question(name.Length <= 40 ? name : name[..40], known.ToArray())} Known: {string.Join(", ", known)}.");
        }
    }

    public SpecValue? Find(string name) => Fields.GetValueOrDefault(name);

    /// <exception cref="StrategySpecException">There is no such field.</exception>
    public SpecValue Need(string name) => Find(name) ?? throw Place.Error($"The field \"{name}\" is missing.");
}
