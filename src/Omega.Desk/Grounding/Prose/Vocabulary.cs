using System.Globalization;
using Omega.Desk.Facts;

namespace Omega.Desk.Prose;

/// <summary>
/// Finds terms in tokens, longest phrase first: those that everybody uses and those that one check's results bring along. Not thread-safe
/// but for the shared part.
/// </summary>
internal sealed class Vocabulary
{
    private static readonly Dictionary<string, Term[]> Shared = Build();
    private readonly Dictionary<string, List<Term>> _own = new(StringComparer.Ordinal);
    private readonly HashSet<(string Name, double Length)> _lengths = [];
    private readonly HashSet<double> _anyLength = [];

    /// <summary>The word without the s of a plural.</summary>
    public static string Singular(string word)
    {
        if (word.Length <= 3 || word[^1] != 's' || word[^2] is 's' or 'u' or 'i')
            return word;
        var isLong = word[^2] == 'e' && (word.AsSpan(0, word.Length - 2).EndsWith("ch") || word.AsSpan(0, word.Length - 2).EndsWith("sh") || word.AsSpan(0, word.Length - 2).EndsWith("ss") || word[^3] == 'x');
        return isLong ? word[..^2] : word[..^1];
    }

    /// <summary>Adds a term of this check's results.</summary>
    public void Add(Term term)
    {
        if (term.Words.Length == 0)
            return;
        if (!_own.TryGetValue(term.Words[0], out var terms))
            _own.Add(term.Words[0], terms = []);
        foreach (var known in terms)
        {
            if (known.Kind == term.Kind && known.Words.AsSpan().SequenceEqual(term.Words))
                return;
        }

        terms.Add(term);
    }

    /// <summary>Says that a number is part of a quantity's name in the results, as 14 is of <c>rsi_14</c>.</summary>
    public void AddLength(string name, double length)
    {
        _lengths.Add((name, length));
        _anyLength.Add(length);
    }

    /// <summary>Whether it is.</summary>
    public bool HasLength(Term term, double length)
    {
        foreach (var name in term.Names)
        {
            if (_lengths.Contains((name, length)))
                return true;
        }

        return false;
    }

    /// <summary>Whether it is part of any name.</summary>
    public bool HasAnyLength(double length) => _anyLength.Contains(length);

    /// <summary>The longest term that begins at a token, and how many tokens it takes; null where there is none.</summary>
    public Term? Find(ReadOnlySpan<Token> tokens, out int length)
    {
        length = 0;
        Term? best = null;
        var first = tokens[0];
        if (first.IsNumber)
            return null;
        Try(first.Text, tokens, ref best, ref length);
        if (first.IsWord && Singular(first.Text) is var singular && !ReferenceEquals(singular, first.Text))
            Try(singular, tokens, ref best, ref length);
        return best;
    }

    private void Try(string word, ReadOnlySpan<Token> tokens, ref Term? best, ref int length)
    {
        if (_own.TryGetValue(word, out var own))
        {
            foreach (var term in own)
                Try(term, tokens, ref best, ref length);
        }

        if (Shared.TryGetValue(word, out var shared))
        {
            foreach (var term in shared)
                Try(term, tokens, ref best, ref length);
        }
    }

    private static void Try(Term term, ReadOnlySpan<Token> tokens, ref Term? best, ref int length)
    {
        var at = 1;
        for (var i = 1; i < term.Words.Length; i++, at++)
        {
            if (at < tokens.Length && tokens[at].Is('-'))
                at++;
            if (at >= tokens.Length || !Same(tokens[at].Text, term.Words[i]))
                return;
        }

        if (at <= length)
            return;
        (best, length) = (term, at);
    }

    private static bool Same(string token, string word) =>
        token == word || (token.Length > word.Length && token[^1] == 's' && Singular(token) == word);

