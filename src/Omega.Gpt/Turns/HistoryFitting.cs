using Omega.Gpt.Models;

namespace Omega.Gpt.Turns;

/// <summary>Fits a turn's requests into the model's context, and says once for each cut what was left out. One turn's.</summary>
internal sealed class HistoryFitting(HistoryPolicy policy, TurnPlan plan)
{
    /// <summary>What another vendor's vocabulary may count too little.</summary>
    private const double EstimateMargin = 1.25;

    /// <summary>The part of a context that is kept free for the answer at most.</summary>
    private const int AnswerPart = 4;

    private readonly TokenCounter _counter = TokenCounter.For(plan.Model.Model);
    private int _toldCut;

    /// <summary>What the last request left out, where that was not said before; null where nothing is new.</summary>
    public HistoryTrimmedEvent? Trimmed { get; private set; }

    /// <summary>The messages to send.</summary>
    /// <param name="messages">The history, without the turn's own instructions.</param>
    /// <param name="system">The instructions that go before it; null for none.</param>
    public IReadOnlyList<Message> Fit(IReadOnlyList<Message> messages, Message? system)
    {
        Trimmed = null;
        if (Most() is not { } limit)
            return messages;
        // Nearly every history is far from the limit, and bytes say so without a vocabulary.
        if (messages.Sum(TokenCounter.AtMost) + plan.Functions.Definitions.Sum(TokenCounter.AtMost) + (system is null ? 0 : TokenCounter.AtMost(system)) <= limit)
            return messages;

        var fixedTokens = plan.Functions.Definitions.Sum(_counter.Count) + (system is null ? 0 : _counter.Count(system));
        var tokens = messages.Select(_counter.Count).ToArray();
        var cut = HistoryCut.Of(messages, tokens, limit - fixedTokens, policy.TrimTo);
        if (cut == 0)
            return messages;
        if (cut != _toldCut)
            Trimmed = new HistoryTrimmedEvent(cut, tokens.Take(cut).Sum(), "dropped");
        _toldCut = cut;
        return [.. messages.Skip(cut)];
    }

    private long? Most()
    {
        if (policy.MaxTokens is { } asked)
            return asked;
        if (plan.Model.Info?.Context is not { } context)
            return null;
        var answer = plan.Options.MaxTokens ?? Math.Min(plan.Model.Info.MaxOutput ?? context, context / AnswerPart);
        var most = Math.Max(context - answer, context / AnswerPart);
        return _counter.IsEstimate ? (long)(most / EstimateMargin) : most;
    }
}
