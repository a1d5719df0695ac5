using Microsoft.Extensions.Time.Testing;

namespace Omega.TestKit;

/// <summary>A fake clock that knows when its timers are due.</summary>
internal sealed class WatchedTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<WatchedTimer, DateTimeOffset> _due = [];

    /// <summary>The due times of all pending timers, first things first.</summary>
    public DateTimeOffset[] Due()
    {
        lock (_lock)
        {
            return [.. _due.Values.Order()];
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new WatchedTimer(this, callback, state);
        timer.Attach(base.CreateTimer(_ => timer.Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        timer.Change(dueTime, period);
        return timer;
    }

    private void Set(WatchedTimer timer, TimeSpan time)
    {
        lock (_lock)
        {
            if (time < TimeSpan.Zero)
            {
                _due.Remove(timer);
            }
            else
            {
                _due[timer] = GetUtcNow() + time;
            }
        }
    }

    private sealed class WatchedTimer(WatchedTime time, TimerCallback callback, object? state) : ITimer
    {
        private ITimer? _inner;
        private TimeSpan _period = Timeout.InfiniteTimeSpan;
        private int _fired;

        public void Attach(ITimer inner) => _inner = inner;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : period;
            while (true)
            {
                var (now, fired) = (time.GetUtcNow(), Volatile.Read(ref _fired));
                time.Set(this, dueTime);
                var isChanged = _inner!.Change(dueTime, period);
                // Where time moved in between, the timer would be due later than is noted, and whoever drives the clock would wait there for ever.
                if (time.GetUtcNow() == now || Volatile.Read(ref _fired) != fired)
                    return isChanged;
            }
        }

        public void Fire()
        {
            Interlocked.Increment(ref _fired);
            time.Set(this, _period);
            callback(state);
        }

        public void Dispose()
        {
            time.Set(this, Timeout.InfiniteTimeSpan);
            _inner!.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
