using System.Runtime.CompilerServices;
using Omega.Gpt.Providers;

namespace Omega.Gpt.Turns;

/// <summary>
/// Runs one turn: asks the model, journals every event before it is shown, and leaves conversation and journal consistent however
/// the turn ends. One consumer; an instance is used once.
/// </summary>
internal sealed class TurnLoop(TurnPlan plan, GptEngine engine)
{
    /// <summary>How long the last writes may take after a turn was abandoned.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time = engine.Time;
    private readonly long _began = engine.Time.GetTimestamp();
    private readonly PooledText _text = new();
    private ITurnWriter? _log;
    private long _sequence;
    private int _step;
    private StepAssembler? _assembler;
    private TokenUsage? _usage;
    private Cost? _cost;
    private bool _priced = true;
    private double? _firstTokenMs;
    private bool _ended;
    private GptException? _failure;
    private bool _cancelled;

    private string ModelName => plan.Model.Id;

    public async IAsyncEnumerable<GptEvent> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var lease = await engine.LeaseAsync(plan, cancellationToken).ConfigureAwait(false);
        if (lease.IsRepeat)
        {
            await foreach (var gptEvent in lease.RepeatAsync(cancellationToken).ConfigureAwait(false))
                yield return gptEvent;
            yield break;
        }

        _log = lease.Log;
        using var limit = plan.Timeout is { } timeout ? new CancellationTokenSource(timeout, _time) : null;
        using var linked = limit is null ? null : CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var token = linked?.Token ?? cancellationToken;
        var events = new List<GptEvent>(4);
        try
        {
            yield return await PublishAsync(new TurnStartedEvent(plan.Conversation.Id, plan.Requested), token).ConfigureAwait(false);
            foreach (var notice in plan.Notices)
                yield return await PublishAsync(notice, token).ConfigureAwait(false);
            foreach (var message in plan.Input)
                plan.Conversation.Append(message, _time.GetUtcNow());
            plan.Conversation.Model = ModelName;

            _assembler = new StepAssembler(plan.Turn, ++_step);
            yield return await PublishAsync(new StepStartedEvent(_step), token).ConfigureAwait(false);

            var deltas = plan.Model.Provider.StreamAsync(NextRequest(), token).GetAsyncEnumerator(token);
            try
            {
                while (await NextAsync(deltas, limit, cancellationToken).ConfigureAwait(false) is { } delta)
                {
                    if (!TryApply(delta, events))
                        break;
                    if (plan.ShowOpaque && delta is OpaqueDelta opaque)
                        yield return new OpaqueEvent(opaque.Part).Stamp(plan.Turn, 0, _time.GetUtcNow());
                    for (var i = 0; i < events.Count; i++)
                        yield return await PublishAsync(events[i], token).ConfigureAwait(false);
                    events.Clear();
                }
            }
            finally
            {
                await deltas.DisposeAsync().ConfigureAwait(false);
            }

            if (_failure is null && !_cancelled)
            {
                _assembler.Finish(events);
                for (var i = 0; i < events.Count; i++)
                    yield return await PublishAsync(events[i], token).ConfigureAwait(false);
                events.Clear();

                var assembler = _assembler;
                var finished = assembler.Finished!;
                await KeepStepAsync(MessageState.Complete, token).ConfigureAwait(false);
                yield return await PublishAsync(new StepCompletedEvent(_step, finished.Reason, finished.Raw), token).ConfigureAwait(false);
                yield return await EndAsync(Completed(finished, assembler), token).ConfigureAwait(false);
                yield break;
            }

            var end = _cancelled ? await EndCancelledAsync(CancellationToken.None).ConfigureAwait(false) : await EndFailedAsync(_failure!).ConfigureAwait(false);
            yield return end;
        }
        finally
        {
            if (!_ended)
                await AbandonAsync().ConfigureAwait(false);
            _text.Clear();
        }

