namespace Omega.TestKit.Tests;

public sealed class ClockDriverTests
{
    private readonly ClockDriver _clock = new();
    private readonly DateTimeOffset _start = new ClockDriver().Now;

    [Fact]
    public async Task RunAsync_ChainOfDelays_EachFiresAtItsTime()
    {
        var fired = new List<TimeSpan>();
        async Task Work()
        {
            foreach (var seconds in new[] { 1, 60, 3600 })
            {
                await Task.Delay(TimeSpan.FromSeconds(seconds), _clock.Time);
                fired.Add(_clock.Now - _start);
            }
        }

        await _clock.RunAsync(Work());

        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(61), TimeSpan.FromSeconds(3661)], fired);
        Assert.Equal(0, _clock.PendingTimers);
    }

    [Fact]
    public async Task RunAsync_WithStep_NeverJumpsOverATimerNorFurtherThanTheStep()
    {
        var largest = TimeSpan.Zero;
        var last = _start;
        async Task Work()
        {
            using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(300), _clock.Time);
            for (var i = 0; i < 5; i++)
            {
                await ticks.WaitForNextTickAsync();
                largest = TimeSpan.FromTicks(Math.Max(largest.Ticks, (_clock.Now - last).Ticks));
                last = _clock.Now;
            }
        }

        await _clock.RunAsync(Work(), step: TimeSpan.FromMilliseconds(700));

        Assert.Equal(TimeSpan.FromMilliseconds(300), largest);
        Assert.Equal(TimeSpan.FromMilliseconds(1500), _clock.Now - _start);
    }

    [Fact]
    public async Task RunAsync_TaskFails_ThrowsItsException()
    {
        async Task<int> Work()
        {
            await Task.Delay(TimeSpan.FromSeconds(1), _clock.Time);
            throw new InvalidOperationException("Oh.");
        }

        await Assert.ThrowsAsync<InvalidOperationException>(() => _clock.RunAsync(Work()));
    }

    [Fact]
    public async Task RunAsync_NothingCanCompleteIt_BoundedInRealTime()
    {
        var never = new TaskCompletionSource();

        var error = await Assert.ThrowsAsync<TimeoutException>(() => _clock.RunAsync(never.Task, bound: TimeSpan.FromMilliseconds(30)));

        Assert.Contains("never.Task", error.Message, StringComparison.Ordinal);
        Assert.Equal(_start, _clock.Now);
    }

    [Fact]
    public async Task UntilAsync_Condition_StopsAsSoonAsItHolds()
    {
        var count = 0;
        using var timer = _clock.Time.CreateTimer(_ => count++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

        await _clock.UntilAsync(() => count == 7);

        Assert.Equal(TimeSpan.FromSeconds(7), _clock.Now - _start);
        Assert.Equal(1, _clock.PendingTimers);
    }

    [Fact]
    public async Task AdvanceAsync_TimersOnTheWay_AllFireAndTimeIsExact()
    {
        var fired = new List<double>();
        using var timer = _clock.Time.CreateTimer(_ => fired.Add((_clock.Now - _start).TotalSeconds), null, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));

        await _clock.AdvanceAsync(TimeSpan.FromSeconds(5));

        Assert.Equal([2.0, 4.0], fired);
        Assert.Equal(TimeSpan.FromSeconds(5), _clock.Now - _start);
        Assert.Equal(TimeSpan.FromSeconds(1), _clock.UntilNextTimer);
    }

    [Fact]
    public async Task PendingTimers_CancelledChangedDisposed_NotCounted()
    {
        using var cancelled = new CancellationTokenSource();
        var delay = Task.Delay(TimeSpan.FromSeconds(1), _clock.Time, cancelled.Token);
        var disposed = _clock.Time.CreateTimer(_ => { }, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        using var changed = _clock.Time.CreateTimer(_ => { }, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        await _clock.WaitForTimersAsync(3);

        await cancelled.CancelAsync();
        await disposed.DisposeAsync();
        changed.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        Assert.Equal(0, _clock.PendingTimers);
        Assert.Null(_clock.UntilNextTimer);
        await Assert.ThrowsAsync<TaskCanceledException>(() => delay);
    }

    [Fact]
    public async Task CreateTimer_DueAtOnce_FiresWithoutTimeMoving()
    {
        var fired = new TaskCompletionSource();

        await using var timer = _clock.Time.CreateTimer(_ => fired.SetResult(), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);

        await _clock.RunAsync(fired.Task);
        Assert.Equal(_start, _clock.Now);
    }
}
