using System.Text;

namespace Omega.Cli.Screen;

/// <summary>Aligned columns of plain text. One column may give way when the terminal is narrow.</summary>
internal sealed class TextTable(params IReadOnlyList<TextColumn> columns)
{
    private const int Narrowest = 12;

    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells) => _rows.Add(cells);

    /// <summary>The lines as standard output takes them: cut to fit a terminal, whole elsewhere.</summary>
    public IEnumerable<string> Lines(Terminal terminal) => Lines(terminal.IsOutputTerminal ? terminal.Width : int.MaxValue, terminal.OutputColour);

    /// <summary>The lines, a header first.</summary>
    /// <param name="width">Columns of the terminal; the flexible column is cut to fit, down to 12 columns.</param>
    /// <param name="colour">Whether the header may be painted.</param>
    public IEnumerable<string> Lines(int width, bool colour)
    {
        var widths = columns
            .Select((column, i) => Math.Max(PlainText.Columns(column.Name), _rows.Select(row => PlainText.Columns(row[i])).DefaultIfEmpty().Max()))
            .ToArray();
        var over = widths.Sum() + (2 * (widths.Length - 1)) - width;
        // The widest gives way first, a column at a time.
        var flexible = Enumerable.Range(0, widths.Length).Where(i => columns[i].Flexible).ToList();
        for (; over > 0 && flexible.Any(i => widths[i] > Narrowest); over--)
            widths[flexible.MaxBy(i => widths[i])]--;

        yield return Tones.Paint(Format([.. columns.Select(column => column.Name)], widths), Tone.Dim, colour);
        foreach (var row in _rows)
            yield return Format(row, widths);
    }

    private string Format(string[] cells, int[] widths)
    {
        var line = new StringBuilder();
        for (var i = 0; i < cells.Length; i++)
        {
            var cell = PlainText.Line(cells[i], widths[i]);
            var padding = new string(' ', Math.Max(0, widths[i] - PlainText.Columns(cell)));
            line.Append(i == 0 ? "" : "  ").Append(columns[i].Right ? padding + cell : cell + padding);
        }

        return line.ToString().TrimEnd();
    }
}

/// <summary>A column of a <see cref="TextTable"/>.</summary>
/// <param name="Name">Its header.</param>
/// <param name="Right">Whether cells stand at the right, as numbers do.</param>
/// <param name="Flexible">Whether it may be cut on a narrow terminal.</param>
internal sealed record TextColumn(string Name, bool Right = false, bool Flexible = false);