        if (_cancelled)
            throw new OperationCanceledException("The turn was cancelled; what had arrived is kept.", cancellationToken);
        throw _failure!;
    }

    private ModelRequest NextRequest()
    {
        IReadOnlyList<Message> messages = plan.Conversation.Messages;
        if (plan.Options.SystemMessage is { Length: > 0 } system)
            messages = [Message.System(system), .. messages];
        return new ModelRequest
        {
            Model = plan.Model.Model,
            Info = plan.Model.Info,
            Messages = messages,
            Functions = plan.Functions.Definitions,
            Options = plan.Options,
            Conversation = plan.Conversation.Id,
        };
    }

    /// <summary>The next delta; null at the end, with <see cref="_failure"/> or <see cref="_cancelled"/> set unless the stream is whole.</summary>
    private async ValueTask<ModelDelta?> NextAsync(IAsyncEnumerator<ModelDelta> deltas, CancellationTokenSource? limit, CancellationToken caller)
    {
        try
        {
            if (!caller.IsCancellationRequested && limit is not { IsCancellationRequested: true })
            {
                if (await deltas.MoveNextAsync().ConfigureAwait(false))
                    return deltas.Current;
                if (_assembler!.Finished is null)
                {
                    _failure = new GptException(GptErrorKind.StreamInterrupted, $"{plan.Model.ProviderName}: the stream ended before its last event.")
                    {
                        Phase = GptPhase.Step,
                        IsRetryable = true,
                    };
                }

                return null;
            }
        }
        catch (GptException exception)
        {
            _failure = exception;
            return null;
        }
        catch (OperationCanceledException) when (caller.IsCancellationRequested || limit is { IsCancellationRequested: true })
        {
        }
        catch (OperationCanceledException exception)
        {
            // Nobody here cancelled: a provider gave up by itself, which is no success.
            _failure = new GptException(GptErrorKind.Timeout, $"{plan.Model.ProviderName}: the request was given up by the client library ({exception.Message}).", exception)
            {
                Phase = GptPhase.Step,
                IsRetryable = true,
            };
            return null;
        }

        if (caller.IsCancellationRequested)
            _cancelled = true;
        else
            _failure = new GptException(GptErrorKind.Timeout, $"The turn took longer than {plan.Timeout!.Value.TotalSeconds:0.###} s.") { Phase = GptPhase.Turn, IsRetryable = true };
        return null;
    }

    private bool TryApply(ModelDelta delta, List<GptEvent> events)
    {
        try
        {
            _assembler!.Apply(delta, events);
        }
        catch (GptException exception)
        {
            _failure = exception;
            return false;
        }

        switch (delta)
        {
            case TextDelta text:
                _text.Append(text.Text);
                break;
            case UsageDelta:
                var (usage, cost) = Totals();
                events.Add(new UsageUpdatedEvent(usage!, cost));
                return true;
        }

        if (_firstTokenMs is null && delta is TextDelta or ReasoningDelta or RefusalDelta or CallStartedDelta)
            _firstTokenMs = ElapsedMs();
        return true;
    }

    /// <summary>Numbers an event, journals it, tells the callback; the caller then yields it.</summary>
    private async ValueTask<GptEvent> PublishAsync(GptEvent gptEvent, CancellationToken cancellationToken)
    {
        gptEvent.Stamp(plan.Turn, ++_sequence, _time.GetUtcNow());
        if (_log is not null)
            await _log.AppendAsync(gptEvent, NeedsFlush(gptEvent), CancellationToken.None).ConfigureAwait(false);
        if (plan.StreamCallback is not null)
            await plan.StreamCallback(gptEvent, cancellationToken).ConfigureAwait(false);
        return gptEvent;
    }

    private async ValueTask<GptEvent> EndAsync(GptEvent end, CancellationToken cancellationToken)
    {
        _ended = true;
        return await PublishAsync(end, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<GptEvent> EndFailedAsync(GptException failure)
    {
        failure.PartialText = _text.Length > 0 ? _text.ToString() : null;
        var state = failure.Kind is GptErrorKind.StreamInterrupted or GptErrorKind.Timeout ? MessageState.Interrupted : MessageState.Failed;
        await KeepStepAsync(state, CancellationToken.None).ConfigureAwait(false);
        return await EndAsync(
            new TurnFailedEvent
            {
                Kind = failure.Kind,
                Phase = failure.Phase,
                Message = failure.Message,
                PartialText = _text.ToString(),
                Retryable = failure.IsRetryable,
                Usage = _usage,
                Cost = _cost,
            },
            CancellationToken.None).ConfigureAwait(false);
    }

    private async ValueTask<GptEvent> EndCancelledAsync(CancellationToken cancellationToken)
    {
        await KeepStepAsync(MessageState.Cancelled, cancellationToken).ConfigureAwait(false);
        return await EndAsync(new TurnCancelledEvent(_text.ToString(), _usage, _cost), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The consumer went away, or its callback threw: the turn is recorded as cancelled, in bounded time and without the callback.</summary>
    private async ValueTask AbandonAsync()
    {
        using var farewell = new CancellationTokenSource(Farewell, _time);
        _ended = true;
        await KeepStepAsync(MessageState.Cancelled, farewell.Token).ConfigureAwait(false);
        var end = new TurnCancelledEvent(_text.ToString(), _usage, _cost).Stamp(plan.Turn, ++_sequence, _time.GetUtcNow());
        if (_log is not null)
            await _log.AppendAsync(end, flush: false, farewell.Token).ConfigureAwait(false);
    }

    /// <summary>Puts what the step has written into the conversation and the journal, and its tokens into the turn's totals.</summary>
    private async ValueTask KeepStepAsync(MessageState state, CancellationToken cancellationToken)
    {
        if (_assembler is not { } assembler)
            return;
        var cost = PriceOf(assembler.Usage);
        (_usage, _cost) = Totals();
        _priced = _cost is not null;
        _assembler = null;
        if (assembler.ToMessage(state, ModelName, cost) is not { } message)
            return;
        plan.Conversation.Append(message, _time.GetUtcNow());
        if (_log is not null)
            await _log.AppendAsync(plan.Conversation.Messages[^1], assembler.Calls.Count > 0, cancellationToken).ConfigureAwait(false);
    }

    private TurnCompletedEvent Completed(FinishedDelta finished, StepAssembler assembler)
    {
        var pending = assembler.Calls.Where(call => call.Problem is null).Select(call => new PendingCall(call.Id, call.Name, call.Arguments)).ToList();
        return new TurnCompletedEvent
        {
            Text = _text.ToString(),
            FinishReason = pending.Count > 0 ? FinishReason.FunctionCalls : finished.Reason,
            Model = assembler.Started?.Model ?? plan.Model.Model,
            Provider = plan.Model.ProviderName,
            Steps = _step,
            Usage = _usage,
            Cost = _cost,
            Timing = new TurnTiming(_firstTokenMs, ElapsedMs()),
            Pending = pending,
        };
    }

    private (TokenUsage? Usage, Cost? Cost) Totals()
    {
        var usage = _assembler?.Usage;
        var cost = PriceOf(usage);
        var first = _step <= 1;
        return (TokenUsage.Add(_usage, usage?.Usage), first ? cost : _priced ? Cost.Add(_cost, cost) : null);
    }

    private Cost? PriceOf(UsageDelta? usage) => usage is null ? null : Pricing.Price(usage.Usage, plan.Model.Info, usage.BilledUsd);

    private double ElapsedMs() => Math.Round(_time.GetElapsedTime(_began).TotalMilliseconds, 3);

    private static bool NeedsFlush(GptEvent gptEvent) =>
        gptEvent is FunctionCallExecutingEvent or FunctionCallCompletedEvent or FunctionCallFailedEvent;
}
