using System.Runtime.CompilerServices;
using System.Text;
using Omega.Gpt.Models;
using Omega.Gpt.Providers;

namespace Omega.Gpt.Usage;

/// <summary>
/// One metered call. Written by hand, for every delta passes through: a delta that is there already costs no state machine and no allocation.
/// Enumerated once.
/// </summary>
internal sealed class MeteredStream(IModelProvider provider, UsageMeter meter, ModelRequest request, CancellationToken requestToken) : IAsyncEnumerable<ModelDelta>, IAsyncEnumerator<ModelDelta>
{
    /// <summary>Pieces between two looks at the clock.</summary>
    private const int PiecesBetweenLooks = 8;

    private readonly Queue<ModelDelta> _told = [];
    private readonly List<string> _functions = [];
    private IAsyncEnumerator<ModelDelta>? _inner;
    private CancellationToken _cancellation;
    private Attempt _attempt = null!;
    private OpenAttempt? _row;
    private OutputEstimate _output;
    private StringBuilder? _written;
    private long? _paidFor;
    private long _began;
    private long _firstToken;
    private long _lastTold;
    private int _pieces;
    private string? _served;
    private UsageDelta? _usage;
    private bool _isBegun;
    private bool _hasArrived;
    private bool _isClosed;

    public ModelDelta Current { get; private set; } = null!;

