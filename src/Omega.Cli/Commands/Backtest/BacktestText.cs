using Omega.Cli.Screen;
using Omega.Trading.Backtesting;

namespace Omega.Cli.Commands.Backtest;

/// <summary>Back-tests for people: what was run, every figure side by side, and the notes.</summary>
internal static class BacktestText
{
    private const int FactName = 12;

    public static void Facts(Terminal terminal, IEnumerable<ReportFact> facts)
    {
        foreach (var fact in facts)
            terminal.OutputLine($"{Tones.Paint(fact.Name.PadRight(FactName), Tone.Dim, terminal.OutputColour)}  {PlainText.Line(fact.Text, int.MaxValue)}");
    }

    /// <summary>The figures; as many columns beside one another as the terminal has room for.</summary>
    public static void Figures(Terminal terminal, ReportTable table)
    {
        var names = table.Groups.Max(group => Math.Max(group.Name.Length, group.Rows.Max(row => row.Label.Length) + 2));
        for (int from = 0, until; from < table.Columns.Count; from = until)
        {
            var width = names;
            for (until = from; until < table.Columns.Count && (until == from || !terminal.IsOutputTerminal || width + 2 + Width(table, until) <= terminal.Width); until++)
                width += 2 + Width(table, until);
            terminal.OutputLine("");
            foreach (var line in Block(table, from, until).Lines(terminal))
                terminal.OutputLine(line);
        }
    }

    public static void Notes(Terminal terminal, IEnumerable<string> notes)
    {
        var all = notes.ToList();
        if (all.Count == 0)
            return;
        terminal.OutputLine("");
        terminal.OutputLine(Tones.Paint("notes", Tone.Dim, terminal.OutputColour));
        foreach (var note in all)
            terminal.OutputLine($"  {PlainText.Line(note, int.MaxValue)}");
    }

    private static TextTable Block(ReportTable table, int from, int until)
    {
        var block = new TextTable([new TextColumn(""), .. table.Columns.Skip(from).Take(until - from).Select(name => new TextColumn(name, Right: true))]);
        foreach (var group in table.Groups)
        {
            // Differences to buying and holding have no meaning in its own column.
            if (group.Rows.All(row => row.Cells.Skip(from).Take(until - from).All(cell => cell.Length == 0)))
                continue;
            block.Add([group.Name, .. Enumerable.Repeat("", until - from)]);
            foreach (var row in group.Rows)
                block.Add([$"  {row.Label}", .. row.Cells.Skip(from).Take(until - from)]);
        }

        return block;
    }

    private static int Width(ReportTable table, int column) =>
        Math.Max(PlainText.Columns(table.Columns[column]), table.Groups.SelectMany(group => group.Rows).Max(row => PlainText.Columns(row.Cells[column])));
}
