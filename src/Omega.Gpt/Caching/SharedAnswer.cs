using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;
using Omega.Gpt.Providers;
using Omega.Gpt.Resilience.Failover;
using Omega.Gpt.Resilience.Retrying;

namespace Omega.Gpt.Caching;

/// <summary>
/// One stream of a model that several steps read, each from its beginning. Whoever is furthest pulls it on, so that it is read as fast as
/// the fastest reader wants it; it ends when the last has left. Thread-safe.
/// </summary>
internal sealed class SharedAnswer : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<ModelDelta> _deltas = [];
    private readonly List<Waiter> _waiting = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Action _whenPulled;
    private IAsyncEnumerator<ModelDelta> _source = null!;
    private ConfiguredValueTaskAwaitable<bool>.ConfiguredValueTaskAwaiter _pull;
    private Func<ModelDelta, bool> _mayFollow = null!;
    private ModelRoute _leader = null!;
    private TaskCompletionSource? _whenIdle;
    private int _readers = 1;
    private bool _isPulling;
    private bool _isOver;
    private Exception? _failure;

    public SharedAnswer() => _whenPulled = () => Pulled(_pull);

    /// <summary>Whether those who follow must ask for themselves.</summary>
    public bool IsReleased { get; private set; }

    /// <summary>What came. Only of a stream that is over.</summary>
    public IReadOnlyList<ModelDelta> Deltas => _deltas;

    /// <summary>The model that answers.</summary>
    public Candidate Served => _leader.Served;

    /// <summary>The first reader begins it, before anybody else can read.</summary>
    /// <param name="ask">Asks the model.</param>
    /// <param name="mayFollow">Whether a delta leaves the stream one that others may follow.</param>
    /// <param name="leader">Knows the model that answers.</param>
    public void Begin(Func<CancellationToken, IAsyncEnumerable<ModelDelta>> ask, Func<ModelDelta, bool> mayFollow, ModelRoute leader)
    {
        (_mayFollow, _leader) = (mayFollow, leader);
        Volatile.Write(ref _source, ask(_stop.Token).GetAsyncEnumerator(_stop.Token));
    }

    /// <summary>Adds a reader; false where the stream is no longer to be joined.</summary>
    public bool TryJoin()
    {
        lock (_lock)
        {
            if (IsReleased || _isOver || _readers == 0)
                return false;
            _readers++;
            return true;
        }
    }

    /// <summary>Reads the stream, as one of those that have joined.</summary>
    /// <param name="follows">
    /// Whether the reader leaves when the stream is no longer to be followed; then nothing more comes, and the last delta is not that of a
    /// whole answer.
    /// </param>
    /// <param name="waits">Whether nothing is handed on before it is certain that the stream may be followed to its end.</param>
    /// <param name="cancellationToken">Leaves.</param>
    public async IAsyncEnumerable<ModelDelta> ReadAsync(bool follows, bool waits, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var waiter = new Waiter(this);
        using var leaving = cancellationToken.UnsafeRegister(static (state, token) => ((Waiter)state!).Leave(token), waiter);
        try
        {
            var next = 0;
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                ModelDelta? delta = null;
                var (isLeft, pulls) = (false, false);
                lock (_lock)
                {
                    if (follows && IsReleased)
                        isLeft = true;
                    else if (next < _deltas.Count && (_isOver || !waits))
                        delta = _deltas[next++];
                    else if (_isOver)
                        break;
                    else if (!_isPulling)
                        pulls = _isPulling = true;
                    else
                        _waiting.Add(waiter);
                }

                if (isLeft)
                    yield break;
                if (delta is not null)
                {
                    yield return delta;
                }
                else if (pulls)
                {
                    Pull();
                }
                else
                {
                    // Cancelled before it was in the list, the waiter was not told.
                    cancellationToken.ThrowIfCancellationRequested();
                    await waiter.WaitAsync().ConfigureAwait(false);
                }
            }

            if (_failure is not null)
                throw FailureFor(follows);
        }
        finally
        {
            await LeaveAsync().ConfigureAwait(false);
        }
    }

    public void Dispose() => _stop.Dispose();

    /// <summary>Begins to pull one delta; it may be there when this returns.</summary>
    private void Pull()
    {
        ConfiguredValueTaskAwaitable<bool>.ConfiguredValueTaskAwaiter pull;
        try
        {
#pragma warning disable CA2012 // Read once, by the callback: whoever pulls may leave before, and a task for each delta is what this saves.
            pull = _source.MoveNextAsync().ConfigureAwait(false).GetAwaiter();
#pragma warning restore CA2012
        }
        catch (Exception exception)
        {
            End(null, exception);
            return;
        }

        if (pull.IsCompleted)
        {
            Pulled(pull);
            return;
        }

        _pull = pull;
        pull.UnsafeOnCompleted(_whenPulled);
    }

    // What went wrong is for every reader to throw.
    private void Pulled(ConfiguredValueTaskAwaitable<bool>.ConfiguredValueTaskAwaiter pull)
    {
        ModelDelta? delta = null;
        Exception? failure = null;
        try
        {
            if (pull.GetResult())
                delta = _source.Current;
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        End(delta, failure);
    }

    /// <summary>A pull is over: the stream has one delta more, or has ended.</summary>
    private void End(ModelDelta? delta, Exception? failure)
    {
        Waiter[]? woken = null;
        Waiter? only = null;
        TaskCompletionSource? idle;
        lock (_lock)
        {
            _isPulling = false;
            if (delta is null)
            {
                (_isOver, _failure) = (true, failure);
            }
            else
            {
                IsReleased |= !_mayFollow(delta);
                _deltas.Add(delta);
            }

            if (_waiting.Count == 1)
                only = _waiting[0];
            else if (_waiting.Count > 1)
                woken = [.. _waiting];
            _waiting.Clear();
            idle = _whenIdle;
        }

        idle?.TrySetResult();
        // One reader goes on where the delta came; many must not wait for what the first does with it.
        only?.Wake(elsewhere: false);
        foreach (var waiter in woken ?? [])
            waiter.Wake(elsewhere: true);
    }

    private Exception FailureFor(bool follows) => _failure switch
    {
        // Each turn adds what it knows to its own exception.
        GptException failure => follows ? Failures.Restate(failure, failure.Message) : failure,
        OperationCanceledException => new OperationCanceledException(_failure.Message, _failure),
        _ => new GptException(GptErrorKind.StreamInterrupted, $"The stream that was shared ended: {_failure!.Message}", _failure) { Phase = GptPhase.Step, IsRetryable = true },
    };

    private async ValueTask LeaveAsync()
    {
        lock (_lock)
        {
            if (--_readers > 0)
                return;
            if (_isPulling)
                _whenIdle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        // An enumerator must not be disposed in the middle of a move.
        if (_whenIdle is { } idle)
        {
            await _stop.CancelAsync().ConfigureAwait(false);
            await idle.Task.ConfigureAwait(false);
        }

        await _source.DisposeAsync().ConfigureAwait(false);
        Dispose();
    }

    /// <summary>One reader's wait for the next delta, used again for each: a stream has thousands.</summary>
    private sealed class Waiter(SharedAnswer answer) : IValueTaskSource
    {
        private ManualResetValueTaskSourceCore<bool> _core;

        /// <summary>Waits until <see cref="Wake"/> or <see cref="Leave"/>, whichever is first; either may have been already.</summary>
        public ValueTask WaitAsync() => new(this, _core.Version);

        /// <summary>Called for a waiter that was taken out of the list, and so once for each wait.</summary>
        public void Wake(bool elsewhere)
        {
            _core.RunContinuationsAsynchronously = elsewhere;
            _core.SetResult(true);
        }

        /// <summary>Ends a wait that is under way; the reader looks at its token before each.</summary>
        public void Leave(CancellationToken cancellationToken)
        {
            lock (answer._lock)
            {
                if (!answer._waiting.Remove(this))
                    return;
            }

            _core.RunContinuationsAsynchronously = true;
            _core.SetException(new OperationCanceledException(cancellationToken));
        }

        public void GetResult(short token)
        {
            try
            {
                _core.GetResult(token);
            }
            finally
            {
                _core.Reset();
            }
        }

        public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) => _core.OnCompleted(continuation, state, token, flags);
    }
}
