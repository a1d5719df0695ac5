namespace Omega.Cli.Editing;

/// <summary>What was entered before, and where a person stands in it while going through it. What is being written is kept at its end.</summary>
internal sealed class LineHistory
{
    /// <summary>Most entries kept; the oldest go.</summary>
    public const int MaxEntries = 1_000;

    /// <summary>Longest entry kept, in characters.</summary>
    public const int MaxLength = 10_000;

    private readonly List<string> _entries;
    private string _draft = "";
    private int _at;

    public LineHistory(IEnumerable<string> entries)
    {
        _entries = [.. entries];
        _at = _entries.Count;
    }

    public IReadOnlyList<string> Entries => _entries;

    /// <summary>Adds an entry and stands at the end; false where it is not kept: empty, too long, the same as the last, or begun with a space.</summary>
    public bool Add(string entry)
    {
        var keeps = entry.Trim().Length > 0 && entry.Length <= MaxLength && entry[0] != ' ' && (_entries.Count == 0 || _entries[^1] != entry);
        if (keeps)
            _entries.Add(entry);
        if (_entries.Count > MaxEntries)
            _entries.RemoveAt(0);
        Leave();
        return keeps;
    }

    /// <summary>The entry before, or null at the beginning.</summary>
    /// <param name="written">What stands in the line now.</param>
    public string? Before(string written)
    {
        if (_at == 0)
            return null;
        if (_at == _entries.Count)
            _draft = written;
        return _entries[--_at];
    }

    /// <summary>The entry behind, or what was being written; null there.</summary>
    public string? After()
    {
        if (_at == _entries.Count)
            return null;
        return ++_at == _entries.Count ? _draft : _entries[_at];
    }

    /// <summary>Stands at the end again.</summary>
    public void Leave() => (_at, _draft) = (_entries.Count, "");
}
