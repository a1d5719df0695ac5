using System.Runtime.InteropServices;
using Omega.Desk.Prose;

namespace Omega.Desk.Facts;

/// <summary>
/// Reads property names. A word that nobody knows becomes a term of this check, so that what a foreign function calls <c>gas_gwei</c> can be
/// told by "gas" in the prose.
/// </summary>
internal sealed class KeyReader(Vocabulary vocabulary)
{
    private readonly Dictionary<string, Key> _known = new(StringComparer.Ordinal);
    private readonly List<Token> _tokens = [];

    public Key Read(string name)
    {
        if (!_known.TryGetValue(name, out var key))
            _known.Add(name, key = name.Length > 200 ? Key.Empty : Make(name));
        return key;
    }

    private Key Make(string name)
    {
        _tokens.Clear();
        Lexer.Read(Spaced(name), 0, Spaced(name).Length, _tokens);
        var tokens = CollectionsMarshal.AsSpan(_tokens);
        var (names, modifiers, lengths) = (new List<string>(), new List<Modifier>(), new List<double>());
        var (unit, isGeneric, isWeak) = (FactUnit.Unknown, true, true);
        string? strategy = null, timeframe = null, market = null;
        for (var at = 0; at < tokens.Length;)
        {
            var token = tokens[at];
            if (token.IsNumber && NumberText.TryRead(token.Text, out var number))
            {
                if (at + 1 < tokens.Length && number.IsWhole && number.Value < 100 && Vocabulary.TimeframeName((int)number.Value, tokens[at + 1].Text) is { } period && tokens.Length == 2)
                    timeframe = period;
                lengths.Add(number.Value);
                at++;
                continue;
            }

            if (vocabulary.Find(tokens[at..], out var length) is not { } term)
            {
                at++;
                if (token.IsWord && token.Text.Length > 1 && !WordLists.Empty.Contains(token.Text) && !WordLists.Links.Contains(token.Text) && !WordLists.Parts.Contains(token.Text))
                {
                    var own = Vocabulary.Singular(token.Text);
                    vocabulary.Add(new Term([own], TermKind.Quantity, [own], [], FactUnit.Unknown, false, false));
                    names.Add(own);
                    (isGeneric, isWeak) = (false, false);
                }

                continue;
            }

            at += length;
            modifiers.AddRange(term.Modifiers);
            switch (term.Kind)
            {
                case TermKind.Quantity:
                    names.AddRange(term.Names);
                    unit = unit == FactUnit.Unknown ? term.Unit : unit;
                    isGeneric &= term.Words.Length == 1 && (WordLists.Empty.Contains(term.Words[0]) || term.Words[0] is "value");
                    isWeak &= term.IsWeak;
                    break;
                case TermKind.Strategy when term.Names[0] != "*":
                    strategy = term.Names[0];
                    break;
                case TermKind.Market:
                    market = term.Names[0];
                    break;
                case TermKind.Timeframe:
                    timeframe = term.Names[0];
                    break;
            }
        }

        // The index price is no price of the market.
        if (!isGeneric && names.Contains("price") && tokens.Length > 1 && names.Exists(owner => owner != "price"))
            names.Remove("price");
        foreach (var owner in names)
        {
            foreach (var length in lengths)
                vocabulary.AddLength(owner, length);
        }

        if (names.Exists(owner => owner is "var" or "cvar"))
            modifiers.AddRange(lengths.Select(length => new Modifier("confidence", Number(length))));
        return new Key([.. names.Distinct()], [.. modifiers], [.. lengths], unit, strategy, timeframe, market, isGeneric, isWeak);
    }

    public static string Number(double value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary><c>maxDrawdown</c> and <c>max_drawdown</c> are both two words.</summary>
    private static string Spaced(string name)
    {
        var humps = 0;
        for (var i = 1; i < name.Length; i++)
            humps += char.IsUpper(name[i]) && char.IsLower(name[i - 1]) ? 1 : 0;
        if (humps == 0)
            return name;
        return string.Create(name.Length + humps, name, (span, from) =>
        {
            var at = 0;
            for (var i = 0; i < from.Length; i++)
            {
                if (i > 0 && char.IsUpper(from[i]) && char.IsLower(from[i - 1]))
                    span[at++] = ' ';
                span[at++] = from[i];
            }
        });
    }
}
