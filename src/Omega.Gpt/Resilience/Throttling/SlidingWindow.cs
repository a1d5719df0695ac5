namespace Omega.Gpt.Resilience;

/// <summary>An amount that may be taken in any 60 s, exactly: what was taken counts until it is 60 s old. Pure but for its memory; not thread-safe.</summary>
/// <param name="limit">The amount.</param>
internal sealed class SlidingWindow(double limit)
{
    private const double Seconds = 60;

    private readonly Queue<Taken> _taken = new();
    private double _sum;

    /// <summary>Seconds until an amount may be taken; more than the limit counts as the limit, else it never could.</summary>
    public double WaitFor(double amount, double now)
    {
        Forget(now);
        var lacking = _sum + Math.Min(amount, limit) - limit;
        if (lacking <= 0)
            return 0;
        foreach (var taken in _taken)
        {
            lacking -= taken.Amount;
            if (lacking <= 0)
                return Math.Max(0, taken.At + Seconds - now);
        }

        return Seconds;
    }

    /// <summary>About how long until this and all that waits before it may be taken.</summary>
    public double ExpectedFor(double total, double now)
    {
        var rounds = Math.Max(0, Math.Ceiling(total / limit) - 1);
        return (rounds * Seconds) + WaitFor(total - (rounds * limit), now);
    }

    public Taken Take(double amount, double now)
    {
        Forget(now);
        var taken = new Taken(now) { Amount = amount };
        _taken.Enqueue(taken);
        _sum += amount;
        return taken;
    }

    /// <summary>What was taken turned out to be another amount.</summary>
    public void Correct(Taken taken, double amount)
    {
        // What is older than the window was forgotten with its amount.
        if (!taken.IsForgotten)
            _sum += amount - taken.Amount;
        taken.Amount = amount;
    }

    private void Forget(double now)
    {
        while (_taken.TryPeek(out var oldest) && oldest.At + Seconds <= now)
        {
            _taken.Dequeue();
            oldest.IsForgotten = true;
            _sum -= oldest.Amount;
        }

        if (_taken.Count == 0)
            _sum = 0;
    }

    /// <summary>Something that was taken.</summary>
    /// <param name="at">When.</param>
    internal sealed class Taken(double at)
    {
        public double At => at;

        public double Amount { get; set; }

        public bool IsForgotten { get; set; }
    }
}
