using Omega.Gpt.Functions.Calls;
using Omega.Gpt.Providers;

namespace Omega.Gpt.Turns;

/// <summary>
/// Reads one step: the model's stream and, where calls run already, what happens to them, in the order in which it happens. While no call
/// runs, an item costs nothing beyond the stream itself. Used once, by one reader.
/// </summary>
internal sealed class StepReader : IAsyncDisposable
{
    private readonly TurnPlan _plan;
    private readonly StepAssembler _assembler;
    private readonly CallRunner? _calls;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationToken _caller;
    private readonly CancellationToken _limit;
    private readonly IAsyncEnumerator<ModelDelta> _deltas;
    private Task<bool>? _moving;

    /// <param name="plan">The turn.</param>
    /// <param name="request">What to ask.</param>
    /// <param name="assembler">Takes the deltas.</param>
    /// <param name="calls">The calls that run meanwhile; null where none can.</param>
    /// <param name="caller">Cancelled by who asked.</param>
    /// <param name="limit">Cancelled when the turn's time is up.</param>
    public StepReader(TurnPlan plan, ModelRequest request, StepAssembler assembler, CallRunner? calls, CancellationToken caller, CancellationToken limit)
    {
        (_plan, _assembler, _calls, _caller, _limit) = (plan, assembler, calls, caller, limit);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(caller, limit);
        _deltas = plan.Model.Provider.StreamAsync(request, _stop.Token).GetAsyncEnumerator(_stop.Token);
    }

    /// <summary>The delta read last; null where a call's event was.</summary>
    public ModelDelta? Delta { get; private set; }

    /// <summary>Why the step is broken; null where it is not.</summary>
    public GptException? Failure { get; private set; }

    /// <summary>Whether the caller cancelled.</summary>
    public bool IsCancelled { get; private set; }

    /// <summary>Waits for the next delta or call event and adds what it shows.</summary>
    /// <returns>False at the end: the stream is whole unless <see cref="Failure"/> or <see cref="IsCancelled"/> is set.</returns>
    public async ValueTask<bool> ReadAsync(List<GptEvent> events)
    {
        Delta = null;
        if (_calls is not null && _calls.TryTake(out var early))
        {
            events.Add(early);
            return true;
        }

        try
        {
            if (!_caller.IsCancellationRequested && !_limit.IsCancellationRequested)
            {
                bool hasDelta;
                if (_moving is null && _calls is null or { IsIdle: true })
                {
                    hasDelta = await _deltas.MoveNextAsync().ConfigureAwait(false);
                }
                else
                {
                    _moving ??= _deltas.MoveNextAsync().AsTask();
                    // In a replay the recording has said already that the stream comes first.
                    if (_plan.Script is null && await NextIsCallAsync().ConfigureAwait(false) is { } happened)
                    {
                        events.Add(happened);
                        return true;
                    }

                    hasDelta = await _moving.ConfigureAwait(false);
                    _moving = null;
                }

                return hasDelta ? Take(_deltas.Current, events) : End();
            }
        }
        catch (GptException exception)
        {
            Failure = exception;
            return false;
        }
        catch (OperationCanceledException) when (_caller.IsCancellationRequested || _limit.IsCancellationRequested)
        {
        }
        catch (OperationCanceledException exception)
        {
            // Nobody here cancelled: a provider gave up by itself, which is no success.
            Failure = new GptException(GptErrorKind.Timeout, $"{_plan.Model.ProviderName}: the request was given up by the client library ({exception.Message}).", exception)
            {
                Phase = GptPhase.Step,
                IsRetryable = true,
            };
            return false;
        }

        if (_caller.IsCancellationRequested)
            IsCancelled = true;
        else
            Failure = _plan.OutOfTime();
        return false;
    }

    /// <summary>Lets go of the stream, read to its end or not.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_moving is not null)
        {
            // An enumerator must not be disposed in the middle of a move.
            await _stop.CancelAsync().ConfigureAwait(false);
            await ((Task)_moving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await _deltas.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private async ValueTask<GptEvent?> NextIsCallAsync()
    {
        while (!_moving!.IsCompleted && !_calls!.IsIdle)
        {
            await Task.WhenAny(_moving, _calls.WaitAsync()).ConfigureAwait(false);
            if (_calls.TryTake(out var happened))
                return happened;
        }

        return null;
    }

    private bool Take(ModelDelta delta, List<GptEvent> events)
    {
        Delta = delta;
        _assembler.Apply(delta, events);
        if (_plan.ShowOpaque && delta is OpaqueDelta opaque)
            events.Add(new OpaqueEvent(opaque.Part));
        return true;
    }

    private bool End()
    {
        if (_assembler.Finished is null)
        {
            Failure = new GptException(GptErrorKind.StreamInterrupted, $"{_plan.Model.ProviderName}: the stream ended before its last event.")
            {
                Phase = GptPhase.Step,
                IsRetryable = true,
            };
        }

        return false;
    }
}
