using System.Net.Http.Headers;
using System.Threading.RateLimiting;

namespace Omega.Gpt.Resilience;

/// <summary>
/// Lets requests of one key and model through: as many and as many tokens in any 60 s, and as many at the same time, as were set, and no
/// faster than the provider announces. Those that wait do so in the order in which they came; a permit is a token, and every acquisition is
/// one request. Thread-safe, on the given clock.
/// </summary>
internal sealed class ThrottleLimiter : RateLimiter
{
    /// <summary>What a request waits for: a limit on requests or tokens.</summary>
    public const string ForRate = "rate_limit";

    /// <summary>What a request waits for: the provider's word after a 429.</summary>
    public const string ForProvider = "provider";

    /// <summary>What a request waits for: another stream's end.</summary>
    public const string ForStream = "concurrency";

    // Whoever would wait longer is refused; what providers announce may be any number.
    private const double LongestWait = 24 * 3600;

    private static readonly TimeSpan Never = Timeout.InfiniteTimeSpan;

    private readonly Lock _gate = new();
    private readonly LinkedList<Waiting> _queue = new();
    private readonly TimeProvider _time;
    private readonly long _began;
    private readonly ITimer _timer;
    private readonly int _streams;
    private readonly int _queueLimit;
    private readonly SlidingWindow? _requests;
    private readonly SlidingWindow? _tokens;
    private AnnouncedRate? _announcedRequests;
    private AnnouncedRate? _announcedTokens;
    private double _pausedUntil;
    private double? _idleSince = 0;
    private int _open;
    private long _granted;
    private long _refused;
    private bool _isDisposed;

    public ThrottleLimiter(ThrottleLimits limits, int queueLimit, TimeProvider time)
    {
        (_time, _began, _queueLimit) = (time, time.GetTimestamp(), queueLimit);
        _streams = limits.ConcurrentStreams ?? int.MaxValue;
        _requests = limits.RequestsPerMinute is { } requests ? new SlidingWindow(requests) : null;
        _tokens = limits.TokensPerMinute is { } tokens ? new SlidingWindow(tokens) : null;
        _timer = time.CreateTimer(static limiter => ((ThrottleLimiter)limiter!).Serve(), this, Never, Never);
    }

    /// <summary>How long nothing was asked of it; null while something is under way.</summary>
    public override TimeSpan? IdleDuration
    {
        get
        {
            lock (_gate)
                return _idleSince is { } since ? TimeSpan.FromSeconds(Now - since) : null;
        }
    }

    private double Now => _time.GetElapsedTime(_began).TotalSeconds;

    /// <summary>Streams that may still be opened, how many requests wait, and how many went through and were refused.</summary>
    public override RateLimiterStatistics GetStatistics()
    {
        lock (_gate)
        {
            return new RateLimiterStatistics
            {
                CurrentAvailablePermits = _streams - _open,
                CurrentQueuedCount = _queue.Count,
                TotalSuccessfulLeases = _granted,
                TotalFailedLeases = _refused,
            };
        }
    }

    /// <summary>Takes what an answer's headers say of limits.</summary>
    public void Learn(HttpResponseHeaders headers)
    {
        var at = _time.GetUtcNow();
        var (requests, tokens) = (AnnouncedLimits.Requests(headers, at), AnnouncedLimits.Tokens(headers, at));
        lock (_gate)
        {
            if (requests is { } announced)
                (_announcedRequests ??= new AnnouncedRate()).Announce(announced, Now);
            if (tokens is { } announcedTokens)
                (_announcedTokens ??= new AnnouncedRate()).Announce(announcedTokens, Now);
            Arm();
        }
    }

    /// <summary>The provider wants no request for a while.</summary>
    public void Pause(TimeSpan time)
    {
        lock (_gate)
        {
            _pausedUntil = Math.Max(_pausedUntil, Now + Math.Min(time.TotalSeconds, LongestWait));
            Arm();
        }
    }

    internal void Correct(SlidingWindow.Taken? counted, double more, double tokens)
    {
        lock (_gate)
        {
            if (counted is not null)
                _tokens!.Correct(counted, tokens);
            _announcedTokens?.Take(more, Now);
        }

        Serve();
    }

    internal void Release()
    {
        lock (_gate)
        {
            _open--;
            if (_open == 0 && _queue.Count == 0)
                _idleSince = Now;
        }

        Serve();
    }

