using Omega.Gpt.Providers;

namespace Omega.Gpt.Turns;

/// <summary>What a turn has come to: steps, text, tokens, time. Makes the requests and the event that ends it.</summary>
internal sealed class TurnState(TurnPlan plan, TimeProvider time)
{
    private readonly long _began = time.GetTimestamp();
    private readonly PooledText _text = new();
    private readonly TurnTotals _totals = new();
    private readonly Message? _system = plan.Options.SystemMessage is { Length: > 0 } system ? Message.System(system) : null;
    private readonly HistoryFitting? _fitting = plan.History is { } history ? new HistoryFitting(history, plan) : null;
    private IReadOnlyList<Message> _leftOut = [];
    private double? _firstTokenMs;

    /// <summary>The step that runs or ran last, from 1; 0 before the first.</summary>
    public int Step { get; private set; }

    /// <summary>All text of the answer so far.</summary>
    public string Text => _text.ToString();

    /// <summary>What the last request left out, where that was not said before.</summary>
    public HistoryTrimmedEvent? Trimmed => _fitting?.Trimmed;

    /// <summary>Goes on where an earlier process stopped.</summary>
    public void GoOnFrom(TurnRecovery recovery)
    {
        Step = recovery.Step;
        _leftOut = recovery.Discarded;
        foreach (var answer in recovery.Answers)
        {
            _text.Append(answer.Text);
            _totals.Add(answer.Usage, answer.Cost);
        }
    }

    /// <summary>The step that an earlier process recorded last.</summary>
    public StepAssembler ReopenStep() => new(plan.Turn, Step, plan.Functions, plan.Limits);

    public StepAssembler BeginStep() => new(plan.Turn, ++Step, plan.Functions, plan.Limits);

    /// <summary>The request of the step that begins.</summary>
    /// <param name="cancellationToken">Gives up on a summary of what does not fit.</param>
    public async ValueTask<ModelRequest> NextRequestAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Message> messages = plan.Conversation.Messages;
        // What a step said that is asked again would only be continued by the model.
        if (_leftOut.Count > 0)
            messages = [.. messages.Where(message => !_leftOut.Any(left => ReferenceEquals(left.Parts, message.Parts)))];
        if (_fitting is not null)
        {
            (messages, var used) = await _fitting.FitAsync(messages, _system, Step, cancellationToken).ConfigureAwait(false);
            if (used is not null)
                _totals.Add(used.Usage, PriceOf(used));
        }

        if (_system is not null)
            messages = [_system, .. messages];
        return new ModelRequest
        {
            Model = plan.Model.Model,
            Info = plan.Model.Info,
            Messages = messages,
            Functions = plan.Functions.Definitions,
            Options = plan.Options,
            Conversation = plan.Conversation.Id,
            Turn = plan.Turn,
            Step = Step,
            TurnBudget = plan.BudgetUsd,
            Set = plan.Functions,
            Tenant = plan.Tenant,
            Trace = plan.Trace,
        };
    }

    /// <summary>Takes note of a delta.</summary>
    /// <returns>What has been used, where the delta says; else null.</returns>
    public UsageUpdatedEvent? Observe(ModelDelta delta, StepAssembler assembler)
    {
        switch (delta)
        {
            case TextDelta text:
                _text.Append(text.Text);
                break;
            case UsageDelta:
                var (usage, cost) = _totals.With(assembler.Usage?.Usage, PriceOf(assembler.Usage));
                return new UsageUpdatedEvent(usage!, cost);
        }

        if (_firstTokenMs is null && delta is TextDelta or ReasoningDelta or RefusalDelta or CallStartedDelta)
            _firstTokenMs = ElapsedMs();
        return null;
    }

    /// <summary>Adds a step's tokens to the turn's.</summary>
    /// <returns>What the step cost; null when unknown.</returns>
    public Cost? EndStep(StepAssembler assembler)
    {
        var cost = PriceOf(assembler.Usage);
        _totals.Add(assembler.Usage?.Usage, cost);
        return cost;
    }

    public TurnCompletedEvent Completed(StepAssembler assembler, IReadOnlyList<PendingCall> pending) => new()
    {
        Text = Text,
        FinishReason = pending.Count > 0 ? FinishReason.FunctionCalls : assembler.Finished!.Reason,
        Model = assembler.Started?.Model ?? plan.Served.Model,
        Provider = plan.Served.ProviderName,
        Steps = Step,
        Usage = _totals.Usage,
        Cost = _totals.Cost,
        Timing = new TurnTiming(_firstTokenMs, ElapsedMs()),
        Pending = pending,
    };

    public TurnFailedEvent Failed(GptException failure) => new()
    {
        Kind = failure.Kind,
        Phase = failure.Phase,
        Message = failure.Message,
        PartialText = Text,
        Retryable = failure.IsRetryable,
        Usage = _totals.Usage,
        Cost = _totals.Cost,
    };

    /// <summary>The turn has ended: its text is no longer needed.</summary>
    public void Release() => _text.Clear();

    public TurnCancelledEvent Cancelled() => new(Text, _totals.Usage, _totals.Cost);

    private Cost? PriceOf(UsageDelta? usage) => usage switch
    {
        null => null,
        { IsFromCache: true } => new Cost(0, Estimated: false, CostSource.Cache),
        _ => Pricing.Price(usage.Usage, plan.Served.Info, usage.BilledUsd, usage.IsEstimate, plan.Options.PromptCaching),
    };

    private double ElapsedMs() => Math.Round(time.GetElapsedTime(_began).TotalMilliseconds, 3);
}
