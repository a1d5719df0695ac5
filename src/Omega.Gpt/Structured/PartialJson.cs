using System.Text;

namespace Omega.Gpt.Structured;

/// <summary>
/// Reads JSON text piece by piece and can close it at any time: what is complete so far as a valid document, with open objects and
/// arrays ended. A member without its value is left out; a number counts only once something follows it; an open string is cut after its
/// last whole character, or left out. Each character is read once. Not thread-safe.
/// </summary>
internal sealed class PartialJson(int maxDepth = PartialJson.DefaultMaxDepth)
{
    public const int DefaultMaxDepth = 128;

    private readonly StringBuilder _text = new();
    private readonly List<Frame> _stack = [];
    private State _state = State.Value;
    private int _at;
    private int _valueStart;
    private int _safe;
    private bool _hasValue;
    private StringScan _string;
    private NumberScan _number;

    private enum State
    {
        Value,
        ValueOrEnd,
        NameOrEnd,
        Name,
        InName,
        Colon,
        InString,
        InNumber,
        InLiteral,
        AfterValue,
        Done,
        Broken,
    }

    /// <summary>Whether the text so far cannot begin any JSON document; it then stays as it was before.</summary>
    public bool IsBroken => _state == State.Broken;

    /// <summary>Whether the document's one value has ended. A number at the root has once something follows it.</summary>
    public bool IsComplete => _state == State.Done;

    /// <summary>Whether a string value is being written.</summary>
    public bool IsInText => _state == State.InString;

    /// <summary>The whole of the text, up to the first character that broke it or followed the value.</summary>
    public StringBuilder Text => _text;

    /// <summary>The closed document of a text that is given whole; null where there is no value yet, or the text is not JSON.</summary>
    public static string? Close(string text, bool keepsOpenText = true)
    {
        var json = new PartialJson();
        json.Append(text);
        return json.IsBroken ? null : json.Close(keepsOpenText);
    }

    /// <summary>Reads on. What follows the document's value is not read.</summary>
    public void Append(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (_state is State.Done or State.Broken)
                return;
            _text.Append(c);
            Read(c);
            _at++;
        }
    }

    /// <summary>The document as far as it is complete; null where nothing is.</summary>
    /// <param name="keepsOpenText">Whether a string that is being written is kept as far as it goes.</param>
    public string? Close(bool keepsOpenText)
    {
        var keeps = keepsOpenText && IsInText;
        if (!_hasValue && !keeps)
            return null;
        var closed = new StringBuilder(_text.Length + _stack.Count + 1);
        closed.Append(_text, 0, keeps ? _string.Whole : _safe);
        if (keeps)
            closed.Append('"');
        for (var i = _stack.Count - 1; i >= 0; i--)
            closed.Append(_stack[i].IsObject ? '}' : ']');
        return closed.ToString();
    }

    /// <summary>Where the value that is being written stands: the names of members, null for an item of an array.</summary>
    public IEnumerable<string?> Place()
    {
        foreach (var frame in _stack)
            yield return frame.IsObject ? System.Text.Json.JsonElement.Parse(_text.ToString(frame.NameStart, frame.NameEnd - frame.NameStart)).GetString() : null;
    }

    private void Read(char c)
    {
        switch (_state)
        {
            case State.InString or State.InName:
                ReadText(c);
                return;
            case State.InNumber:
                if (_number.TryRead(c))
                    return;
                if (!_number.IsComplete)
                {
                    _state = State.Broken;
                    return;
                }

                EndValue(_at);
                break;
            case State.InLiteral:
                ReadLiteral(c);
                return;
        }

        if (_state is State.Done or State.Broken || c is ' ' or '\t' or '\r' or '\n')
            return;
        _state = _state switch
        {
            State.Value => Begin(c),
            State.ValueOrEnd => c == ']' ? End(isObject: false) : Begin(c),
            State.NameOrEnd => c == '}' ? End(isObject: true) : BeginName(c),
            State.Name => BeginName(c),
            State.Colon => c == ':' ? State.Value : State.Broken,
            _ => c switch
            {
                ',' => _stack[^1].IsObject ? State.Name : State.Value,
                '}' => End(isObject: true),
                ']' => End(isObject: false),
                _ => State.Broken,
            },
        };
    }

    private State Begin(char c)
    {
        _valueStart = _at;
        switch (c)
        {
            case '{' or '[':
                if (_stack.Count >= maxDepth)
                    return State.Broken;
                _stack.Add(new Frame(c == '{', 0, 0));
                (_safe, _hasValue) = (_at + 1, true);
                return c == '{' ? State.NameOrEnd : State.ValueOrEnd;
            case '"':
                _string = new StringScan(_at + 1);
                return State.InString;
            case '-' or (>= '0' and <= '9'):
                _number = new NumberScan(c);
                return State.InNumber;
            case 't' or 'f' or 'n':
                return State.InLiteral;
            default:
                return State.Broken;
        }
    }

    private State BeginName(char c)
    {
        if (c != '"')
            return State.Broken;
        _stack[^1] = new Frame(true, _at, 0);
        _string = new StringScan(_at + 1);
        return State.InName;
    }

    private State End(bool isObject)
    {
        if (_stack.Count == 0 || _stack[^1].IsObject != isObject)
            return State.Broken;
        _stack.RemoveAt(_stack.Count - 1);
        EndValue(_at + 1);
        return _state;
    }

    private void EndValue(int end)
    {
        (_safe, _hasValue) = (end, true);
        _state = _stack.Count == 0 ? State.Done : State.AfterValue;
    }

    private void ReadText(char c)
    {
        if (!_string.TryRead(c, _at))
        {
            _state = State.Broken;
        }
        else if (_string.IsComplete && _state == State.InName)
        {
            _stack[^1] = _stack[^1] with { NameEnd = _at + 1 };
            _state = State.Colon;
        }
        else if (_string.IsComplete)
        {
            EndValue(_at + 1);
        }
    }

    private void ReadLiteral(char c)
    {
        var word = _text[_valueStart] switch { 't' => "true", 'f' => "false", _ => "null" };
        var index = _at - _valueStart;
        if (word[index] != c)
            _state = State.Broken;
        else if (index == word.Length - 1)
            EndValue(_at + 1);
    }

    /// <summary>An open object or array; for an object, the place of the name last read.</summary>
    private readonly record struct Frame(bool IsObject, int NameStart, int NameEnd);
}
