using System.Text.Json;

namespace Omega.Gpt.Functions.Schema;

/// <summary>The string or number that a text has reached: kept only as far as its schemas ask for it.</summary>
internal sealed class IncrementalScalar
{
    /// <summary>Longer numbers are left to the full validation.</summary>
    private const int MaxNumber = 1000;

    private readonly List<SchemaNode> _nodes = [];
    private readonly List<Cursor> _cursors = [];
    private byte[] _kept = new byte[32];
    private int _length;
    private int _codePoints;
    private SchemaNode? _longest;
    private bool _isText;

    /// <summary>The strings of an enum that still begin with the text: those from Low to before High.</summary>
    private record struct Cursor(SchemaNode Node, string Keyword, Choice Choice, int Low, int High);

    /// <summary>What was wrong, once <see cref="Append"/> or <see cref="End"/> has said so.</summary>
    public IncrementalFault Fault { get; private set; } = null!;

    private ReadOnlySpan<byte> Kept => _kept.AsSpan(0, _length);

    public void Begin(List<SchemaNode> active, bool isText)
    {
        _nodes.Clear();
        _cursors.Clear();
        (_length, _codePoints, _longest, _isText) = (0, 0, null, isText);
        foreach (var node in active)
        {
            if (isText ? node.Text is null && node.Value is null : node.Number is null && node.Value is null) continue;
            _nodes.Add(node);
            if (!isText) continue;
            if (node.Text is { } rules && rules.MaxLength < (_longest?.Text!.MaxLength ?? int.MaxValue)) _longest = node;
            if (node.Value is null) continue;
            foreach (var (keyword, choice) in node.Value.Choices) _cursors.Add(new(node, keyword, choice, 0, choice.Texts.Length));
        }
    }

    /// <summary>Takes more text; fewer bytes than there are where one of them cannot be.</summary>
    public int Append(ReadOnlySpan<byte> utf8)
    {
        if (_nodes.Count == 0) return utf8.Length;
        if (!_isText)
        {
            if (_length + utf8.Length <= MaxNumber) Keep(utf8);
            else _nodes.Clear();
            return utf8.Length;
        }
        for (var i = 0; i < utf8.Length; i++)
            if (!Take(utf8[i])) return i;
        return utf8.Length;
    }

    /// <summary>Says that the value has ended. False where it must not end so.</summary>
    public bool End()
    {
        if (!_isText) return EndNumber();
        foreach (var cursor in _cursors)
            if (cursor.Choice.Texts[cursor.Low].Length != _length) return Refuse(cursor, isWhole: true);
        foreach (var node in _nodes)
        {
            if (node.Text is null || _codePoints >= node.Text.MinLength) continue;
            var expected = "at least " + Describe.Count(node.Text.MinLength, "character");
            return Refuse(node, "minLength", expected, Describe.Count(_codePoints, "character"));
        }
        return true;
    }

    private bool Take(byte b)
    {
        // Continuation bytes belong to the code point before them.
        if ((b & 0xC0) != 0x80 && ++_codePoints > (_longest?.Text!.MaxLength ?? int.MaxValue))
            return Refuse(_longest!, "maxLength", "at most " + Describe.Count(_longest!.Text!.MaxLength, "character"), "a longer string");
        if (_cursors.Count == 0) return true;
        for (var i = 0; i < _cursors.Count; i++)
        {
            var cursor = _cursors[i];
            var texts = cursor.Choice.Texts;
            while (cursor.Low < cursor.High && (texts[cursor.Low].Length <= _length || texts[cursor.Low][_length] < b)) cursor.Low++;
            while (cursor.Low < cursor.High && texts[cursor.High - 1][_length] > b) cursor.High--;
            _cursors[i] = cursor;
            if (cursor.Low < cursor.High) continue;
            Keep([b]);
            return Refuse(cursor, isWhole: false);
        }
        Keep([b]);
        return true;
    }

    private bool EndNumber()
    {
        if (_nodes.Count == 0) return true;
        var number = JsonNumber.Parse(Kept);
        foreach (var node in _nodes)
        {
            if (node.Value is { } value)
            {
                if (!value.Types.HasFlag(JsonTypes.Number) && !number.IsInteger)
                    return Refuse(node, "type", JsonTypeNames.Describe(value.Types), "the number " + Describe.Cut(Kept));
                foreach (var (keyword, choice) in value.Choices)
                    if (!choice.Has(JsonElement.Parse(Kept))) return Refuse(node, keyword, choice.InWords(), Describe.Cut(Kept));
            }
            if (node.Number?.FindBroken(number) is var (broken, expected)) return Refuse(node, broken, expected, Describe.Cut(Kept));
        }
        return true;
    }

    private bool Refuse(Cursor cursor, bool isWhole) =>
        Refuse(cursor.Node, cursor.Keyword, cursor.Choice.InWords(), $"\"{Describe.Cut(Kept)}{(isWhole ? "\"" : "…")}");

    private bool Refuse(SchemaNode node, string keyword, string expected, string found)
    {
        Fault = new(node, keyword, expected, found);
        return false;
    }

    private void Keep(ReadOnlySpan<byte> utf8)
    {
        if (_length + utf8.Length > _kept.Length) Array.Resize(ref _kept, Math.Max(_kept.Length * 2, _length + utf8.Length));
        utf8.CopyTo(_kept.AsSpan(_length));
        _length += utf8.Length;
    }
}
