using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Omega.Gpt.Diagnostics;
using Omega.Gpt.Functions.Calls;
using Omega.Gpt.Providers;
using Omega.Gpt.Usage;

namespace Omega.Gpt.Turns;

/// <summary>
/// Runs one turn: asks the model, runs what it calls, asks again, until it stops. Journals every event before it is shown, and leaves
/// conversation and journal consistent however the turn ends. One consumer; an instance is used once.
/// </summary>
internal sealed class TurnLoop(TurnPlan plan, GptEngine engine)
{
    /// <summary>How long the last writes may take after a turn was abandoned.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time = engine.Time;
    private readonly TurnState _state = new(plan, engine.Time);
    private readonly List<GptEvent> _events = new(4);
    private TurnJournal _journal = null!;
    private TurnCalls _calls = null!;
    private readonly CallMeter? _callMeter = engine.Usage is { } usage ? new CallMeter(usage, plan) : null;
    private StepAssembler? _assembler;
    private bool _ended;
    private GptException? _failure;
    private bool _cancelled;
    private Activity? _span;
    private GptEvent? _end;

    public async IAsyncEnumerable<GptEvent> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var lease = await engine.LeaseAsync(plan, cancellationToken).ConfigureAwait(false);
        if (lease.IsRepeat)
        {
            await foreach (var gptEvent in lease.RepeatAsync(cancellationToken).ConfigureAwait(false))
                yield return gptEvent;
            yield break;
        }

        _journal = new TurnJournal(plan, lease.Log, _time);
        _span = GptTelemetry.StartTurn(plan);
        plan.Trace = _span?.Context ?? default;
        plan.Recorder?.Begin(plan, lease.Recovery is not null);
        using var limit = plan.Timeout is { } timeout ? new CancellationTokenSource(timeout, _time) : null;
        using var linked = limit is null ? null : CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var token = linked?.Token ?? cancellationToken;
        using var runner = plan.Functions.HasHandlers ? new CallRunner(Scope(lease.Recovery is not null), token) : null;
        _calls = new TurnCalls(plan, _journal, runner);
        try
        {
            if (lease.Recovery is { } recovery)
            {
                foreach (var earlier in recovery.Events)
                    yield return earlier;
                GoOnFrom(recovery);
            }

            if (lease.Recovery is null or { Sequence: 0 })
            {
                yield return await PublishAsync(new TurnStartedEvent(plan.Conversation.Id, plan.Requested), token).ConfigureAwait(false);
                foreach (var notice in plan.Notices)
                    yield return await PublishAsync(notice, token).ConfigureAwait(false);
                if (lease.Recovery is null)
                    Keep(plan.Input);
            }

            plan.Conversation.Model = plan.Model.Id;
            var reopened = lease.Recovery is { HasAnswer: true } ? lease.Recovery : null;
            while (_failure is null && !_cancelled)
            {
                StepAssembler assembler;
                if (reopened is not null)
                {
                    assembler = reopened.Restore(_state.ReopenStep());
                    _calls.ReopenStep(assembler, _state.Step, reopened);
                    if (!reopened.IsStepTold && assembler.Finished is { } earlierEnd)
                        yield return await PublishAsync(new StepCompletedEvent(_state.Step, earlierEnd.Reason, null), token).ConfigureAwait(false);
                    reopened = null;
                }
                else
                {
                    assembler = _assembler = _state.BeginStep();
                    _calls.BeginStep(assembler);
                    yield return await PublishAsync(new StepStartedEvent(_state.Step), token).ConfigureAwait(false);
                    var request = await NextRequestAsync(token, cancellationToken).ConfigureAwait(false);
                    if (request is null)
                        break;
                    if (_state.Trimmed is { } trimmed)
                        yield return await PublishAsync(trimmed, token).ConfigureAwait(false);
                    var reader = new StepReader(plan, request, assembler, runner, cancellationToken, limit?.Token ?? CancellationToken.None);
                    try
                    {
                        while (!_calls.IsStepStopped && await reader.ReadAsync(_events).ConfigureAwait(false))
                        {
                            Observe(reader.Delta);
                            for (var i = 0; i < _events.Count; i++)
                                yield return await PublishAsync(_events[i], token).ConfigureAwait(false);
                            _events.Clear();
                        }
                    }
                    finally
                    {
                        await reader.DisposeAsync().ConfigureAwait(false);
                    }

                    (_failure, _cancelled) = (reader.Failure ?? _calls.Failure, reader.IsCancelled);
                    if (_failure is not null || _cancelled)
                        break;

                    _calls.EndStep(_state.Step, _events);
                    for (var i = 0; i < _events.Count; i++)
                        yield return await PublishAsync(_events[i], token).ConfigureAwait(false);
                    _events.Clear();
                    await KeepStepAsync(assembler.Finished is null ? MessageState.Interrupted : MessageState.Complete, CancellationToken.None).ConfigureAwait(false);
                    if (assembler.Finished is { } finished)
                        yield return await PublishAsync(new StepCompletedEvent(_state.Step, finished.Reason, finished.Raw), token).ConfigureAwait(false);
                }

                // The message with its calls is in the journal, forced to the disk: now they may run.
                _calls.StartReady(_state.Step);
                while (runner is { IsIdle: false })
                {
                    if (runner.TryTake(out var happened))
                        yield return await PublishAsync(happened, token).ConfigureAwait(false);
                    else
                        await runner.WaitAsync().ConfigureAwait(false);
                }

                await KeepResultsAsync(CancellationToken.None).ConfigureAwait(false);
                _failure = _calls.Failure;
                if (_failure is null && _calls.NeedsAnotherStep && token.IsCancellationRequested)
                    (_failure, _cancelled) = cancellationToken.IsCancellationRequested ? (null, true) : (plan.OutOfTime(), false);
                if (_failure is not null || _calls.NeedsAnotherStep)
                    continue;
                foreach (var annotation in await AnnotateAsync(lease.Recovery?.Events, token).ConfigureAwait(false))
                    yield return await PublishAsync(annotation, token).ConfigureAwait(false);
                var completed = _state.Completed(assembler, _calls.Pending);
                var end = await EndAsync(completed, token).ConfigureAwait(false);
                if (plan.Cache is not null && completed.FinishReason == FinishReason.Stop)
                    await plan.Cache.KeepAsync(CancellationToken.None).ConfigureAwait(false);
                yield return end;
                yield break;
            }

            // What runs without side effects is cancelled, what has some is given its time; either way its end belongs to this turn.
            runner?.Cancel();
            while (runner is { IsIdle: false })
            {
                if (runner.TryTake(out var happened))
                    yield return await PublishAsync(happened, CancellationToken.None).ConfigureAwait(false);
                else
                    await runner.WaitAsync().ConfigureAwait(false);
            }

            _events.Clear();
            _calls.Abort(_failure, _events);
            for (var i = 0; i < _events.Count; i++)
                yield return await PublishAsync(_events[i], CancellationToken.None).ConfigureAwait(false);
            yield return _cancelled ? await EndCancelledAsync().ConfigureAwait(false) : await EndFailedAsync(_failure!).ConfigureAwait(false);
        }
        finally
        {
            if (!_ended)
                await AbandonAsync().ConfigureAwait(false);
            plan.Recorder?.End(plan);
            GptTelemetry.EndTurn(_span, _end);
            _state.Release();
        }

