using System.Threading.RateLimiting;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Omega.Gpt.Resilience;
using Omega.TestKit;

namespace Omega.Gpt.Tests.Resilience.Throttling;

public sealed class ThrottleLimiterTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly List<ThrottleLimiter> _limiters = [];

    public void Dispose() => _limiters.ForEach(limiter => limiter.Dispose());

    [Fact]
    public async Task Acquire_MoreRequestsThanAMinuteHas_ComeInOrderAsOldOnesExpire()
    {
        var limiter = Limiter(new() { RequestsPerMinute = 2 });
        Assert.True(limiter.AttemptAcquire().IsAcquired);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(limiter.AttemptAcquire().IsAcquired);

        var refused = limiter.AttemptAcquire();
        Assert.False(refused.IsAcquired);
        Assert.Equal((true, TimeSpan.FromSeconds(50)), (refused.TryGetMetadata(MetadataName.RetryAfter, out var wait), wait));
        Assert.Equal((true, "rate_limit"), (refused.TryGetMetadata(MetadataName.ReasonPhrase, out var reason), reason));

        var waiting = Enumerable.Range(0, 3).Select(_ => limiter.AcquireAsync().AsTask()).ToList();
        Assert.False(limiter.AttemptAcquire().IsAcquired);
        _time.Advance(TimeSpan.FromSeconds(49.999));
        Assert.All(waiting, one => Assert.False(one.IsCompleted));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await waiting[0].Soon();
        _time.Advance(TimeSpan.FromSeconds(9.999));
        Assert.False(waiting[1].IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await waiting[1].Soon();
        Assert.False(waiting[2].IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(50));
        await waiting[2].Soon();
    }

    [Fact]
    public async Task Acquire_Streams_WaitForAnEndAndNotForTime()
    {
        var limiter = Limiter(new() { ConcurrentStreams = 1 });
        var first = limiter.AttemptAcquire();
        var refused = limiter.AttemptAcquire();
        Assert.False(refused.TryGetMetadata(MetadataName.RetryAfter, out _));
        Assert.Equal((true, "concurrency"), (refused.TryGetMetadata(MetadataName.ReasonPhrase, out var reason), reason));
        var waiting = limiter.AcquireAsync().AsTask();

        _time.Advance(TimeSpan.FromHours(1));
        Assert.False(waiting.IsCompleted);
        first.Dispose();
        first.Dispose();
        (await waiting.Soon()).Dispose();
        Assert.Equal(1, limiter.GetStatistics()!.CurrentAvailablePermits);
    }

    [Fact]
    public void Correct_TokensThatWereFewer_ComeBackAndMoreCountMore()
    {
        var limiter = Limiter(new() { TokensPerMinute = 100 });
        var lease = (ThrottleLease)limiter.AttemptAcquire(90);
        Assert.False(limiter.AttemptAcquire(50).IsAcquired);
        lease.Correct(20);
        Assert.True(limiter.AttemptAcquire(50).IsAcquired);
        lease.Correct(80);
        Assert.False(limiter.AttemptAcquire(1).IsAcquired);
        // Larger than any minute allows: it goes when nothing else counts, else it never would.
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.True(limiter.AttemptAcquire(1000).IsAcquired);
    }

    [Fact]
    public async Task Acquire_QueueIsFull_IsRefusedAtOnce()
    {
        var limiter = Limiter(new() { ConcurrentStreams = 1 }, queueLimit: 1);
        limiter.AttemptAcquire();
        var waiting = limiter.AcquireAsync().AsTask();

        Assert.False((await limiter.AcquireAsync().AsTask().Soon()).IsAcquired);
        Assert.False(waiting.IsCompleted);
    }

    [Fact]
    public async Task Acquire_FirstOfTheQueueGivesUp_TheNextIsServed()
    {
        var limiter = Limiter(new() { TokensPerMinute = 100 });
        limiter.AttemptAcquire(60);
        using var stop = new CancellationTokenSource();
        var large = limiter.AcquireAsync(90, stop.Token).AsTask();
        var small = limiter.AcquireAsync(10).AsTask();
        Assert.False(small.IsCompleted);

        await stop.CancelAsync();

        Assert.True((await small.Soon()).IsAcquired);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
    }

    [Fact]
    public async Task Dispose_Waiting_AreRefused()
    {
        var limiter = Limiter(new() { ConcurrentStreams = 1 });
        limiter.AttemptAcquire();
        var waiting = limiter.AcquireAsync().AsTask();
        limiter.Dispose();
        Assert.False((await waiting.Soon()).IsAcquired);
        Assert.Throws<ObjectDisposedException>(() => limiter.AttemptAcquire());
    }

    [Fact]
    public void Learn_AnnouncedRequests_HoldUntilTheyAreBack()
    {
        var limiter = Limiter(new());
        Announce(limiter, limit: 10, remaining: 1, reset: "9s");

        Assert.True(limiter.AttemptAcquire().IsAcquired);
        var refused = limiter.AttemptAcquire();
        Assert.Equal((true, TimeSpan.FromSeconds(1)), (refused.TryGetMetadata(MetadataName.RetryAfter, out var wait), wait));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(limiter.AttemptAcquire().IsAcquired);
        Assert.False(limiter.AttemptAcquire().IsAcquired);
        // An answer to a request from before says more than is left by now.
        Announce(limiter, limit: 10, remaining: 3, reset: "7s");
        Assert.False(limiter.AttemptAcquire().IsAcquired);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(10, Enumerable.Range(0, 12).Count(_ => limiter.AttemptAcquire().IsAcquired));
    }

    [Fact]
    public async Task Pause_Requests_WaitForTheProvidersTime()
    {
        var limiter = Limiter(new());
        limiter.Pause(TimeSpan.FromSeconds(5));
        limiter.Pause(TimeSpan.FromSeconds(2));
        Assert.Equal((true, "provider"), (limiter.AttemptAcquire().TryGetMetadata(MetadataName.ReasonPhrase, out var reason), reason));
        var waiting = limiter.AcquireAsync().AsTask();
        _time.Advance(TimeSpan.FromSeconds(4.999));
        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True((await waiting.Soon()).IsAcquired);

        limiter.Pause(TimeSpan.FromSeconds(1e9));
        Assert.True(limiter.AttemptAcquire().TryGetMetadata(MetadataName.RetryAfter, out var wait) && (TimeSpan)wait! <= TimeSpan.FromDays(1));
    }

    /// <summary>
    /// Any order of asking, giving up, ending, correcting and waiting: the limits hold at every moment, whoever came first goes first, and in
    /// the end nothing is held and everybody was answered.
    /// </summary>
    [Fact]
    public void Limiter_AnyHistory_KeepsItsLimitsAndLosesNoPermit() => Gen.Select(
        Gen.Int[1, 4], Gen.Int[1, 6], Gen.Int[10, 60],
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 30]).List[1, 60]).Sample((streams, requests, tokens, steps) =>
    {
        var time = new FakeTimeProvider();
        using var limiter = new ThrottleLimiter(new() { ConcurrentStreams = streams, RequestsPerMinute = requests, TokensPerMinute = tokens }, queueLimit: 8, time);
        var asked = new List<(Task<RateLimitLease> Task, CancellationTokenSource Stop, int Tokens)>();
        var granted = new List<(double At, int Tokens)>();
        var open = new List<RateLimitLease>();
        var seen = new HashSet<Task<RateLimitLease>>();
        foreach (var (kind, amount) in steps)
        {
            switch (kind)
            {
                case 0 or 1 or 2:
                    var stop = new CancellationTokenSource();
                    asked.Add((limiter.AcquireAsync(Math.Max(1, amount), stop.Token).AsTask(), stop, Math.Max(1, amount)));
                    break;
                case 3 when open.Count > 0:
                    open[amount % open.Count].Dispose();
                    open.RemoveAt(amount % open.Count);
                    break;
                case 4 when asked.Count > 0:
                    asked[amount % asked.Count].Stop.Cancel();
                    break;
                default:
                    time.Advance(TimeSpan.FromSeconds(amount));
                    break;
            }

            Gather();
        }

        foreach (var one in asked)
            one.Stop.Cancel();
        Gather();
        open.ForEach(lease => lease.Dispose());
        Assert.All(asked, one => Assert.True(one.Task.IsCompleted));
        var statistics = limiter.GetStatistics()!;
        Assert.Equal((streams, 0, (long)granted.Count), (statistics.CurrentAvailablePermits, statistics.CurrentQueuedCount, statistics.TotalSuccessfulLeases));
        Assert.NotNull(limiter.IdleDuration);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(Math.Min(streams, requests), Enumerable.Range(0, streams + 1).Count(_ => limiter.AttemptAcquire(1).IsAcquired));

        void Gather()
        {
            var now = time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
            var lastGranted = asked.FindLastIndex(one => IsGranted(one.Task));
            Assert.DoesNotContain(asked.Take(Math.Max(0, lastGranted)), one => !one.Task.IsCompleted);
            foreach (var (task, _, taken) in asked.Where(one => IsGranted(one.Task) && seen.Add(one.Task)))
            {
                granted.Add((now, taken));
                open.Add(LeaseOf(task));
            }

            Assert.InRange(open.Count, 0, streams);
            var minute = granted.Where(one => one.At > now - 60).ToList();
            Assert.InRange(minute.Count, 0, requests);
            Assert.True(minute.Sum(one => one.Tokens) <= tokens || minute.Count == 1, $"{minute.Sum(one => one.Tokens)} tokens in a minute of {tokens}");
        }
    }, iter: 2000);

    [Fact]
    public async Task Limiter_ManyAtOnce_GivesEveryPermitBack()
    {
        var limiter = Limiter(new() { ConcurrentStreams = 3 }, queueLimit: 1000);
        var most = 0;
        var now = 0;
        await Task.WhenAll(Enumerable.Range(0, 400).Select(number => Task.Run(async () =>
        {
            using var stop = new CancellationTokenSource();
            var asking = limiter.AcquireAsync(1, stop.Token).AsTask();
            if (number % 3 == 0)
                await stop.CancelAsync();
            try
            {
                using var lease = await asking;
                InterlockedMax(ref most, Interlocked.Increment(ref now));
                await Task.Yield();
                Interlocked.Decrement(ref now);
            }
            catch (OperationCanceledException)
            {
            }
        }))).Soon();

        Assert.InRange(most, 1, 3);
        Assert.Equal((3, 0), (limiter.GetStatistics()!.CurrentAvailablePermits, limiter.GetStatistics()!.CurrentQueuedCount));

        static void InterlockedMax(ref int most, int value)
        {
            for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
            {
                if (Interlocked.CompareExchange(ref most, value, seen) == seen)
                    return;
            }
        }
    }

    private static bool IsGranted(Task<RateLimitLease> task) => task.IsCompletedSuccessfully && LeaseOf(task).IsAcquired;

    private static RateLimitLease LeaseOf(Task<RateLimitLease> completed) => completed.GetAwaiter().GetResult();

    private ThrottleLimiter Limiter(ThrottleLimits limits, int queueLimit = 10)
    {
        _limiters.Add(new ThrottleLimiter(limits, queueLimit, _time));
        return _limiters[^1];
    }

    private static void Announce(ThrottleLimiter limiter, int limit, int remaining, string reset)
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("x-ratelimit-limit-requests", $"{limit}");
        response.Headers.TryAddWithoutValidation("x-ratelimit-remaining-requests", $"{remaining}");
        response.Headers.TryAddWithoutValidation("x-ratelimit-reset-requests", reset);
        limiter.Learn(response.Headers);
    }
}
