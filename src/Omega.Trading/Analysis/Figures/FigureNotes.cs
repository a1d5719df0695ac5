namespace Omega.Trading.Analysis;

/// <summary>Turns what could not be computed into null, and says why; figures with one reason share a line.</summary>
/// <param name="bars">Bars seen so far.</param>
internal sealed class FigureNotes(long bars)
{
    /// <summary>The reason of a figure that is never null once there are enough bars.</summary>
    public const string Never = "it could not be computed";

    private readonly OrderedDictionary<string, List<string>> _figures = new(StringComparer.Ordinal);

    /// <summary>One line for each reason: <c>trend.ema_50, trend.slope_50: it needs 50 bars, there are 20.</c></summary>
    public IReadOnlyList<string> All => [.. _figures.Select(line => $"{string.Join(", ", line.Value)}: {line.Key}.")];

    /// <summary>A figure's value, or null and a note.</summary>
    /// <param name="figure">Its name in the catalogue.</param>
    /// <param name="value">NaN where there is none.</param>
    /// <param name="needed">The bars it needs.</param>
    /// <param name="otherwise">Why it can be null in spite of them.</param>
    public double? Of(string figure, double value, long needed, string otherwise)
    {
        if (double.IsFinite(value))
            return value;
        Add(figure, needed, otherwise);
        return null;
    }

    /// <summary>A value that there is from the first bar on.</summary>
    public T? Of<T>(string figure, T? value)
        where T : struct
    {
        if (value is null)
            Add(figure, 1, Never);
        return value;
    }

    /// <summary>Notes a figure that is null.</summary>
    public void Add(string figure, long needed, string otherwise) =>
        Add(figure, bars >= needed ? otherwise : $"it needs {needed} {(needed == 1 ? "bar" : "bars")}, there {(bars == 1 ? "is" : "are")} {bars}");

    /// <summary>Notes a figure that is null for a reason.</summary>
    public void Add(string figure, string reason)
    {
        if (!_figures.TryGetValue(reason, out var names))
            _figures.Add(reason, names = []);
        if (!names.Contains(figure))
            names.Add(figure);
    }
}
