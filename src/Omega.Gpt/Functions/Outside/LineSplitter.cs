using System.Text;

namespace Omega.Gpt.Functions.Outside;

/// <summary>Cuts a stream of UTF-8 bytes into lines. A line longer than the bound is given cut, once; the rest of it is left out.</summary>
internal sealed class LineSplitter(int maxLength)
{
    private readonly Decoder _decoder = new UTF8Encoding(false).GetDecoder();
    private readonly StringBuilder _line = new();
    private char[] _characters = [];

    /// <summary>The lines that ended in these bytes. A carriage return ends a line too: meters that draw over themselves use it.</summary>
    public IEnumerable<string> Add(ReadOnlyMemory<byte> bytes)
    {
        var room = Encoding.UTF8.GetMaxCharCount(bytes.Length);
        if (_characters.Length < room)
            _characters = new char[room];
        var count = _decoder.GetChars(bytes.Span, _characters, flush: false);
        for (var i = 0; i < count; i++)
        {
            if (_characters[i] is '\n' or '\r')
            {
                if (_line.Length > 0)
                    yield return Take();
            }
            else if (_line.Length < maxLength)
            {
                _line.Append(_characters[i]);
            }
        }
    }

    /// <summary>What stands behind the last line's end, or null.</summary>
    public string? End() => _line.Length > 0 ? Take() : null;

    private string Take()
    {
        // The bound may have cut between the halves of a character.
        if (char.IsHighSurrogate(_line[^1]))
            _line.Length--;
        var line = _line.ToString();
        _line.Clear();
        return line;
    }
}
