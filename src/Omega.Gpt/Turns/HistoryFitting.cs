using Omega.Gpt.Models;
using Omega.Gpt.Providers;

namespace Omega.Gpt.Turns;

/// <summary>Fits a turn's requests into the model's context, and says once for each cut what was left out. One turn's.</summary>
internal sealed class HistoryFitting(HistoryPolicy policy, TurnPlan plan)
{
    /// <summary>The part of a context that is kept free for the answer at most.</summary>
    private const int AnswerPart = 4;

    /// <summary>Characters of a transcript for each token that fits: about half of what prose has.</summary>
    private const int TranscriptCharactersOfToken = 2;

    private readonly TokenCounter _counter = TokenCounter.For(plan.Model.Model, plan.Model.Info);
    private int _toldCut;

    /// <summary>What the last request leaves out, where that was not said before; null where nothing is new.</summary>
    public HistoryTrimmedEvent? Trimmed { get; private set; }

    /// <summary>The messages to send, a summary of the others before them where one is wanted.</summary>
    /// <param name="messages">The history, without the turn's own instructions.</param>
    /// <param name="system">The instructions that go before it; null for none.</param>
    /// <param name="step">The step that asks.</param>
    /// <param name="cancellationToken">Gives up on a summary.</param>
    /// <returns>The messages, and what a summary took; null where none was asked for.</returns>
    public async ValueTask<(IReadOnlyList<Message> Messages, UsageDelta? Usage)> FitAsync(IReadOnlyList<Message> messages, Message? system, int step, CancellationToken cancellationToken)
    {
        Trimmed = null;
        if (Most() is not { } limit)
            return (messages, null);
        // Nearly every history is far from the limit, and bytes say so without a vocabulary.
        if (messages.Sum(TokenCounter.AtMost) + plan.Functions.Definitions.Sum(TokenCounter.AtMost) + (system is null ? 0 : TokenCounter.AtMost(system)) <= limit)
            return (messages, null);

        var fixedTokens = plan.Functions.Definitions.Sum(_counter.Count) + (system is null ? 0 : _counter.Count(system)) + (policy.Summarise ? HistorySummary.LongestSummary : 0);
        var tokens = messages.Select(_counter.Count).ToArray();
        var cut = HistoryCut.Of(messages, tokens, limit - fixedTokens, policy.TrimTo);
        if (cut == 0)
            return (messages, null);
        UsageDelta? usage = null;
        string? summary = null;
        if (policy.Summarise && (summary = HistorySummary.Known(plan.Conversation, messages, cut)) is null && cut != _toldCut)
            (summary, usage) = await HistorySummary.AskAsync(plan, messages, cut, (int)Math.Min(limit * TranscriptCharactersOfToken, int.MaxValue), step, cancellationToken).ConfigureAwait(false);
        if (cut != _toldCut)
            Trimmed = new HistoryTrimmedEvent(cut, tokens.Take(cut).Sum(), summary is null ? "dropped" : "summarised");
        _toldCut = cut;
        return (summary is null ? [.. messages.Skip(cut)] : [HistorySummary.ToMessage(summary), .. messages.Skip(cut)], usage);
    }

    private long? Most()
    {
        if (policy.MaxTokens is { } asked)
            return asked;
        if (plan.Model.Info?.Context is not { } context)
            return null;
        var answer = plan.Options.MaxTokens ?? Math.Min(plan.Model.Info.MaxOutput ?? context, context / AnswerPart);
        var most = Math.Max(context - answer, context / AnswerPart);
        return _counter.IsEstimate ? (long)(most / TokenCounter.EstimateMargin) : most;
    }
}
