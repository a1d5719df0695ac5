using Omega.Gpt.Functions.Schema;

namespace Omega.Gpt.Providers.Offline;

/// <summary>Which end of a movement a parameter names.</summary>
internal enum Direction
{
    /// <summary>Neither.</summary>
    None,

    /// <summary>Where it starts.</summary>
    From,

    /// <summary>Where it goes.</summary>
    To,
}

/// <summary>A parameter that wants a value, and the words by which a prompt speaks of it.</summary>
internal sealed class Slot
{
    private const string Synonyms = """
        title name label subject summary = called titled named
        body text message content = saying says said
        max maximum limit most = under below most max maximum within
        min minimum least = least above over min minimum
        guests passengers people adults persons party seats attendees = people persons adults guests passengers travellers travelers
        start from begin since after in = from starting since after
        end until to before out = to until till before
        price cost budget amount = costing price worth
        stars = star
        duration length = for lasting
        quantity count number shares = units shares pieces
        """;

    private static readonly (string[] Names, string[] Cues)[] Table =
    [
        .. Synonyms.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('='))
            .Select(sides => (Stems(sides[0]), Stems(sides[1]))),
    ];

    public Slot(SchemaProperty property)
    {
        Property = property;
        NameStems = [.. Word.InName(property.Name).Select(word => word.Stem)];
        Cues = [.. Table.Where(row => row.Names.Intersect(NameStems).Any()).SelectMany(row => row.Cues).Distinct()];
        About = NameStems.Concat(Word.InText(property.Description ?? "").Select(word => word.Stem)).ToHashSet(StringComparer.Ordinal);
        Toward = Speaks("from", "origin", "source", "departure") ? Direction.From : Speaks("to", "into", "destination", "target", "arrival") ? Direction.To : Direction.None;
    }

    public SchemaProperty Property { get; }

    public string Name => Property.Name;

    public bool IsRequired => Property.IsRequired;

    public JsonTypes Types => Property.Types;

    /// <summary>The stems of the name's words.</summary>
    public IReadOnlyList<string> NameStems { get; }

    /// <summary>Other stems that stand next to its value.</summary>
    public IReadOnlyList<string> Cues { get; }

    /// <summary>The stems of name and description.</summary>
    public IReadOnlySet<string> About { get; }

    public Direction Toward { get; }

    public bool TakesText => Types.HasFlag(JsonTypes.String);

    public bool TakesNumbers => !TakesText && Types.HasFlag(JsonTypes.Integer);

    public bool TakesLists => !TakesText && !TakesNumbers && Types.HasFlag(JsonTypes.Array);

    /// <summary>Whether the name has one of the words.</summary>
    public bool Speaks(params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (NameStems.Contains(Stemmer.Stem(word)))
                return true;
        }

        return false;
    }

    /// <summary>Whether the name or the description has one of the words.</summary>
    public bool IsAbout(params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (About.Contains(Stemmer.Stem(word)))
                return true;
        }

        return false;
    }

    /// <summary>How clearly the words near a value speak of this parameter: 0 not at all, 1 by its whole name.</summary>
    public double CueIn(IReadOnlyCollection<string> nearStems)
    {
        if (NameStems.Count == 0 || nearStems.Count == 0)
            return 0;
        var named = (double)NameStems.Count(nearStems.Contains) / NameStems.Count;
        return Math.Max(named, Cues.Any(nearStems.Contains) ? 0.45 : 0);
    }

    private static string[] Stems(string words) => [.. words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Stemmer.Stem)];
}
