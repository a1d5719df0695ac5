using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Omega.Gpt.Providers;
using Omega.Gpt.Resilience.Retrying;

namespace Omega.Gpt.Resilience;

/// <summary>
/// One gapless stream, whatever becomes of the calls beneath. While a call speaks, a delta passes through one method and no iterator; all
/// else is the opening's business, which runs beside the reader and says what it does in notices, one at a time. Used once, by one reader.
/// </summary>
internal sealed class SteadyStream(StepRun run, CancellationToken caller) : IAsyncEnumerable<ModelDelta>, IAsyncEnumerator<ModelDelta>
{
    private readonly Queue<ModelDelta> _due = new();
    private CancellationTokenSource _stop = null!;
    private Channel<ModelDelta>? _said;
    private Task<OpenedStream>? _opening;
    private OpenedStream? _open;
    private (OpenedStream Stream, GptException Failure)? _broken;
    private bool _isFinished;

    public ModelDelta Current { get; private set; } = null!;

    public IAsyncEnumerator<ModelDelta> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(caller, cancellationToken);
        return this;
    }

    public ValueTask<bool> MoveNextAsync()
    {
        if (_open is null || _due.Count > 0)
            return OpenAsync();
        var move = _open.Deltas.MoveNextAsync();
        if (!move.IsCompletedSuccessfully)
            return FlowAsync(move);
        if (!move.Result)
            return FlowAsync(new ValueTask<bool>(false));
        Take(_open.Deltas.Current);
        return new ValueTask<bool>(true);
    }

    public async ValueTask DisposeAsync()
    {
        if (_opening is not null)
        {
            await _stop.CancelAsync().ConfigureAwait(false);
            await ((Task)_opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_opening.IsCompletedSuccessfully)
                _open = await _opening.ConfigureAwait(false);
        }

        if (_open is not null)
        {
            await _open.Deltas.DisposeAsync().ConfigureAwait(false);
            _open.Attempt.Place?.Dispose();
        }

        run.Dispose();
        _stop.Dispose();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> FlowAsync(ValueTask<bool> move)
    {
        GptException failure;
        try
        {
            if (await move.ConfigureAwait(false))
            {
                Take(_open!.Deltas.Current);
                return true;
            }

            if (_isFinished)
                return false;
            failure = StepRun.Ended(_open!.Candidate);
            if (!run.MayGoOn(failure))
                throw failure;
        }
        catch (GptException exception) when (!_isFinished && run.MayGoOn(exception))
        {
            failure = exception;
        }

        await _open!.Deltas.DisposeAsync().ConfigureAwait(false);
        _broken = (_open, failure);
        _open = null;
        // Before its first word a stream cannot break here: that is the opening's business.
        Current = new NoticeDelta(new StreamInterruptedEvent(failure.Kind, run.Shown!.Characters));
        return true;
    }

    /// <summary>What the opening has to say, then what the stream that it opened had begun with.</summary>
    private async ValueTask<bool> OpenAsync()
    {
        if (_open is null)
        {
            if (_opening is null)
            {
                // One at a time: the next step is taken only when the last was seen.
                _said = Channel.CreateBounded<ModelDelta>(new BoundedChannelOptions(1) { SingleReader = true });
                _opening = run.OpenAsync(_broken, _said.Writer, _stop.Token);
                _broken = null;
            }

            while (await _said!.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
            {
                if (_said.Reader.TryRead(out var notice))
                {
                    Current = notice;
                    return true;
                }
            }

            var opening = _opening;
            _opening = null;
            _open = await opening.ConfigureAwait(false);
            foreach (var delta in _open.First)
                _due.Enqueue(delta);
        }

        Take(_due.Dequeue());
        return true;
    }

    private void Take(ModelDelta delta)
    {
        Current = delta;
        run.Shown?.Add(delta);
        if (delta is FinishedDelta)
            _isFinished = true;
    }
}
