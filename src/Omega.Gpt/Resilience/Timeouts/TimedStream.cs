using System.Runtime.CompilerServices;
using Omega.Gpt.Providers;

namespace Omega.Gpt.Resilience.Timeouts;

/// <summary>
/// One stream under time limits. A delta costs two readings of the clock at most: a single timer looks now and then, at least as often as
/// the shortest limit, whether somebody has been waiting for too long. Used once, by one reader.
/// </summary>
internal sealed class TimedStream : IAsyncEnumerable<ModelDelta>, IAsyncEnumerator<ModelDelta>
{
    private const long NobodyWaits = -1;

    private readonly Lock _lock = new();
    private readonly IModelProvider _inner;
    private readonly ModelRequest _request;
    private readonly TimeoutOptions _limits;
    private readonly TimeProvider _time;
    private readonly CancellationToken _caller;
    private readonly TimeSpan _shortest;
    private IAsyncEnumerator<ModelDelta> _deltas = null!;
    private CancellationTokenSource _stop = null!;
    private ITimer? _timer;
    private TaskCompletionSource? _remark;
    private Task<bool>? _moving;
    private long _waitingSince = NobodyWaits;
    private GptException? _expired;
    private bool _hasSpoken;
    private bool _hasAnswered;
    private bool _isDisposed;

    public TimedStream(IModelProvider inner, ModelRequest request, TimeoutOptions limits, TimeProvider time, CancellationToken cancellationToken)
    {
        (_inner, _request, _limits, _time, _caller) = (inner, request, limits, time, cancellationToken);
        _shortest = limits.Shortest!.Value;
    }

    public ModelDelta Current { get; private set; } = null!;

