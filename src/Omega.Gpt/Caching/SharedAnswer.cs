using System.Runtime.CompilerServices;
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
    private readonly CancellationTokenSource _stop = new();
    private IAsyncEnumerator<ModelDelta> _source = null!;
    private Func<ModelDelta, bool> _mayFollow = null!;
    private ModelRoute _leader = null!;
    private Task? _move;
    private int _readers = 1;
    private bool _isOver;
    private Exception? _failure;

    /// <summary>Whether those who follow must ask for themselves.</summary>
    public bool IsReleased { get; private set; }

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
        try
        {
            var next = 0;
            while (true)
            {
                ModelDelta? delta = null;
                Task? move = null;
                var isLeft = false;
                lock (_lock)
                {
                    if (follows && IsReleased)
                        isLeft = true;
                    else if (next < _deltas.Count && (_isOver || !waits))
                        delta = _deltas[next++];
                    else if (_isOver)
                        break;
                    else
                        move = _move ?? Move();
                }

                if (isLeft)
                    yield break;
                if (delta is not null)
                    yield return delta;
                else if (move is not null)
                    await move.WaitAsync(cancellationToken).ConfigureAwait(false);
                else
                    cancellationToken.ThrowIfCancellationRequested();
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

    /// <summary>Pulls one delta; null where it was there at once.</summary>
    private Task? Move()
    {
        var move = MoveAsync();
        return _move = move.IsCompleted ? null : move;
    }

    // Never fails: what went wrong is for every reader to throw.
    private async Task MoveAsync()
    {
        ModelDelta? delta = null;
        Exception? failure = null;
        try
        {
            if (await _source.MoveNextAsync().ConfigureAwait(false))
                delta = _source.Current;
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        lock (_lock)
        {
            _move = null;
            if (delta is null)
            {
                (_isOver, _failure) = (true, failure);
                return;
            }

            IsReleased |= !_mayFollow(delta);
            _deltas.Add(delta);
        }
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
        Task? move;
        lock (_lock)
        {
            if (--_readers > 0)
                return;
            move = _move;
        }

        // An enumerator must not be disposed in the middle of a move.
        if (move is not null)
        {
            await _stop.CancelAsync().ConfigureAwait(false);
            await move.ConfigureAwait(false);
        }

        await _source.DisposeAsync().ConfigureAwait(false);
        Dispose();
    }
}