        if (_cancelled)
            throw new OperationCanceledException("The turn was cancelled; what had arrived is kept.", cancellationToken);
        throw _failure!;
    }

    /// <summary>The step's request; null where the turn is over before it was ready.</summary>
    private async ValueTask<ModelRequest?> NextRequestAsync(CancellationToken token, CancellationToken caller)
    {
        try
        {
            return await _state.NextRequestAsync(token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            (_failure, _cancelled) = caller.IsCancellationRequested ? (null, true) : (plan.OutOfTime(), false);
            return null;
        }
    }

    private void GoOnFrom(TurnRecovery recovery)
    {
        _journal.GoOnAfter(recovery.Sequence);
        _state.GoOnFrom(recovery);
        plan.Conversation.Reopen(plan.Turn);
        Keep(recovery.Messages);
    }

    private void Keep(IEnumerable<Message> messages)
    {
        foreach (var message in messages)
            plan.Conversation.Append(message, _time.GetUtcNow());
    }

    /// <summary>Takes note of what a delta says about the turn as a whole.</summary>
    private void Observe(ModelDelta? delta)
    {
        if (delta is null)
            return;
        if (_state.Observe(delta, _assembler!) is { } updated)
            _events.Add(updated);
        if (delta is CallStartedDelta or CallArgumentsDelta)
            _calls.Observe(delta, _state.Step);
    }

    /// <summary>Numbers an event, journals it, tells the callback; the caller then yields it.</summary>
    private async ValueTask<GptEvent> PublishAsync(GptEvent gptEvent, CancellationToken cancellationToken)
    {
        // State in passing is for an adapter alone.
        if (gptEvent is OpaqueEvent)
            return gptEvent.Stamp(plan.Turn, 0, _time.GetUtcNow());
        gptEvent = await _journal.RecordAsync(gptEvent, CancellationToken.None).ConfigureAwait(false);
        if (gptEvent is FunctionCallExecutingEvent)
            _calls.Journaled(gptEvent);
        _callMeter?.Observe(gptEvent, _state.Step);
        if (plan.StreamCallback is not null)
            await plan.StreamCallback(gptEvent, cancellationToken).ConfigureAwait(false);
        return gptEvent;
    }

    /// <summary>The remarks on the answer, without those that an earlier process had made when it ended.</summary>
    private async ValueTask<IEnumerable<AnnotationEvent>> AnnotateAsync(IReadOnlyList<GptEvent>? earlier, CancellationToken cancellationToken)
    {
        if (plan.Annotator is null)
            return [];
        var answer = new AnsweredTurn { Turn = plan.Turn, Text = _state.Text, Messages = [.. plan.Conversation.Messages] };
        var made = await plan.Annotator(answer, cancellationToken).ConfigureAwait(false);
        return earlier is null ? made : made.Where(remark => !earlier.OfType<AnnotationEvent>().Any(told => told.Kind == remark.Kind && JsonElement.DeepEquals(told.Data, remark.Data)));
    }

    private async ValueTask<GptEvent> EndAsync(GptEvent end, CancellationToken cancellationToken)
    {
        _ended = true;
        return _end = await PublishAsync(end, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<GptEvent> EndFailedAsync(GptException failure)
    {
        failure.PartialText = _state.Text.Length > 0 ? _state.Text : null;
        var state = failure.Kind is GptErrorKind.StreamInterrupted or GptErrorKind.Timeout ? MessageState.Interrupted : MessageState.Failed;
        await KeepStepAsync(state, CancellationToken.None).ConfigureAwait(false);
        await KeepResultsAsync(CancellationToken.None).ConfigureAwait(false);
        return await EndAsync(_state.Failed(failure), CancellationToken.None).ConfigureAwait(false);
    }

    private async ValueTask<GptEvent> EndCancelledAsync()
    {
        await KeepStepAsync(MessageState.Cancelled, CancellationToken.None).ConfigureAwait(false);
        await KeepResultsAsync(CancellationToken.None).ConfigureAwait(false);
        return await EndAsync(_state.Cancelled(), CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>
    /// The consumer went away, or its callback threw: calls with side effects that have begun are given their time, then the turn is
    /// recorded as cancelled, in bounded time and without the callback.
    /// </summary>
    private async ValueTask AbandonAsync()
    {
        _ended = true;
        await _calls.DrainAsync().ConfigureAwait(false);
        using var farewell = new CancellationTokenSource(Farewell, _time);
        await KeepStepAsync(MessageState.Cancelled, farewell.Token).ConfigureAwait(false);
        await KeepResultsAsync(farewell.Token).ConfigureAwait(false);
        await _journal.RecordAsync(_state.Cancelled(), farewell.Token).ConfigureAwait(false);
    }

    /// <summary>Puts what the step has written into the conversation and the journal, and its tokens into the turn's totals.</summary>
    private async ValueTask KeepStepAsync(MessageState state, CancellationToken cancellationToken)
    {
        if (_assembler is not { } assembler)
            return;
        _assembler = null;
        var cost = _state.EndStep(assembler);
        if (assembler.ToMessage(state, plan.Served.Id, cost) is { } message)
            await _journal.KeepAsync(message, assembler.Calls.Count > 0, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Puts the results of the step's calls, in their order, into the conversation and the journal.</summary>
    private async ValueTask KeepResultsAsync(CancellationToken cancellationToken)
    {
        if (_calls.TakeResults() is { } results)
            await _journal.KeepAsync(results, flush: true, cancellationToken).ConfigureAwait(false);
        if (_callMeter is not null)
            await _callMeter.FlushAsync().ConfigureAwait(false);
    }

    private CallScope Scope(bool isRepeated) => new()
    {
        Conversation = plan.Conversation.Id,
        Turn = plan.Turn,
        Time = _time,
        Ids = engine.Ids,
        Limits = plan.Limits,
        Ledger = engine.Ledger,
        Approver = plan.Approver,
        IsRepeated = isRepeated,
        Trace = plan.Trace,
        Recorder = plan.Recorder,
        Script = plan.Script,
    };
}