    /// <summary>A place at once, or the word that there is none: also where others wait already.</summary>
    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _queue.Count == 0 && IsFree(permitCount, Now) ? Take(permitCount) : Refuse(permitCount);
        }
    }

    /// <summary>A place, when it is this request's turn; a refusal where too many wait.</summary>
    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        Waiting waiting;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            cancellationToken.ThrowIfCancellationRequested();
            if (_queue.Count == 0 && IsFree(permitCount, Now))
                return ValueTask.FromResult<RateLimitLease>(Take(permitCount));
            if (_queue.Count >= _queueLimit)
                return ValueTask.FromResult<RateLimitLease>(Refuse(permitCount));
            waiting = new Waiting(permitCount);
            waiting.Node = _queue.AddLast(waiting);
            _idleSince = null;
            Arm();
        }

        // Outside of the gate: a token that is cancelled already calls back at once.
        waiting.Watch(this, cancellationToken);
        return new ValueTask<RateLimitLease>(waiting.Task);
    }

    protected override void Dispose(bool disposing)
    {
        List<Waiting> left;
        lock (_gate)
        {
            _isDisposed = true;
            left = [.. _queue];
            _queue.Clear();
        }

        _timer.Dispose();
        foreach (var waiting in left)
            waiting.TrySetResult(ThrottleLease.Refused(null, "disposed"));
        base.Dispose(disposing);
    }

    private void Serve()
    {
        lock (_gate)
        {
            while (!_isDisposed && _queue.First is { Value: var next } && IsFree(next.Tokens, Now))
            {
                _queue.RemoveFirst();
                // Continuations run elsewhere; one that was cancelled a moment ago has left the queue by itself.
                next.TrySetResult(Take(next.Tokens));
            }

            Arm();
        }
    }

    private void Leave(Waiting waiting)
    {
        // Patience may end at the very moment at which the turn comes: then it has come.
        Serve();
        lock (_gate)
        {
            // Not in the queue any more: it was served a moment ago, and its place is given back by who waits for it.
            if (_isDisposed || waiting.Node!.List is null)
                return;
            _queue.Remove(waiting.Node);
            if (_open == 0 && _queue.Count == 0)
                _idleSince = Now;
        }

        waiting.TrySetCanceled();
        Serve();
    }

    private bool IsFree(double tokens, double now) => _open < _streams && WaitFor(tokens, now) <= 0;

    private double WaitFor(double tokens, double now)
    {
        var wait = Math.Max(0, _pausedUntil - now);
        wait = Math.Max(wait, _requests?.WaitFor(1, now) ?? 0);
        wait = Math.Max(wait, _tokens?.WaitFor(tokens, now) ?? 0);
        wait = Math.Max(wait, _announcedRequests?.WaitFor(1, now) ?? 0);
        return Math.Max(wait, _announcedTokens?.WaitFor(tokens, now) ?? 0);
    }

    private ThrottleLease Take(double tokens)
    {
        var now = Now;
        _open++;
        _granted++;
        _idleSince = null;
        _requests?.Take(1, now);
        _announcedRequests?.Take(1, now);
        _announcedTokens?.Take(tokens, now);
        return ThrottleLease.Of(this, _tokens?.Take(tokens, now), tokens);
    }

    private ThrottleLease Refuse(double tokens)
    {
        _refused++;
        var now = Now;
        var ahead = _queue.Count + 1;
        var all = tokens + _queue.Sum(waiting => (double)waiting.Tokens);
        var rate = Math.Max(
            Math.Max(_requests?.ExpectedFor(ahead, now) ?? 0, _tokens?.ExpectedFor(all, now) ?? 0),
            Math.Max(_announcedRequests?.ExpectedFor(ahead, now) ?? 0, _announcedTokens?.ExpectedFor(all, now) ?? 0));
        var paused = Math.Max(0, _pausedUntil - now);
        return Math.Max(rate, paused) is var expected and > 0
            ? ThrottleLease.Refused(TimeSpan.FromSeconds(Math.Min(expected, LongestWait)), rate >= paused ? ForRate : ForProvider)
            : ThrottleLease.Refused(null, ForStream);
    }

    /// <summary>Sets the timer for the first in the queue; where it waits for a stream's end, that end will serve it.</summary>
    private void Arm()
    {
        if (_isDisposed)
            return;
        var wait = _queue.First is { Value: var next } && _open < _streams ? WaitFor(next.Tokens, Now) : double.PositiveInfinity;
        // A timer counts whole milliseconds: one too early would find nothing free.
        _timer.Change(double.IsInfinity(wait) ? Never : TimeSpan.FromMilliseconds(Math.Ceiling(Math.Min(wait, LongestWait) * 1000)), Never);
    }

    private sealed class Waiting(int tokens) : TaskCompletionSource<RateLimitLease>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        private CancellationTokenRegistration _registration;

        public int Tokens => tokens;

        public LinkedListNode<Waiting>? Node { get; set; }

        public void Watch(ThrottleLimiter limiter, CancellationToken cancellationToken)
        {
            if (!cancellationToken.CanBeCanceled)
                return;
            _registration = cancellationToken.UnsafeRegister(static state => (((ThrottleLimiter, Waiting))state!).Item1.Leave((((ThrottleLimiter, Waiting))state).Item2), (limiter, this));
            // Registrations of long-lived tokens must not gather.
            Task.ContinueWith(static (_, state) => ((Waiting)state!)._registration.Dispose(), this, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }
}
