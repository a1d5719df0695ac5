namespace Omega.Gpt.Resilience;

/// <summary>
/// A limit as a provider announces it: so much at most, so much left, full again after a while. It is kept as a bucket that fills at the
/// pace which the announcement implies (used up ÷ time until full), between two announcements as well. Not thread-safe.
/// </summary>
internal sealed class AnnouncedRate
{
    private const double Tolerance = 1e-6;

    private double _limit;
    private double _perSecond;
    private double _left;
    private double _at;

    /// <summary>Takes an announcement.</summary>
    /// <param name="quota">What the provider said.</param>
    /// <param name="now">When it said so.</param>
    public void Announce(AnnouncedQuota quota, double now)
    {
        var isFirst = _at == 0 && _limit == 0;
        Fill(now);
        var used = quota.Limit - quota.Remaining;
        if (used > 0 && quota.Reset > 0)
            _perSecond = used / quota.Reset;
        else if (isFirst)
            _perSecond = quota.Limit / 60;
        _limit = quota.Limit;
        // What was taken since the provider counted is known here alone, so its word lowers what is left and never raises it.
        _left = isFirst ? quota.Remaining : Math.Min(_left, quota.Remaining);
    }

    /// <summary>Seconds until an amount may be taken; more than the limit counts as the limit, else it never could.</summary>
    public double WaitFor(double amount, double now) => ExpectedFor(Math.Min(amount, _limit), now);

    /// <summary>About how long until this and all that waits before it may be taken.</summary>
    public double ExpectedFor(double total, double now)
    {
        Fill(now);
        var lacking = total - _left;
        return lacking <= Tolerance || _perSecond <= 0 ? 0 : lacking / _perSecond;
    }

    /// <summary>Takes an amount, or gives one back where it is negative.</summary>
    public void Take(double amount, double now)
    {
        Fill(now);
        _left = Math.Min(_limit, _left - amount);
    }

    private void Fill(double now)
    {
        _left = Math.Min(_limit, _left + ((now - _at) * _perSecond));
        _at = now;
    }
}

/// <summary>One limit of an answer's headers.</summary>
/// <param name="Limit">At most.</param>
/// <param name="Remaining">Left now.</param>
/// <param name="Reset">Seconds until it is full again; 0 where the provider does not say.</param>
internal readonly record struct AnnouncedQuota(double Limit, double Remaining, double Reset);
