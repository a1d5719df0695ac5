namespace Omega.Gpt.Providers.Offline;

/// <summary>A function that a prompt asks for.</summary>
/// <param name="Profile">The function.</param>
/// <param name="Prompt">What asks for it: the prompt or a part of it.</param>
/// <param name="Score">How well it fits; see <see cref="FunctionMatcher.Threshold"/>.</param>
internal sealed record Wish(FunctionProfile Profile, string Prompt, double Score)
{
    /// <summary>What the prompt gives for the parameters; looked for when first wanted.</summary>
    public Filled Filled => field ??= ArgumentFiller.Fill(Profile, Prompt);
}

/// <summary>
/// Finds which functions a prompt asks for: the words that prompt and definition share, rare ones counting more (inverse document
/// frequency over the definitions), and how many of the required values the prompt gives. Pure; not thread-safe, for it keeps what it found.
/// </summary>
internal sealed class FunctionMatcher
{
    /// <summary>Below this score nothing is called.</summary>
    public const double Threshold = 0.8;

    // A prompt is two wishes only where each half would do alone, clearly.
    private const double ClearScore = 1.0;

    // Without any shared word, values alone do not speak for a function.
    private const double LeastInCommon = 0.3;

    private const double ValuesWeight = 0.45;

    private const double UnusedCost = 0.2;

    private const int MostUnused = 2;

    // A question about the world in general is rarely a wish to call something.
    private const double GeneralShare = 0.5;

    // It is one more often when it gives every value that the function needs.
    private const double CompleteShare = 0.8;

    private readonly IReadOnlyList<FunctionProfile> _profiles;
    private readonly Dictionary<string, double> _rarity;
    private readonly Dictionary<string, Wish?> _best = new(StringComparer.Ordinal);

    public FunctionMatcher(IReadOnlyList<FunctionDefinition> functions)
    {
        _profiles = [.. functions.Select(FunctionProfile.Of)];
        var rarest = Math.Log(_profiles.Count + 1);
        _rarity = _profiles.SelectMany(profile => profile.Weights.Keys).GroupBy(stem => stem, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => _profiles.Count < 2 ? 1 : 0.4 + 0.6 * Math.Log((_profiles.Count + 1.0) / group.Count()) / rarest, StringComparer.Ordinal);
    }

    /// <summary>The functions that the prompt asks for, in its order; empty when none fits well enough.</summary>
    public IReadOnlyList<Wish> Find(string prompt)
    {
        if (SmallTalk.Is(prompt) || string.IsNullOrWhiteSpace(prompt))
            return [];

        var lists = Best(prompt) is { } whole ? ListsIn(whole.Profile, prompt) : [];
        var wishes = Clauses.Split(prompt, lists, clause => Best(clause) is { Score: >= ClearScore, Filled.IsComplete: true } match ? match.Profile.Name : null);
        return wishes.Count > 1
            ? [.. wishes.Select(wish => Best(wish)!)]
            : Best(prompt) is { Score: >= Threshold } best ? [best] : [];
    }

    /// <summary>The function that fits best, however badly; null only when there are no functions.</summary>
    public Wish? Best(string prompt)
    {
        if (!_best.TryGetValue(prompt, out var best))
            _best[prompt] = best = Judged(prompt);
        return best;
    }

    /// <summary>What the prompt gives for one function; null when there is no such function.</summary>
    public Wish? Of(string name, string prompt) =>
        _profiles.FirstOrDefault(profile => profile.Name == name) is { } profile ? new Wish(profile, prompt, 1) : null;

    // "Compare a, b and c" wishes for one thing.
    private static IReadOnlyList<(int Start, int End)> ListsIn(FunctionProfile profile, string prompt)
    {
        var reading = new Reading(prompt, profile.Vocabulary);
        return
        [
            .. from slot in profile.Slots
               where slot.TakesLists && slot.Property.Items is { Enum.Count: > 0 }
               from list in ListFiller.Lists(slot, reading)
               select (list.Start, list.End),
        ];
    }

    // Filling arguments is most of the work, so functions are tried in the order of what they can reach, until no other can reach more.
    private Wish? Judged(string prompt)
    {
        var words = Word.InText(prompt).DistinctBy(word => word.Stem).Where(IsSubject).ToArray();
        var share = GeneralQuestion.Is(prompt) ? GeneralShare : 1;
        var subjects = _profiles.Select(profile => Compare(profile, words)).ToArray();

        Wish? best = null;
        var first = 0;
        foreach (var index in Enumerable.Range(0, subjects.Length).OrderByDescending(i => Reach(_profiles[i], subjects[i], share)))
        {
            if (best is not null && Reach(_profiles[index], subjects[index], share) < best.Score)
                break;
            var wish = Judge(_profiles[index], subjects[index], prompt, share);
            // Of equals, the one that was defined first.
            if (best is null || wish.Score > best.Score || wish.Score == best.Score && index < first)
                (best, first) = (wish, index);
        }

        return best;
    }

    // A number is a value, never a subject.
    private static bool IsSubject(Word word) => !CommonWords.IsFiller(word.Stem) && !word.Text.All(char.IsAsciiDigit);

    private Subjects Compare(FunctionProfile profile, IReadOnlyList<Word> words)
    {
        var common = 0.0;
        var strongest = 0.0;
        var hit = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in words)
        {
            var (best, stem) = (0.0, "");
            foreach (var (candidate, weight) in profile.Weights)
            {
                var score = Thesaurus.Kinship(word.Stem, candidate) * weight * _rarity[candidate];
                if (score > best)
                    (best, stem) = (score, candidate);
            }

            // A subject named twice is still one subject.
            common += hit.Add(stem) ? best : best * 0.3;
            strongest = Math.Max(strongest, best);
        }

        return new Subjects(common, strongest >= LeastInCommon);
    }

    private static double Reach(FunctionProfile profile, Subjects subjects, double share) =>
        subjects.AreEnough
            ? (subjects.Common + ValuesWeight) * (profile.Slots.Any(slot => slot.IsRequired) ? Math.Max(share, CompleteShare) : share)
            : subjects.Common * 0.5;

    private static Wish Judge(FunctionProfile profile, Subjects subjects, string prompt, double share)
    {
        var wish = new Wish(profile, prompt, subjects.Common * 0.5);
        if (!subjects.AreEnough)
            return wish;

        var required = profile.Slots.Count(slot => slot.IsRequired);
        // Where nothing is required, values that the prompt gives still speak for it.
        var given = required == 0 ? 0.5 + (0.15 * Math.Min(3, wish.Filled.Arguments.Count)) : (double)(required - wish.Filled.Missing.Count) / required;
        var isComplete = required > 0 && wish.Filled.Missing.Count == 0;
        // Numbers are rarely said in vain: what leaves them over is less likely meant.
        var left = Math.Min(MostUnused, wish.Filled.UnusedNumbers) * UnusedCost;
        return wish with { Score = (subjects.Common + given * ValuesWeight - left) * (isComplete ? Math.Max(share, CompleteShare) : share) };
    }

    /// <summary>What words a prompt shares with a definition.</summary>
    /// <param name="Common">Their weight together.</param>
    /// <param name="AreEnough">Whether one of them is strong enough for values to count.</param>
    private readonly record struct Subjects(double Common, bool AreEnough);
}
