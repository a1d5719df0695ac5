namespace Omega.Desk.Prose;

/// <summary>Finds the blocks of plain text or Markdown. Code between fences is left out.</summary>
internal sealed class BlockReader
{
    private readonly string _text;
    private readonly List<Token> _tokens;
    private readonly List<Block> _blocks = [];
    private Block? _open;
    private Block? _heading;
    private Block? _header;

    private BlockReader(string text, List<Token> tokens) => (_text, _tokens) = (text, tokens);

    /// <summary>The blocks of the first <paramref name="length"/> characters; their tokens are added to <paramref name="tokens"/>.</summary>
    public static List<Block> Read(string text, int length, List<Token> tokens)
    {
        var reader = new BlockReader(text, tokens);
        var fenced = false;
        for (var start = 0; start < length;)
        {
            var end = text.IndexOf('\n', start, length - start) is var found and >= 0 ? found : length;
            var from = start;
            while (from < end && text[from] is ' ' or '\t' or '>')
                from++;
            var line = text.AsSpan(from, end - from).TrimEnd();
            if (line.StartsWith("```") || line.StartsWith("~~~"))
                fenced = !fenced;
            else if (!fenced)
                reader.Line(line, from, from - start);
            start = end + 1;
        }

        reader.Close();
        return reader._blocks;
    }

    private void Line(ReadOnlySpan<char> line, int from, int indent)
    {
        if (line.IsEmpty)
        {
            Close();
            _header = null;
            return;
        }

        if (line[0] == '|')
        {
            Close();
            if (line.ContainsAnyExcept("|-: \t"))
                Open(BlockKind.Row, from, line.Length, indent);
            return;
        }

        _header = null;
        var marker = Marker(line);
        if (line[0] == '#' || IsBold(line))
        {
            Close();
            var skipped = line.IndexOfAnyExcept('#') is var letters and >= 0 ? letters : line.Length;
            Open(BlockKind.Heading, from + skipped, line.Length - skipped, indent);
            Close();
        }
        else if (marker > 0)
        {
            Close();
            Open(BlockKind.Item, from + marker, line.Length - marker, indent);
        }
        else if (_open is null)
        {
            Open(BlockKind.Paragraph, from, line.Length, indent);
        }
        else
        {
            // The paragraph goes on.
            Lexer.Read(_text, from, from + line.Length, _tokens);
        }
    }

    private void Open(BlockKind kind, int from, int length, int indent)
    {
        var block = new Block { Kind = kind, First = _tokens.Count, Indent = indent, Heading = _heading, Lead = kind == BlockKind.Heading ? null : Lead(kind, indent), Header = kind == BlockKind.Row ? _header : null };
        Lexer.Read(_text, from, from + length, _tokens);
        _blocks.Add(block);
        _open = block;
        if (kind == BlockKind.Row)
        {
            _header ??= block;
            Close();
        }
        else if (kind == BlockKind.Heading)
        {
            _heading = block;
        }
    }

    private void Close()
    {
        if (_open is null)
            return;
        _open.End = _tokens.Count;
        _open.IsLead = _open.End > _open.First && _tokens[_open.End - 1].Is(':');
        _open = null;
    }

    /// <summary>What an entry belongs to: the item around it, or the line in a colon above; of other blocks, such a line just before.</summary>
    private Block? Lead(BlockKind kind, int indent)
    {
        for (var i = _blocks.Count - 1; i >= 0; i--)
        {
            var above = _blocks[i];
            if (above.Kind == BlockKind.Item ? kind == BlockKind.Item && above.Indent < indent : above.IsLead)
                return above;
            if (above.Kind is BlockKind.Heading or BlockKind.Paragraph || above.Kind != kind)
                return null;
        }

        return null;
    }

    /// <summary>The length of a list's marker; 0 where there is none.</summary>
    private static int Marker(ReadOnlySpan<char> line)
    {
        var digits = line.IndexOfAnyExceptInRange('0', '9');
        if (digits is > 0 and <= 3 && digits + 1 < line.Length && line[digits] is '.' or ')' && line[digits + 1] == ' ')
            return digits + 2;
        return line.Length > 1 && line[0] is '-' or '*' or '+' or '•' && line[1] == ' ' ? 2 : 0;
    }

    /// <summary>A line all in bold is a heading.</summary>
    private static bool IsBold(ReadOnlySpan<char> line)
    {
        var inner = line.TrimEnd(':');
        return inner.Length > 4 && inner.StartsWith("**") && inner.EndsWith("**") && !inner[2..^2].Contains("**", StringComparison.Ordinal);
    }
}
