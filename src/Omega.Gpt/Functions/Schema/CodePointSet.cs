using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Omega.Gpt.Functions.Schema;

/// <summary>A character class as code points, written for .NET's UTF-16: beyond the basic plane as surrogate pairs.</summary>
internal sealed class CodePointSet
{
    private const int Last = 0x10FFFF;
    private const int FirstAstral = 0x10000;

    private static readonly (int, int)[] Digits = [('0', '9')];
    private static readonly (int, int)[] WordCharacters = [('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];

    private static readonly (int, int)[] Spaces =
    [
        ('\t', '\r'), (' ', ' '), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F),
        (0x3000, 0x3000), (0xFEFF, 0xFEFF),
    ];

    private static readonly FrozenDictionary<string, string> Categories = ReadCategories(
        "L Letter,Lu Uppercase_Letter,Ll Lowercase_Letter,Lt Titlecase_Letter,Lm Modifier_Letter,Lo Other_Letter," +
        "M Mark,M Combining_Mark,Mn Nonspacing_Mark,Mc Spacing_Mark,Me Enclosing_Mark," +
        "N Number,Nd Decimal_Number,Nd digit,Nl Letter_Number,No Other_Number," +
        "P Punctuation,P punct,Pc Connector_Punctuation,Pd Dash_Punctuation,Ps Open_Punctuation,Pe Close_Punctuation," +
        "Pi Initial_Punctuation,Pf Final_Punctuation,Po Other_Punctuation," +
        "S Symbol,Sm Math_Symbol,Sc Currency_Symbol,Sk Modifier_Symbol,So Other_Symbol," +
        "Z Separator,Zs Space_Separator,Zl Line_Separator,Zp Paragraph_Separator," +
        "C Other,Cc Control,Cc cntrl,Cf Format,Co Private_Use,Cn Unassigned");

    private readonly List<(int Low, int High)> _ranges = [];
    private readonly StringBuilder _categories = new();
    private bool _hasNegatedCategory;

    /// <summary>What <c>.</c> stands for.</summary>
    public static CodePointSet AnyButLineEnds { get; } = Create(Complement([('\n', '\n'), ('\r', '\r'), (0x2028, 0x2029)]));

    public void Add(int low, int high) => _ranges.Add((low, high));

    /// <summary>Adds what <c>\d</c>, <c>\D</c>, <c>\w</c>, <c>\W</c>, <c>\s</c>, <c>\S</c> stand for; false for any other letter.</summary>
    public bool TryAddEscape(char letter)
    {
        IEnumerable<(int, int)>? ranges = letter switch
        {
            'd' => Digits,
            'D' => Complement(Digits),
            'w' => WordCharacters,
            'W' => Complement(WordCharacters),
            's' => Spaces,
            'S' => Complement(Spaces),
            _ => null,
        };
        if (ranges is null) return false;
        _ranges.AddRange(ranges);
        return true;
    }

    /// <exception cref="FormatException">The category is not known.</exception>
    public void AddCategory(string name, bool negated)
    {
        var key = name.StartsWith("gc=", StringComparison.Ordinal) || name.StartsWith("General_Category=", StringComparison.Ordinal)
            ? name[(name.IndexOf('=', StringComparison.Ordinal) + 1)..]
            : name;
        if (!Categories.TryGetValue(key, out var category)) throw new FormatException($"\\p{{{name}}} is no general category of Unicode");
        _categories.Append(negated ? @"\P{" : @"\p{").Append(category).Append('}');
        _hasNegatedCategory |= negated;
    }

    public string ToPattern(bool negated)
    {
        if (_categories.Length == 0) return Write(negated ? Complement(_ranges) : Complement(Complement(_ranges)), "", "");
        if (!negated)
        {
            // A complement of a category has all surrogates; the pairs they make are matched whole instead.
            var astral = _hasNegatedCategory ? [(FirstAstral, Last)] : Astral(_ranges);
            return Write([.. Basic(_ranges), .. astral], _categories.ToString(), @"-[\uD800-\uDFFF]");
        }
        var excluded = new StringBuilder("^").Append(_categories).Append(@"\uD800-\uDFFF");
        foreach (var (low, high) in Basic(_ranges)) AppendRange(excluded, low, high);
        return Write(_hasNegatedCategory ? [] : Astral(Complement(_ranges)), excluded.ToString(), "");
    }

    public static string Escape(int unit) => @"\u" + unit.ToString("X4", CultureInfo.InvariantCulture);

    private static CodePointSet Create(IEnumerable<(int, int)> ranges)
    {
        var set = new CodePointSet();
        set._ranges.AddRange(ranges);
        return set;
    }

    private static string Write(IEnumerable<(int Low, int High)> ranges, string before, string after)
    {
        var basic = new StringBuilder(before);
        var alternatives = new StringBuilder();
        foreach (var (low, high) in ranges)
        {
            if (low < FirstAstral) AppendBasic(basic, low, Math.Min(high, FirstAstral - 1));
            if (high >= FirstAstral) AppendPairs(alternatives, Math.Max(low, FirstAstral), high);
        }
        // An empty class matches nothing.
        if (basic.Length == 0 && alternatives.Length == 0) return @"[^\s\S]";
        if (alternatives.Length == 0) return $"[{basic}{after}]";
        return basic.Length == 0 ? $"(?:{alternatives.ToString(1, alternatives.Length - 1)})" : $"(?:[{basic}{after}]{alternatives})";
    }

    /// <summary>A range of the basic plane; surrogates are named only where the pattern itself names one alone.</summary>
    private static void AppendBasic(StringBuilder text, int low, int high)
    {
        if (low < 0xD800 && high > 0xDFFF)
        {
            AppendRange(text, low, 0xD7FF);
            AppendRange(text, 0xE000, high);
        }
        else
        {
            AppendRange(text, low, high);
        }
    }

    private static void AppendRange(StringBuilder text, int low, int high)
    {
        text.Append(Escape(low));
        if (high > low) text.Append('-').Append(Escape(high));
    }

    private static void AppendPairs(StringBuilder text, int low, int high)
    {
        while (low <= high)
        {
            // A run of whole lead surrogates at once, else what is left of one.
            var lead = (low - FirstAstral) >> 10;
            var wholeLeads = ((high - FirstAstral + 1) >> 10) - lead;
            var isWhole = (low & 0x3FF) == 0 && wholeLeads > 0;
            var end = isWhole ? low + (wholeLeads << 10) - 1 : Math.Min(high, low | 0x3FF);
            var lastLead = (end - FirstAstral) >> 10;
            text.Append("|[");
            AppendRange(text, 0xD800 + lead, 0xD800 + lastLead);
            text.Append("][");
            AppendRange(text, 0xDC00 + (low & 0x3FF), 0xDC00 + (end & 0x3FF));
            text.Append(']');
            low = end + 1;
        }
    }

    private static IEnumerable<(int Low, int High)> Basic(IEnumerable<(int Low, int High)> ranges) =>
        ranges.Where(range => range.Low < FirstAstral).Select(range => (range.Low, Math.Min(range.High, FirstAstral - 1)));

    private static IEnumerable<(int Low, int High)> Astral(IEnumerable<(int Low, int High)> ranges) =>
        ranges.Where(range => range.High >= FirstAstral).Select(range => (Math.Max(range.Low, FirstAstral), range.High));

    private static List<(int Low, int High)> Complement(IEnumerable<(int Low, int High)> ranges)
    {
        var rest = new List<(int, int)>();
        var next = 0;
        foreach (var (low, high) in ranges.OrderBy(range => range.Low))
        {
            if (low > next) rest.Add((next, low - 1));
            next = Math.Max(next, high + 1);
        }
        if (next <= Last) rest.Add((next, Last));
        return rest;
    }

    private static FrozenDictionary<string, string> ReadCategories(string table)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in table.Split(','))
        {
            var (code, name) = (row.Split(' ')[0], row.Split(' ')[1]);
            names[code] = names[name] = code;
        }
        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
