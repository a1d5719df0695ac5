namespace Omega.Gpt;

/// <summary>
/// Tells, piece by piece, when a call's arguments have closed their top-level object. It looks at braces outside strings only;
/// whether the text is sound JSON is checked once, when the call is about to be acted on.
/// </summary>
internal struct ArgumentsScanner
{
    private int _depth;
    private bool _inString;
    private bool _escaped;

    /// <summary>Whether a top-level object has closed.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Reads on.</summary>
    /// <returns>True when this piece closed the object.</returns>
    public bool Append(ReadOnlySpan<char> delta)
    {
        if (IsComplete)
            return false;
        foreach (var c in delta)
        {
            if (_inString)
            {
                if (_escaped)
                    _escaped = false;
                else if (c == '\\')
                    _escaped = true;
                else if (c == '"')
                    _inString = false;
                continue;
            }

            switch (c)
            {
                case '"':
                    _inString = true;
                    break;
                case '{' or '[':
                    _depth++;
                    break;
                case '}' or ']' when --_depth == 0:
                    IsComplete = true;
                    return true;
            }
        }

        return false;
    }
}
