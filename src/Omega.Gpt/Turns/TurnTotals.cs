namespace Omega.Gpt.Turns;

/// <summary>What a turn has used: the steps that are over, and the one that runs.</summary>
internal sealed class TurnTotals
{
    private bool _hasSteps;
    private bool _isPriced = true;

    /// <summary>Tokens of the steps that are over; null when the provider reported none.</summary>
    public TokenUsage? Usage { get; private set; }

    /// <summary>Their cost; null when a price is unknown.</summary>
    public Cost? Cost { get; private set; }

    /// <summary>The totals with a step that runs.</summary>
    public (TokenUsage? Usage, Cost? Cost) With(TokenUsage? usage, Cost? cost) =>
        (TokenUsage.Add(Usage, usage), !_hasSteps ? cost : _isPriced ? Gpt.Cost.Add(Cost, cost) : null);

    /// <summary>A step is over.</summary>
    public void Add(TokenUsage? usage, Cost? cost)
    {
        (Usage, Cost) = With(usage, cost);
        (_hasSteps, _isPriced) = (true, Cost is not null);
    }
}
