using System.Globalization;
using System.Text;
using Omega.Cli.Screen;

namespace Omega.Cli.Editing;

/// <summary>
/// How a text being edited stands on a screen: rows that never fill the last column, for a full row would wrap where a terminal likes.
/// Pure.
/// </summary>
/// <param name="Rows">The rows; the first begins behind the prompt, the others are indented.</param>
/// <param name="Row">The cursor's row.</param>
/// <param name="Column">The cursor's column.</param>
internal sealed record EditLayout(IReadOnlyList<string> Rows, int Row, int Column)
{
    /// <summary>How far rows but the first are indented.</summary>
    public const int Indent = 2;

    private const int Narrowest = 12;
    private const string Tab = "    ";

    /// <param name="promptColumns">Columns of the prompt.</param>
    /// <param name="text">The text.</param>
    /// <param name="cursor">Where the cursor is in it.</param>
    /// <param name="width">Columns of the screen; at least 12 are used.</param>
    /// <param name="height">Rows of the screen; of more rows those around the cursor are left.</param>
    public static EditLayout Of(int promptColumns, string text, int cursor, int width, int height)
    {
        var room = Math.Max(width, Narrowest) - 1;
        List<string> rows = [];
        var row = new StringBuilder();
        var column = promptColumns;
        (int Row, int Column)? place = null;
        for (var at = 0; at < text.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(text, at);
            var shown = text[at] == '\t' ? Tab : text.Substring(at, length);
            var columns = shown == "\n" ? 0 : PlainText.Columns(shown);
            if (column + columns > room)
                EndRow();
            if (cursor >= at && cursor < at + length)
                place = (rows.Count, column);
            if (shown == "\n")
            {
                EndRow();
            }
            else
            {
                row.Append(shown);
                column += columns;
            }

            at += length;
        }

        place ??= (rows.Count, column);
        rows.Add(row.ToString());
        return new EditLayout(rows, place.Value.Row, place.Value.Column).Around(Math.Max(height - 1, 1));

        void EndRow()
        {
            rows.Add(row.ToString());
            row.Clear().Append(' ', Indent);
            column = Indent;
        }
    }

    private EditLayout Around(int most)
    {
        if (Rows.Count <= most)
            return this;
        var from = Math.Clamp(Row - (most / 2), 0, Rows.Count - most);
        return new EditLayout([.. Rows.Skip(from).Take(most)], Row - from, Column) { IsFromTop = from == 0 };
    }

    /// <summary>Whether the first row is the one behind the prompt.</summary>
    public bool IsFromTop { get; private init; } = true;
}
