using System.Buffers;
using System.Text.RegularExpressions;

namespace Omega.Gpt.Providers.Offline;

/// <summary>A prompt as the fillers see it: its words, its quotations, and which parts of it have been used.</summary>
internal sealed partial class Reading
{
    private static readonly SearchValues<char> Stops = SearchValues.Create(",;.?!\"");

    private readonly List<(int Start, int End)> _used = [];

    public Reading(string text, IReadOnlySet<string> vocabulary)
    {
        Text = text;
        Vocabulary = vocabulary;
        Words = Word.InText(text);
        Quotes = [.. Quote().Matches(text).Select(match => (Inner: match.Groups["q"], match)).Select(pair => new Found(pair.Inner.Value, pair.match.Index, pair.match.Index + pair.match.Length))];
        Quantities = [.. Offline.Quantities.In(text).Where(quantity => !IsQuoted(quantity.Start))];
        Days = [.. Moments.Days(text)];
        Times = [.. Moments.Times(text)];
    }

    public string Text { get; }

    /// <summary>The stems that name the function's own business, and so no value of it.</summary>
    public IReadOnlySet<string> Vocabulary { get; }

    public IReadOnlyList<Word> Words { get; }

    public IReadOnlyList<Found> Quotes { get; }

    public IReadOnlyList<Quantity> Quantities { get; }

    public IReadOnlyList<Found> Days { get; }

    public IReadOnlyList<Found> Times { get; }

    public bool IsFree(int start, int end) => !_used.Any(used => start < used.End && used.Start < end);

    public void Use(int start, int end) => _used.Add((start, end));

    public bool IsQuoted(int position) => Quotes.Any(quote => position >= quote.Start && position < quote.End);

    /// <summary>The last words before a place, nearest first; punctuation that ends a sentence or a part of one stops.</summary>
    public IEnumerable<Word> Before(int position, int count)
    {
        var next = position;
        foreach (var word in Words.Reverse().SkipWhile(word => word.End > position).Take(count))
        {
            if (Text.AsSpan(word.End, next - word.End).ContainsAny(Stops))
                yield break;
            yield return word;
            next = word.Start;
        }
    }

    /// <summary>The first words after a place, nearest first; punctuation stops.</summary>
    public IEnumerable<Word> After(int position, int count)
    {
        var last = position;
        foreach (var word in Words.SkipWhile(word => word.Start < position).Take(count))
        {
            if (Text.AsSpan(last, word.Start - last).ContainsAny(Stops))
                yield break;
            yield return word;
            last = word.End;
        }
    }

    /// <summary>The stems of the words around a place that may say what it is.</summary>
    public IReadOnlyCollection<string> Near(int start, int end, int before = 3, int after = 1) =>
        [.. Before(start, before).Select(word => word.Stem), .. After(end, after).Select(word => word.Stem)];

    [GeneratedRegex("\"(?<q>[^\"]+)\"|“(?<q>[^”]+)”|(?<!\\w)'(?<q>[^']{2,}(?:'\\w[^']*)*)'(?!\\w)|`(?<q>[^`]+)`|«(?<q>[^»]+)»", RegexOptions.CultureInvariant)]
    private static partial Regex Quote();
}