    private static Dictionary<string, Term[]> Build()
    {
        var terms = new List<Term>();
        foreach (var (head, phrases) in Lines(VocabularyTable.Quantities, '\n'))
        {
            var slash = head.IndexOf('/', StringComparison.Ordinal);
            var parts = head[(slash + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var unit = Enum.Parse<FactUnit>(parts[0].TrimEnd('#', '?'), ignoreCase: true);
            terms.AddRange(phrases.Select(phrase => new Term(
                phrase, TermKind.Quantity, head[..slash].Split(','), Modifiers(parts.Skip(1)), unit, parts[0].Contains('?', StringComparison.Ordinal), parts[0].Contains('#', StringComparison.Ordinal))));
        }

        foreach (var (head, phrases) in Lines(VocabularyTable.Modifiers, '\n'))
            terms.AddRange(phrases.Select(phrase => new Term(phrase, TermKind.Modifier, [], Modifiers([head]), FactUnit.Unknown, false, false)));
        Named(VocabularyTable.Markets, TermKind.Market);
        Named(VocabularyTable.Timeframes, TermKind.Timeframe);
        Named(VocabularyTable.Strategies, TermKind.Strategy);
        return terms.GroupBy(term => term.Words[0], StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);

        void Named(string table, TermKind kind)
        {
            foreach (var (head, phrases) in Lines(table, ';'))
                terms.AddRange(phrases.Select(phrase => new Term(phrase, kind, [head], [], FactUnit.Unknown, false, false)));
        }
    }

    private static IEnumerable<(string Head, string[][] Phrases)> Lines(string table, char separator) =>
        table.Split(separator, StringSplitOptions.TrimEntries).Select(line => line.Split(" = "))
            .Select(line => (line[0].Trim(), line[1].Split(", ").Select(Phrase).ToArray()));

    private static string[] Phrase(string phrase)
    {
        // Cut as prose is, so that "p&l" and "24h" come out the same.
        var tokens = new List<Token>();
        Lexer.ReadPlain(phrase, tokens);
        return [.. tokens.Select(token => token.Text)];
    }

    private static Modifier[] Modifiers(IEnumerable<string> parts) =>
        [.. parts.Select(part => part.TrimStart('@').Split(':')).Select(pair => new Modifier(pair[0], pair[1]))];

    /// <summary>A market by its base currency, in lower case: <c>binance:BTC/USDT</c> is <c>btc</c>.</summary>
    public static string? MarketName(string spelling)
    {
        var name = spelling[(spelling.LastIndexOf(':') + 1)..].Trim().ToLowerInvariant();
        var cut = name.AsSpan().IndexOfAny("/-_ ");
        if (cut > 0)
            name = name[..cut];
        foreach (var quote in (ReadOnlySpan<string>)["usdt", "usdc", "fdusd", "usd", "eur", "perp"])
        {
            if (name.Length > quote.Length + 1 && name.EndsWith(quote, StringComparison.Ordinal))
                name = name[..^quote.Length];
        }

        if (name.Length is 0 or > 12 || !name.All(char.IsAsciiLetterOrDigit))
            return null;
        return Shared.TryGetValue(name, out var terms) && terms.FirstOrDefault(term => term.Kind == TermKind.Market && term.Words.Length == 1) is { } market ? market.Names[0] : name;
    }

    /// <summary>The market whose base currency a word behind a number names: 0.5 <c>BTC</c>; null for other words.</summary>
    public static string? AssetName(string word) =>
        (Shared.TryGetValue(word, out var terms) || Shared.TryGetValue(Singular(word), out terms)) && terms.FirstOrDefault(term => term.Kind == TermKind.Market && term.Words.Length == 1) is { } market
            ? market.Names[0]
            : null;

    /// <summary>A timeframe as results and people write it; null where it is none.</summary>
    public static string? TimeframeName(int count, string unit) => unit switch
    {
        "m" or "min" or "minute" or "minutes" => count is 1 or 3 or 5 or 15 or 30 ? Of(count, "m") : count == 60 ? "1h" : null,
        "h" or "hr" or "hour" or "hours" => count is 1 or 2 or 4 or 6 or 12 ? Of(count, "h") : count == 24 ? "1d" : null,
        "d" or "day" or "days" => count == 1 ? "1d" : null,
        "w" or "week" or "weeks" => count == 1 ? "1w" : null,
        _ => null,
    };

    private static string Of(int count, string unit) => count.ToString(CultureInfo.InvariantCulture) + unit;
}
