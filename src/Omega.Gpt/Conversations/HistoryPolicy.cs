namespace Omega.Gpt;

/// <summary>
/// Keeps what a model is sent within its context by leaving out the oldest turns, or by putting a summary in their place. The conversation
/// itself stays whole. A call is never sent without its result, nor a result without its call.
/// </summary>
/// <remarks>
/// What is left out is told from the messages alone, so that any process comes to the same, and it moves in large steps: between two of them
/// the beginning of the request stays the same to the byte, which is what providers' prompt caches need. The turn that runs is never left out;
/// where it alone is too long, the provider says so.
/// </remarks>
public sealed record HistoryPolicy
{
    /// <summary>Most tokens of a request; null for the model's context less the answer's room. Of a model whose context is unknown nothing is left out.</summary>
    /// <value>At least 256.</value>
    public int? MaxTokens { get; init; }

    /// <summary>How full a request is after the oldest turns were left out, as a part of the most. Smaller is less often, and leaves out more at once.</summary>
    /// <value>0.1 to 0.9. Default 0.5.</value>
    public double TrimTo { get; init; } = 0.5;

    /// <summary>
    /// Whether the model is asked to sum up what is left out; the summary goes first, and is kept with the conversation. That costs a request
    /// whenever more is left out. Where it fails, what it would have said is left out. Default false.
    /// </summary>
    public bool Summarise { get; init; }

    /// <summary>Checks ranges.</summary>
    /// <exception cref="GptException">An option is out of range.</exception>
    internal void Validate()
    {
        if (MaxTokens is < 256)
            throw Invalid(nameof(MaxTokens), FormattableString.Invariant($"{MaxTokens}"), "256 or more");
        if (TrimTo is not (>= 0.1 and <= 0.9))
            throw Invalid(nameof(TrimTo), FormattableString.Invariant($"{TrimTo}"), "0.1 to 0.9");
    }

    private static GptException Invalid(string name, string value, string range) =>
        new(GptErrorKind.BadRequest, $"HistoryPolicy.{name} is {value}; allowed: {range}.") { Phase = GptPhase.Request };
}
