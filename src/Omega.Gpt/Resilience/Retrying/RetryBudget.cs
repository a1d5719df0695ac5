namespace Omega.Gpt.Resilience.Retrying;

/// <summary>
/// How many retries a provider gets, over all turns: so many a minute, and a share of its requests beyond them, so that an outage is not
/// answered with a multiple of the usual load. No more than a minute's worth is saved up. Thread-safe.
/// </summary>
internal sealed class RetryBudget(RetryOptions options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly double _most = Math.Max(options.RetriesPerMinute, 1);
    private double _left = options.RetriesPerMinute;
    private long _reckoned = time.GetTimestamp();

    /// <summary>A request goes to the provider.</summary>
    public void Earn()
    {
        lock (_lock)
            _left = Math.Min(_most, _left + options.RetryShare);
    }

    /// <summary>Takes one retry.</summary>
    /// <returns>False where there is none left.</returns>
    public bool TryTake()
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _left = Math.Min(_most, _left + (time.GetElapsedTime(_reckoned, now).TotalMinutes * options.RetriesPerMinute));
            _reckoned = now;
            if (_left < 1)
                return false;
            _left--;
            return true;
        }
    }
}
