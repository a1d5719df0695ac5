using Omega.Gpt.Resilience.Failover;

namespace Omega.Gpt.Resilience.Resuming;

/// <summary>Which method to take. Pure.</summary>
internal static class ResumeRules
{
    /// <summary>The best method that has not been refused.</summary>
    /// <param name="shown">What was shown.</param>
    /// <param name="candidate">The model that is to go on.</param>
    /// <param name="effort">How much it is asked to reason; null leaves that to it.</param>
    /// <param name="hasPlace">Whether its server can send the rest of the same answer.</param>
    /// <param name="refused">Methods that it has refused.</param>
    public static ResumeMethod Choose(ShownAnswer shown, Candidate candidate, ReasoningEffort? effort, bool hasPlace, IReadOnlySet<ResumeMethod> refused)
    {
        if (shown.IsEmpty)
            return ResumeMethod.Begin;
        // A call is never continued: half of it comes from one answer and half from another.
        if (hasPlace && !shown.HasCalls && !refused.Contains(ResumeMethod.StartingAfter))
            return ResumeMethod.StartingAfter;
        return TakesPrefix(candidate, effort) && shown.IsTextAlone && !EndsInSpace(shown) && !refused.Contains(ResumeMethod.Prefix)
            ? ResumeMethod.Prefix
            : ResumeMethod.Restart;
    }

    /// <summary>The method's name in <c>stream.resumed</c>.</summary>
    public static string NameOf(ResumeMethod method) => method switch
    {
        ResumeMethod.StartingAfter => "starting_after",
        ResumeMethod.Prefix => "prefix",
        _ => "restart",
    };

    // A model that reasons would begin its answer, not continue it.
    private static bool TakesPrefix(Candidate candidate, ReasoningEffort? effort) => candidate.Info?.Capabilities is { PrefixContinuation: true } takes
        && !(takes.Reasoning && (effort is { } asked ? asked != ReasoningEffort.None : takes.ReasonsByDefault));

    // Anthropic refuses a beginning that ends in white space, and without it the join would not be what the model meant.
    private static bool EndsInSpace(ShownAnswer shown) => char.IsWhiteSpace(shown.Pieces[^1].Text.Span[^1]);
}