    public IAsyncEnumerator<ModelDelta> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(_caller, cancellationToken);
        _deltas = _inner.StreamAsync(_request, _stop.Token).GetAsyncEnumerator(_stop.Token);
        _remark = _limits.Remark is null ? null : new(TaskCreationOptions.RunContinuationsAsynchronously);
        return this;
    }

    public ValueTask<bool> MoveNextAsync()
    {
        if (_expired is { } expired)
            return ValueTask.FromException<bool>(expired);
        if (_moving is not null || (!_hasSpoken && _remark is not null))
            return BeginAsync();
        var since = _time.GetTimestamp();
        Volatile.Write(ref _waitingSince, since);
        _timer ??= Watch();
        var move = _deltas.MoveNextAsync();
        if (!move.IsCompletedSuccessfully)
            return AwaitAsync(move, since);
        Volatile.Write(ref _waitingSince, NobodyWaits);
        return new ValueTask<bool>(Take(move.Result));
    }

    public async ValueTask DisposeAsync()
    {
        Volatile.Write(ref _waitingSince, NobodyWaits);
        if (_moving is not null)
        {
            // An enumerator must not be disposed in the middle of a move.
            await _stop.CancelAsync().ConfigureAwait(false);
            await ((Task)_moving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await _deltas.DisposeAsync().ConfigureAwait(false);
        lock (_lock)
        {
            _isDisposed = true;
            _timer?.Dispose();
            // Where time is up, the timer may be about to cancel it; its parent forgets it with the step.
            if (_expired is null)
                _stop.Dispose();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> AwaitAsync(ValueTask<bool> move, long since)
    {
        try
        {
            return Take(await move.ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (_expired is not null)
        {
            throw _expired;
        }
        finally
        {
            Volatile.Write(ref _waitingSince, NobodyWaits);
            _request.Attempt?.Clock?.Add(_time.GetElapsedTime(since));
        }
    }

    /// <summary>Waits for the first word; where that takes long, says so and goes on waiting.</summary>
    private async ValueTask<bool> BeginAsync()
    {
        if (_moving is null)
        {
            Volatile.Write(ref _waitingSince, _time.GetTimestamp());
            _timer ??= Watch();
            _moving = _deltas.MoveNextAsync().AsTask();
        }

        if (_remark is { } remark && !_moving.IsCompleted && await Task.WhenAny(_moving, remark.Task).ConfigureAwait(false) == remark.Task && !_moving.IsCompleted)
        {
            _remark = null;
            Current = new NoticeDelta(new NoticeEvent(
                "slow_start",
                FormattableString.Invariant($"{Who} has not begun to answer after {Seconds(_limits.Remark!.Value)}.")));
            return true;
        }

        var (moving, since) = (_moving, Volatile.Read(ref _waitingSince));
        _moving = null;
        return await AwaitAsync(new ValueTask<bool>(moving), since).ConfigureAwait(false);
    }

    private bool Take(bool hasDelta)
    {
        if (!hasDelta)
            return false;
        var delta = Current = _deltas.Current;
        if (!_hasAnswered)
        {
            _hasSpoken |= delta is not (StartedDelta or UsageDelta or NoticeDelta);
            _hasAnswered = delta is TextDelta or RefusalDelta or CallStartedDelta;
        }

        return true;
    }

    private ITimer Watch() => _time.CreateTimer(static stream => ((TimedStream)stream!).Look(), this, _shortest, Timeout.InfiniteTimeSpan);

    /// <summary>The timer's turn: is somebody waiting for too long?</summary>
    private void Look()
    {
        lock (_lock)
        {
            if (_isDisposed || _expired is not null)
                return;
            var next = _shortest;
            var since = Volatile.Read(ref _waitingSince);
            if (since != NobodyWaits)
            {
                var waited = _time.GetElapsedTime(since);
                _expired = Exceeded(since, waited, ref next);
                if (!_hasSpoken && _limits.Remark is { } remark)
                {
                    if (waited >= remark)
                        _remark?.TrySetResult();
                    else
                        next = Min(next, remark - waited);
                }
            }

            if (_expired is null)
            {
                // No limit can be passed unseen before then: none is shorter.
                _timer!.Change(next, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        // Outside of the lock, because whoever waits may go on right here.
        _stop.Cancel();
    }

    private GptException? Exceeded(long since, TimeSpan waited, ref TimeSpan next)
    {
        var attempt = _request.Attempt;
        if (_limits.Step is { } step && Left(step - (attempt?.Clock?.Waited ?? default), waited, ref next))
            return Failure(GptPhase.Step, $"The step has waited for {Seconds(step)} in all; longer is not waited (Timeouts.Step).");
        if (attempt is { SentAt: { } sent, AnsweredAt: null })
        {
            return _limits.Connect is { } connect && Left(connect, _time.GetElapsedTime(Math.Max(sent, since)), ref next)
                ? Failure(GptPhase.Connect, $"{_inner.Name} did not answer within {Seconds(connect)} of the request.")
                : null;
        }

        if (!_hasAnswered)
        {
            return _limits.FirstChunk is { } first && Left(first, _time.GetElapsedTime(Math.Max(attempt?.AnsweredAt ?? since, since)), ref next)
                ? Failure(_hasSpoken ? GptPhase.Idle : GptPhase.FirstChunk, $"{Who} did not begin to answer within {Seconds(first)}.")
                : null;
        }

        return _limits.Idle is { } idle && Left(idle, waited, ref next)
            ? Failure(GptPhase.Idle, $"{Who} fell silent in the middle of its answer; {Seconds(idle)} were waited.")
            : null;
    }

    private static bool Left(TimeSpan limit, TimeSpan waited, ref TimeSpan next)
    {
        if (waited >= limit)
            return true;
        next = Min(next, limit - waited);
        return false;
    }

    private GptException Failure(GptPhase phase, string message) => new(GptErrorKind.Timeout, message)
    {
        Phase = phase,
        Provider = _inner.Name,
        Model = _request.Model,
        IsRetryable = true,
    };

    private string Who => $"{_inner.Name}/{_request.Model}";

    // A timer may fire a little early by another clock than the one that is read; a whole millisecond keeps it from spinning.
    private static TimeSpan Min(TimeSpan one, TimeSpan other)
    {
        var least = one < other ? one : other;
        return least < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : least;
    }

    private static string Seconds(TimeSpan time) => FormattableString.Invariant($"{time.TotalSeconds:0.###} s");
}
