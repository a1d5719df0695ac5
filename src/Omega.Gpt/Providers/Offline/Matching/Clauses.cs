using System.Text.RegularExpressions;

namespace Omega.Gpt.Providers.Offline;

/// <summary>Cuts a prompt that wishes for several things into its wishes.</summary>
internal static partial class Clauses
{
    private const int MaxWishes = 8;

    /// <summary>The wishes; one (the whole prompt) unless several parts name a function each.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="lists">Where the prompt lists values, between which no wish ends.</param>
    /// <param name="functionOf">The function that a part alone clearly asks for, or null.</param>
    public static IReadOnlyList<string> Split(string prompt, IReadOnlyList<(int Start, int End)> lists, Func<string, string?> functionOf)
    {
        var quotes = new Reading(prompt, new HashSet<string>());
        var parts = new List<(int Start, int End)>();
        var start = 0;
        foreach (Match joint in Joint().Matches(prompt))
        {
            if (quotes.IsQuoted(joint.Index) || parts.Count >= MaxWishes || lists.Any(list => joint.Index > list.Start && joint.Index < list.End))
                continue;
            // "…with 30k and a stop" goes on with what it has; it does not wish for a stop.
            if (Continuation().IsMatch(prompt, joint.Index + joint.Length))
                continue;
            parts.Add((start, joint.Index));
            start = joint.Index + joint.Length;
        }

        if (parts.Count == 0)
            return [prompt];
        parts.Add((start, prompt.Length));

        // A part that asks for nothing by itself belongs to the wish before it; a beginning without one, to the wish after it.
        var wishes = new List<(int Start, int End, string? Function)>();
        foreach (var part in parts)
        {
            var function = functionOf(prompt[part.Start..part.End]);
            if (wishes.Count == 0 || function is not null && wishes[^1].Function is not null)
                wishes.Add((part.Start, part.End, function));
            else
                wishes[^1] = (wishes[^1].Start, part.End, wishes[^1].Function ?? functionOf(prompt[wishes[^1].Start..part.End]));
        }

        return wishes.Count > 1 && wishes.All(wish => wish.Function is not null && functionOf(prompt[wish.Start..wish.End]) == wish.Function)
            ? [.. wishes.Select(wish => prompt[wish.Start..wish.End])]
            : [prompt];
    }

    [GeneratedRegex(@"\G(?:an?|my|with)\s", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Continuation();

    [GeneratedRegex(@"\s*(?:[,;.?!]\s+)?\b(?:and\s+then|and\s+also|and|then|also)\s+|[;?!]\s+|\.\s+(?=\p{Lu})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Joint();
}
