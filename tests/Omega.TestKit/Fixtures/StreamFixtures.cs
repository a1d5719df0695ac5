namespace Omega.TestKit;

/// <summary>
/// Whole streams of every wire, written by the builders: what each wire says in ordinary and in odd cases. One contract
/// test can run over all of them.
/// </summary>
public static partial class StreamFixtures
{
    /// <summary>Text that goes wrong where bytes, chars and characters are taken for one another.</summary>
    internal static readonly string[] UnicodePieces =
        ["Zażółć ", "gęślą — ", "漢字と仮名 ", "e\u0301 ", "👩\u200d👩\u200d👧 ", "🇵🇱", " \u2028\u0000\u001f\"\\/", " عربى\n"];

    public static IReadOnlyList<StreamFixture> All { get; } = [.. ChatCompletions(), .. Responses(), .. Anthropic()];

    /// <summary>The names of all, for theories.</summary>
    public static IEnumerable<string> Names => All.Select(fixture => fixture.Name);

    public static StreamFixture Get(string name) => All.FirstOrDefault(fixture => fixture.Name == name)
        ?? throw new ArgumentException($"No fixture \"{name}\". Known: {string.Join(", ", Names)}.", nameof(name));

    public static IEnumerable<StreamFixture> Of(Wire wire) => All.Where(fixture => fixture.Wire == wire);
}
