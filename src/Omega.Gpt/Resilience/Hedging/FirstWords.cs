namespace Omega.Gpt.Resilience.Hedging;

/// <summary>How long a model took lately until it spoke. Thread-safe.</summary>
internal sealed class FirstWords
{
    private const int Remembered = 100;
    private const int Needed = 20;

    private readonly Lock _lock = new();
    private readonly Queue<TimeSpan> _times = new();

    /// <summary>The time within which 95 of 100 answers began; null until enough are known.</summary>
    public TimeSpan? Usual
    {
        get
        {
            lock (_lock)
            {
                if (_times.Count < Needed)
                    return null;
                var ordered = _times.Order().ToList();
                return ordered[(int)Math.Ceiling(ordered.Count * 0.95) - 1];
            }
        }
    }

    public void Add(TimeSpan time)
    {
        lock (_lock)
        {
            if (_times.Count == Remembered)
                _times.Dequeue();
            _times.Enqueue(time);
        }
    }
}
