namespace Omega.Gpt.Turns;

/// <summary>Splits what a turn has used, which events tell as a running total, into what each step used. What cannot be told stays null.</summary>
internal sealed class StepSpending
{
    private TokenUsage? _total;
    private Cost? _totalCost;
    private TokenUsage? _recorded;
    private decimal? _recordedUsd = 0;
    private bool _recordedUnknown;
    private bool _stepReported;

    /// <summary>The turn's total so far, as an event told it.</summary>
    public void Update(TokenUsage? usage, Cost? cost)
    {
        if (usage is null || (usage == _total && cost == _totalCost))
            return;
        (_total, _totalCost, _stepReported) = (usage, cost, true);
    }

    /// <summary>A step's message is in; what comes next belongs to another step.</summary>
    public void Record(Message message)
    {
        _recordedUnknown |= message.Usage is null;
        _recorded = TokenUsage.Add(_recorded, message.Usage);
        _recordedUsd += message.Cost?.Usd;
        _stepReported = false;
    }

    /// <summary>What the open step used, as far as it was reported.</summary>
    public (TokenUsage? Usage, Cost? Cost) OfOpenStep()
    {
        if (!_stepReported || _recordedUnknown || _total is null)
            return (null, null);
        if (_recorded is null)
            return (_total, _totalCost);
        var usage = new TokenUsage(
            new InputTokens(Less(_total.Input.Total, _recorded.Input.Total))
            {
                Uncached = Less(_total.Input.Uncached, _recorded.Input.Uncached),
                CacheRead = Less(_total.Input.CacheRead, _recorded.Input.CacheRead),
                CacheWrite = Less(_total.Input.CacheWrite, _recorded.Input.CacheWrite),
            },
            new OutputTokens(Less(_total.Output.Total, _recorded.Output.Total))
            {
                Text = Less(_total.Output.Text, _recorded.Output.Text),
                Reasoning = Less(_total.Output.Reasoning, _recorded.Output.Reasoning),
            });
        var usd = _totalCost?.Usd - _recordedUsd;
        return (usage, usd is >= 0 ? _totalCost! with { Usd = usd.Value } : null);
    }

    // A total below its parts was not the total of the same things: unknown, rather than negative.
    private static long? Less(long? total, long? part) => total - part is >= 0 and var rest ? rest : null;
}
