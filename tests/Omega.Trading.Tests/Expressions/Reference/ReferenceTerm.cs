using System.Globalization;

namespace Omega.Trading.Tests.Expressions;

/// <summary>
/// An expression as text and, beside it, its meaning over a whole history: every value is computed anew from the definition, from all
/// the bars before it. Slow on purpose; shares nothing with the library.
/// </summary>
internal abstract record ReferenceTerm(string Text)
{
    protected static string Int(int value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A number at each bar of one timeframe.</summary>
internal sealed record ReferenceNumber(string Text, Func<IReadOnlyList<Candle>, int, double?> At) : ReferenceTerm(Text)
{
    public static ReferenceNumber Constant(int value) => new(Int(value), (_, _) => value);

    public static ReferenceNumber Price(string name, string prefix, Func<Candle, double> price) => new(prefix + name, (bars, i) => price(bars[i]));

    public static ReferenceNumber Binary(string sign, ReferenceNumber a, ReferenceNumber b, Func<double, double, double> of) =>
        new($"({a.Text} {sign} {b.Text})", (bars, i) => Finite(a.At(bars, i) is { } x && b.At(bars, i) is { } y ? of(x, y) : null));

    public static ReferenceNumber Call(string name, ReferenceNumber a, ReferenceNumber b, Func<double, double, double> of) =>
        Binary(name, a, b, of) with { Text = $"{name}({a.Text}, {b.Text})" };

    public static ReferenceNumber Call(string name, ReferenceNumber a, Func<double, double> of) =>
        new($"{name}({a.Text})", (bars, i) => Finite(a.At(bars, i) is { } x ? of(x) : null));

    public static ReferenceNumber Back(ReferenceNumber a, int n) => new($"{a.Text}[{Int(n)}]", (bars, i) => i >= n ? a.At(bars, i - n) : null);

    /// <summary>A function of the last n values that are there; null bars count in no window.</summary>
    public static ReferenceNumber Window(string text, ReferenceNumber a, int n, Func<IEnumerable<double>, double> of) => new(text, (bars, i) =>
    {
        if (a.At(bars, i) is null)
            return null;
        var window = Enumerable.Range(0, i + 1).Reverse().Select(j => a.At(bars, j)).OfType<double>().Take(n).ToList();
        return window.Count == n ? of(window) : null;
    });

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}

/// <summary>A truth value at each bar of one timeframe.</summary>
/// <param name="Text">The expression.</param>
/// <param name="At">The value at a bar; the flag says whether that bar has just become visible, on which alone crossings are true.</param>
internal sealed record ReferenceTruth(string Text, Func<IReadOnlyList<Candle>, int, bool, bool?> At) : ReferenceTerm(Text)
{
    public static ReferenceTruth Compare(string sign, ReferenceNumber a, ReferenceNumber b, Func<double, double, bool> of) =>
        new($"({a.Text} {sign} {b.Text})", (bars, i, _) => a.At(bars, i) is { } x && b.At(bars, i) is { } y ? of(x, y) : null);

    // C# lifts & and | over bool? just as the language defines and, or.
    public static ReferenceTruth And(ReferenceTruth a, ReferenceTruth b) => new($"({a.Text} and {b.Text})", (bars, i, fresh) => a.At(bars, i, fresh) & b.At(bars, i, fresh));

    public static ReferenceTruth Or(ReferenceTruth a, ReferenceTruth b) => new($"({a.Text} or {b.Text})", (bars, i, fresh) => a.At(bars, i, fresh) | b.At(bars, i, fresh));

    public static ReferenceTruth Not(ReferenceTruth a) => new($"(not {a.Text})", (bars, i, fresh) => !a.At(bars, i, fresh));

    public static ReferenceTruth Back(ReferenceTruth a, int n) =>
        new($"{a.Text}[{Int(n)}]", (bars, i, fresh) => n == 0 ? a.At(bars, i, fresh) : i >= n ? a.At(bars, i - n, true) : null);

    public static ReferenceTruth Cross(bool isOver, ReferenceNumber a, ReferenceNumber b) => new($"cross{(isOver ? "over" : "under")}({a.Text}, {b.Text})", (bars, i, fresh) =>
    {
        bool? now = a.At(bars, i) is { } x && b.At(bars, i) is { } y ? isOver ? x > y : x < y : null;
        bool? before = i > 0 && a.At(bars, i - 1) is { } u && b.At(bars, i - 1) is { } v ? isOver ? u <= v : u >= v : null;
        return (now & before) is true && !fresh ? false : now & before;
    });
}
