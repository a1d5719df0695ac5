namespace Omega.Gpt.Providers.ChatCompletions;

/// <summary>Follows a call's arguments as they arrive and tells when their top-level object has closed. Not a validator.</summary>
internal struct ArgumentsScan
{
    private int _depth;
    private bool _inString;
    private bool _afterBackslash;

    /// <summary>Whether the object (or array) that began first has ended.</summary>
    public bool IsClosed { get; private set; }

    public void Add(ReadOnlySpan<char> piece)
    {
        foreach (var c in piece)
        {
            if (_inString)
            {
                _inString = _afterBackslash || c != '"';
                _afterBackslash = !_afterBackslash && c == '\\';
            }
            else if (c == '"')
            {
                _inString = true;
            }
            else if (c is '{' or '[')
            {
                _depth++;
            }
            else if (c is '}' or ']')
            {
                IsClosed |= --_depth == 0;
            }
        }
    }
}