    public IAsyncEnumerator<ModelDelta> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        _cancellation = cancellationToken.CanBeCanceled ? cancellationToken : requestToken;
        return this;
    }

    public ValueTask<bool> MoveNextAsync()
    {
        if (_told.TryDequeue(out var told))
        {
            Current = told;
            return new ValueTask<bool>(true);
        }

        if (!_isBegun)
            return BeginAsync();
        var moving = _inner!.MoveNextAsync();
        if (!moving.IsCompletedSuccessfully)
            return AwaitAsync(moving);
        return moving.Result ? ShowAsync(_inner.Current) : EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_inner is not null)
                await _inner.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            await CloseAsync(AttemptOutcome.Cancelled, null, null).ConfigureAwait(false);
        }
    }

    private async ValueTask<bool> BeginAsync()
    {
        _isBegun = true;
        _cancellation.ThrowIfCancellationRequested();
        _attempt = request.Attempt ?? new Attempt { Number = 1 };
        var opening = new AttemptOpening
        {
            At = meter.Time.GetUtcNow(),
            Session = request.Conversation,
            Turn = request.Turn,
            Step = request.Step,
            Number = _attempt.Number,
            Provider = provider.Name,
            Model = request.Model,
            KeyId = _attempt.KeyId,
        };
        var asked = request with { Attempt = _attempt };
        var demand = meter.DemandOf(request, opening);
        _row = await AdmitAsync(opening, demand).ConfigureAwait(false);
        if (demand.Limits.Count > 0)
            asked = Limit(asked, demand);
        _began = _lastTold = meter.Time.GetTimestamp();
        try
        {
            _inner = provider.StreamAsync(asked, requestToken).GetAsyncEnumerator(_cancellation);
        }
        catch (Exception exception)
        {
            await FailedAsync(exception).ConfigureAwait(false);
            throw;
        }

        return await MoveNextAsync().ConfigureAwait(false);
    }

    /// <summary>Opens the row.</summary>
    /// <returns>It; null where it cannot be written and no money hangs on it, which a notice says.</returns>
    private async ValueTask<OpenAttempt?> AdmitAsync(AttemptOpening opening, Demand demand)
    {
        try
        {
            var admission = await meter.Ledger.OpenAsync(opening, demand).ConfigureAwait(false);
            return admission.Attempt ?? throw BudgetGate.Refusal(admission.Refused!.Value, new ModelRequestName(opening.Provider, opening.Model));
        }
        catch (IOException exception) when (demand.Limits.Count == 0)
        {
            _told.Enqueue(new NoticeDelta(new NoticeEvent("usage_not_recorded", exception.Message)));
            return null;
        }
        catch (IOException exception)
        {
            // Whoever cannot look into the purse does not pay.
            throw new GptException(GptErrorKind.BudgetExceeded, $"{request.Model} was not asked: the budget cannot be checked. {exception.Message}", exception) { Phase = GptPhase.Request, Provider = provider.Name, Model = request.Model };
        }
    }

    /// <summary>Asks for no longer an answer than was reserved, and says so where that is shorter.</summary>
    private ModelRequest Limit(ModelRequest asked, Demand demand)
    {
        foreach (var state in _row!.Budgets)
        {
            if (state.Spent >= state.Limit * (decimal)meter.WarnAt)
                _told.Enqueue(new NoticeDelta(new BudgetWarningEvent(state.Account.Name, state.Spent, state.Limit)));
        }

        if (_row.Reservation is not { OutputTokens: { } paidFor } reservation)
            return asked;
        _paidFor = paidFor;
        _written = new StringBuilder();
        if (reservation.MaxTokens is not { } most || most == demand.Asked)
            return asked;
        _told.Enqueue(new NoticeDelta(new NoticeEvent("budget_limited", FormattableString.Invariant($"The budget leaves {BudgetGate.Usd(reservation.Usd)} for this request: the answer may have {most:N0} tokens at most."))));
        return asked with { Options = asked.Options with { MaxTokens = most } };
    }

    // Pooled: one for each delta that has to be waited for, and a stream has thousands.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> AwaitAsync(ValueTask<bool> moving)
    {
        bool hasMoved;
        try
        {
            hasMoved = await moving.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            await FailedAsync(exception).ConfigureAwait(false);
            throw;
        }

        return hasMoved ? await ShowAsync(_inner!.Current).ConfigureAwait(false) : await EndAsync().ConfigureAwait(false);
    }

    private ValueTask<bool> ShowAsync(ModelDelta delta)
    {
        if (delta is FinishedDelta finished)
            return FinishAsync(finished);
        return Take(delta) ? new ValueTask<bool>(true) : OverrunAsync();
    }

    /// <summary>The row is complete before the answer's end is told.</summary>
    private async ValueTask<bool> FinishAsync(FinishedDelta finished)
    {
        if (!await CloseAsync(AttemptOutcome.Completed, null, finished.Reason).ConfigureAwait(false))
            _told.Enqueue(new NoticeDelta(new NoticeEvent("usage_not_recorded", "What the answer cost could not be written to the usage ledger; its row stays open.")));
        _told.Enqueue(finished);
        Current = _told.Dequeue();
        return true;
    }

    /// <summary>A stream that ends without its last event is broken, whoever finds it out.</summary>
    private async ValueTask<bool> EndAsync()
    {
        await CloseAsync(AttemptOutcome.Interrupted, GptErrorKind.StreamInterrupted, null).ConfigureAwait(false);
        return false;
    }

    private async ValueTask<bool> OverrunAsync()
    {
        await CloseAsync(AttemptOutcome.Interrupted, GptErrorKind.BudgetExceeded, null).ConfigureAwait(false);
        throw BudgetGate.Overrun(_row!.Budgets.MinBy(state => state.Left), new ModelRequestName(provider.Name, request.Model));
    }

    /// <summary>Takes note of a delta and makes it the current one.</summary>
    /// <returns>Whether it may be shown: false where the answer is longer than what was reserved for it.</returns>
    private bool Take(ModelDelta delta)
    {
        Current = delta;
        // What a stage beneath remarks upon is nothing that the provider sent.
        _hasArrived |= delta is not NoticeDelta;
        switch (delta)
        {
            case TextDelta text:
                return Arrived(text.Text);
            case ReasoningDelta reasoning:
                return Arrived(reasoning.Text);
            case CallArgumentsDelta arguments:
                return Arrived(arguments.Delta);
            case RefusalDelta refusal:
                return Arrived(refusal.Text);
            case CallStartedDelta call:
                if (!_functions.Contains(call.Name))
                    _functions.Add(call.Name);
                return Arrived(call.Name);
            case StartedDelta started:
                _served ??= started.Model;
                break;
            case UsageDelta usage:
                Warn(_usage, usage);
                _usage = usage;
                break;
        }

        return true;
    }

    private bool Arrived(string piece)
    {
        if (_firstToken == 0)
            _firstToken = meter.Time.GetTimestamp();
        _output.Add(piece);
        _written?.Append(piece);
        if (meter.LiveSpend is not null && ++_pieces % PiecesBetweenLooks == 0)
            TellSpending();
        return _paidFor is null || _output.Tokens <= _paidFor || IsPaidFor();
    }

    /// <summary>The estimate is above what is paid for: the vocabulary decides.</summary>
    private bool IsPaidFor()
    {
        var counter = TokenCounter.For(request.Model, request.Info);
        _output.Settle(counter.Count(_written!.ToString()));
        _written.Clear();
        // The model may well have kept to its limit where another vendor's vocabulary counts more.
        return _output.Tokens <= _paidFor * (counter.IsEstimate ? TokenCounter.EstimateMargin : 1);
    }

    private void TellSpending()
    {
        var now = meter.Time.GetTimestamp();
        if (meter.Time.GetElapsedTime(_lastTold, now) < meter.LiveSpend || request.Info is not { Prices.Count: > 0 })
            return;
        _lastTold = now;
        _told.Enqueue(new UsageDelta(Estimated(), null) { IsEstimate = true });
    }

    /// <summary>Tells of limits that this answer brings near to their end.</summary>
    private void Warn(UsageDelta? before, UsageDelta now)
    {
        if (_row is not { Budgets.Count: > 0 } || CostOf(now) is not { } cost)
            return;
        var earlier = before is null ? 0 : CostOf(before)?.Usd ?? 0;
        foreach (var state in _row.Budgets)
        {
            var line = state.Limit * (decimal)meter.WarnAt;
            if (state.Spent + earlier < line && state.Spent + cost.Usd >= line)
                _told.Enqueue(new NoticeDelta(new BudgetWarningEvent(state.Account.Name, state.Spent + cost.Usd, state.Limit)));
        }
    }

    private Cost? CostOf(UsageDelta usage) => Pricing.Price(usage.Usage, request.Info, usage.BilledUsd, usage.IsEstimate, request.Options.PromptCaching);

    private ValueTask<bool> FailedAsync(Exception exception)
    {
        if (exception is OperationCanceledException && (_cancellation.IsCancellationRequested || requestToken.IsCancellationRequested))
            return CloseAsync(AttemptOutcome.Cancelled, null, null);
        var kind = exception switch
        {
            GptException gpt => gpt.Kind,
            OperationCanceledException => GptErrorKind.Timeout,
            _ => GptErrorKind.Server,
        };
        return CloseAsync(_firstToken == 0 ? AttemptOutcome.Failed : AttemptOutcome.Interrupted, kind, null);
    }

    /// <summary>Completes the row, once.</summary>
    /// <returns>Whether it could be written.</returns>
    private ValueTask<bool> CloseAsync(AttemptOutcome outcome, GptErrorKind? error, FinishReason? finish)
    {
        if (_isClosed || _row is null)
            return new ValueTask<bool>(true);
        _isClosed = true;
        var (usage, isEstimate) = UsageAt(outcome);
        return meter.Ledger.CloseAsync(_row, new AttemptClosing
        {
            Outcome = outcome,
            Error = error,
            Finish = finish,
            Served = _served,
            Queued = _attempt.Queued,
            Connected = _attempt.AnsweredAt is { } answered ? meter.Time.GetElapsedTime(_began, answered) : null,
            FirstToken = _firstToken == 0 ? null : meter.Time.GetElapsedTime(_began, _firstToken),
            Total = meter.Time.GetElapsedTime(_began),
            Usage = usage,
            IsUsageEstimated = usage is not null && isEstimate,
            Cost = usage is null
                ? new Cost(0, Estimated: false, CostSource.Catalogue)
                : Pricing.Price(usage, request.Info, _usage?.BilledUsd, isEstimate, request.Options.PromptCaching),
            Saved = usage is null ? 0 : Pricing.Saved(usage, request.Info),
            Functions = _functions,
        });
    }

    /// <summary>The tokens to write down; null where the call was refused or never arrived, which nobody bills.</summary>
    private (TokenUsage? Usage, bool IsEstimate) UsageAt(AttemptOutcome outcome)
    {
        if (_usage is not null && (outcome == AttemptOutcome.Completed || _usage.BilledUsd is not null))
            return (_usage.Usage, _usage.IsEstimate);
        if (outcome == AttemptOutcome.Failed && !_hasArrived && _attempt.StatusCode is null or >= 400)
            return (null, false);
        // What was reported in the middle knows the input; the output went on after it.
        return (Estimated(), true);
    }

    private TokenUsage Estimated() =>
        new(_usage?.Usage.Input ?? new InputTokens(UsageMeter.RoughInput(request)), new OutputTokens(Math.Max(_usage?.Usage.Output.Total ?? 0, _output.Tokens)));
}
