using Omega.Gpt.Providers.Http;
using Omega.Gpt.Resilience.Resuming;
using Polly.CircuitBreaker;

namespace Omega.Gpt.Resilience.Retrying;

/// <summary>What follows from a failure. Pure.</summary>
internal static class Failures
{
    /// <summary>Whether the failure says that the provider is not well, so that it should be spared.</summary>
    public static bool ShowsIllness(GptException failure) => failure.IsRetryable && !IsFinal(failure) && ProviderError.IsRetryable(failure.Kind);

    /// <summary>Whether the same model may be asked again, as far as the failure goes.</summary>
    /// <param name="failure">What went wrong.</param>
    /// <param name="longest">The longest pause that a provider may ask for.</param>
    public static bool MayRetry(GptException failure, TimeSpan longest) =>
        failure.IsRetryable && !IsFinal(failure) && !(failure.RetryAfter > longest);

    /// <summary>
    /// Whether another model may be asked. Not where the request is what is wrong (<c>bad_request</c>, <c>content_filter</c>): another
    /// provider would be asked for what one has refused.
    /// </summary>
    public static bool MayFailOver(GptException failure) => !IsFinal(failure) && failure.Kind
        is GptErrorKind.Authentication or GptErrorKind.Permission or GptErrorKind.RateLimit or GptErrorKind.QuotaExceeded
        or GptErrorKind.ContextWindowExceeded or GptErrorKind.ModelNotFound or GptErrorKind.Overloaded or GptErrorKind.Server
        or GptErrorKind.Connection or GptErrorKind.Timeout or GptErrorKind.StreamInterrupted or GptErrorKind.StreamProtocol;

    /// <summary>
    /// Whether a budget kept the model from being asked at all. A fallback that is too dear, or whose price nobody knows, is passed over; the
    /// model that was asked for is not replaced for the money's sake.
    /// </summary>
    public static bool IsUnaffordable(GptException failure) => failure is { Kind: GptErrorKind.BudgetExceeded, Phase: GptPhase.Request };

    /// <summary>Whether nothing else can be tried: the step has no time left, or what was shown was not reproduced.</summary>
    public static bool IsFinal(GptException failure) =>
        failure is AnswerDiffersException or { Kind: GptErrorKind.Timeout, Phase: GptPhase.Step or GptPhase.Turn };

    /// <summary>The same failure in other words.</summary>
    public static GptException Restate(GptException failure, string message) => new(failure.Kind, message, failure)
    {
        Phase = failure.Phase,
        Provider = failure.Provider,
        Model = failure.Model,
        StatusCode = failure.StatusCode,
        RequestId = failure.RequestId,
        IsRetryable = failure.IsRetryable,
        RetryAfter = failure.RetryAfter,
        Attempt = failure.Attempt,
    };

    /// <summary>The failure of a model in a few words, for a person.</summary>
    public static string Why(GptException failure) => failure.InnerException is BrokenCircuitException ? "it failed again and again, and is being left alone" : failure.Kind switch
    {
        GptErrorKind.Authentication => "the key was refused",
        GptErrorKind.Permission => "the key may not do this",
        GptErrorKind.RateLimit => "its rate limit is reached",
        GptErrorKind.QuotaExceeded => "its quota is used up",
        GptErrorKind.ContextWindowExceeded => "the messages do not fit its context",
        GptErrorKind.ModelNotFound => "it is not there",
        GptErrorKind.Overloaded => "it is overloaded",
        GptErrorKind.Server => "it failed",
        GptErrorKind.Connection => "it could not be reached",
        GptErrorKind.Timeout => "it did not answer in time",
        GptErrorKind.StreamInterrupted => "its stream broke",
        GptErrorKind.StreamProtocol => "its stream was not sound",
        GptErrorKind.BudgetExceeded => "the budget does not allow it",
        _ => "it failed",
    };
}
