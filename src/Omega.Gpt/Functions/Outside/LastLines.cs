using System.Text;

namespace Omega.Gpt.Functions.Outside;

/// <summary>The last lines of what a program said on standard error, bounded. Safe from any thread.</summary>
internal sealed class LastLines
{
    private const int Lines = 8, LineLength = 200;

    private readonly Lock _lock = new();
    private readonly Queue<string> _lines = [];

    public void Add(string line)
    {
        line = line.TrimEnd();
        if (line.Length == 0)
            return;
        lock (_lock)
        {
            _lines.Enqueue(line.Length <= LineLength ? line : line[..LineLength] + "…");
            if (_lines.Count > Lines)
                _lines.Dequeue();
        }
    }

    /// <summary>The lines behind a colon, or nothing.</summary>
    public override string ToString()
    {
        lock (_lock)
        {
            return _lines.Count == 0 ? "" : new StringBuilder(": ").AppendJoin('\n', _lines).ToString();
        }
    }
}
