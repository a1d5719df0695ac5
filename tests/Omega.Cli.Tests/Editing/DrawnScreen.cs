using System.Globalization;
using Omega.Cli.Screen;

namespace Omega.Cli.Tests.Editing;

/// <summary>A terminal of a width that knows what the program sends; wide characters take two cells. A write into its last column fails.</summary>
internal sealed class DrawnScreen(int width)
{
    private readonly List<string[]> _rows = [];

    public int Row { get; private set; }

    public int Column { get; private set; }

    /// <summary>The rows as text, without the blanks at their ends.</summary>
    public IReadOnlyList<string> Rows => [.. _rows.Select(row => string.Concat(row).TrimEnd())];

    public void Write(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            switch (text[at])
            {
                case '\r':
                    Column = 0;
                    at++;
                    break;
                case '\n':
                    Row++;
                    at++;
                    break;
                case '\a':
                    at++;
                    break;
                case '\e':
                    at = Sequence(text, at + 2);
                    break;
                default:
                    var length = StringInfo.GetNextTextElementLength(text, at);
                    Put(text.Substring(at, length));
                    at += length;
                    break;
            }
        }
    }

    private int Sequence(string text, int at)
    {
        var end = at;
        while (!char.IsAsciiLetter(text[end]))
            end++;
        var argument = text[at..end];
        var count = int.TryParse(argument, CultureInfo.InvariantCulture, out var given) ? given : 1;
        switch (text[end])
        {
            case 'A':
                Assert.True(Row >= count, "The cursor leaves the screen at its top.");
                Row -= count;
                break;
            case 'B':
                Row += count;
                break;
            case 'C':
                Column += count;
                break;
            case 'D':
                Assert.True(Column >= count, "The cursor leaves the screen at its left.");
                Column -= count;
                break;
            case 'K':
                Cells(Row).AsSpan(Column).Fill(" ");
                break;
            case 'J':
                if (argument == "2")
                    _rows.Clear();
                else if (_rows.Count > Row + 1)
                    _rows.RemoveRange(Row + 1, _rows.Count - Row - 1);
                break;
            case 'H':
                (Row, Column) = (0, 0);
                break;
            case 'm' or 'h' or 'l':
                break;
            default:
                Assert.Fail($"Unknown sequence ending in {text[end]}.");
                break;
        }

        return end + 1;
    }

    private void Put(string element)
    {
        var columns = PlainText.Columns(element);
        Assert.True(Column + columns < width, $"\"{element}\" at column {Column} would touch the last of {width}.");
        var cells = Cells(Row);
        if (columns == 0)
        {
            cells[Math.Max(Column - 1, 0)] += element;
            return;
        }

        cells[Column] = element;
        for (var i = 1; i < columns; i++)
            cells[Column + i] = "";
        Column += columns;
    }

    private string[] Cells(int row)
    {
        while (_rows.Count <= row)
        {
            var cells = new string[width + 1];
            cells.AsSpan().Fill(" ");
            _rows.Add(cells);
        }

        return _rows[row];
    }
}
