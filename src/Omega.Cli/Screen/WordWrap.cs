using System.Text;

namespace Omega.Cli.Screen;

/// <summary>
/// Breaks the lines of a text that arrives in pieces between words. Nothing is held back: a word that turns out not to fit is taken away
/// where it stood and written on the next line, below the text of a list's item. Code between fences and tables are left as they are.
/// </summary>
internal sealed class WordWrap
{
    private const string Fence = "```";
    private const int TabWidth = 8;

    private readonly StringBuilder _written = new();
    private readonly StringBuilder _word = new();
    private readonly StringBuilder _line = new();
    private int _column;
    private int _wordColumns;
    private int _indent;
    private bool _isCode;
    private char _half;

    /// <summary>A whole text broken between words; further lines are indented as the first one is.</summary>
    /// <param name="text">Without control characters but line ends.</param>
    /// <param name="width">Columns of the screen; the last one stays free.</param>
    public static string Whole(string text, int width) =>
        PlainText.Columns(text) < width ? text : string.Join('\n', text.Split('\n').Select(line => WholeLine(line, width - 1)));

    /// <summary>What to write for the next piece.</summary>
    /// <param name="piece">Without control characters but line ends and tabs.</param>
    /// <param name="width">Columns of the screen; the last one stays free.</param>
    public string Take(string piece, int width)
    {
        _written.Clear();
        foreach (var c in piece)
        {
            // The two halves of a character may come in two pieces.
            if (char.IsHighSurrogate(c))
            {
                _half = c;
                continue;
            }

            Add(_half == '\0' ? c.ToString() : new string([_half, c]), width - 1);
            _half = '\0';
        }

        return _written.ToString();
    }

    /// <summary>The next piece begins a text of its own, at the beginning of a line.</summary>
    public void Reset()
    {
        EndLine();
        (_isCode, _half) = (false, '\0');
    }

    private static string WholeLine(string line, int room)
    {
        var indent = line.Length - line.AsSpan().TrimStart(' ').Length;
        var (broken, columns) = (new StringBuilder(), 0);
        foreach (var word in line[indent..].Split(' '))
        {
            var width = PlainText.Columns(word);
            if (columns > 0 && columns + 1 + width > room)
            {
                broken.Append('\n');
                columns = 0;
            }

            broken.Append(columns == 0 ? new string(' ', indent) : " ").Append(word);
            columns += (columns == 0 ? indent : 1) + width;
        }

        return broken.ToString();
    }

    private void Add(string character, int room)
    {
        switch (character)
        {
            case "\n":
                EndLine();
                _written.Append('\n');
                return;
            case " " or "\t":
                Space(character, room);
                return;
        }

        Head(character);
        var columns = PlainText.Columns(character);
        if (_isCode || _column + columns <= room || IsTable)
        {
            _word.Append(character);
            _written.Append(character);
            (_column, _wordColumns) = (_column + columns, _wordColumns + columns);
            return;
        }

        Break(character, columns, room);
    }

    private bool IsTable => _line.Length > 0 && _line[0] == '|';

    private void Break(string character, int columns, int room)
    {
        // A word that begins its line, or would fill the next one too, is cut where the line ends.
        if (_column - _wordColumns > _indent && _wordColumns > 0)
        {
            _written.Append(FormattableString.Invariant($"\e[{_wordColumns}D\e[K"));
            NewLine();
        }

        if (_column - _wordColumns <= _indent && _indent + _wordColumns + columns > room)
        {
            _word.Clear();
            _wordColumns = 0;
            NewLine();
        }
        else if (_wordColumns == 0)
        {
            NewLine();
        }

        _word.Append(character);
        _written.Append(character);
        (_column, _wordColumns) = (_column + columns, _wordColumns + columns);
    }

    private void NewLine()
    {
        _written.Append('\n').Append(' ', _indent).Append(_word);
        _column = _indent + _wordColumns;
    }

    private void Space(string character, int room)
    {
        Head(character);
        _word.Clear();
        _wordColumns = 0;
        var columns = character == "\t" ? TabWidth - (_column % TabWidth) : 1;
        // A space that does not fit is the line's end, which the next word makes.
        if (_column + columns > room && !_isCode && !IsTable)
            return;
        _written.Append(character);
        _column += columns;
    }

    // How a line begins says what it is: a fence, a table, an item of a list.
    private void Head(string character)
    {
        if (_line.Length > 12)
            return;
        _line.Append(character);
        if (_line.Length == Fence.Length && _line.ToString() == Fence)
            _isCode = !_isCode;
        var text = _line.ToString().TrimStart();
        if (text is "- " or "* ")
            _indent = _line.Length;
    }

    private void EndLine()
    {
        _word.Clear();
        _line.Clear();
        (_column, _wordColumns, _indent) = (0, 0, 0);
    }
}
