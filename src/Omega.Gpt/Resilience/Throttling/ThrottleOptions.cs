using System.Collections.ObjectModel;

namespace Omega.Gpt.Resilience;

/// <summary>
/// How requests wait for their turn. Limits hold for each key and each model by itself; those that a provider announces with its answers
/// hold beside those set here.
/// </summary>
public sealed record ThrottleOptions
{
    private static readonly TimeSpan LongestLongestWait = TimeSpan.FromHours(1);

    /// <summary>The limits for what <see cref="Models"/> does not name.</summary>
    /// <value>Default: none but the provider's own.</value>
    public ThrottleLimits Limits { get; init; } = new();

    /// <summary>Limits by <c>provider/model</c> or by <c>provider</c> for all of its models; the closer one holds.</summary>
    public IReadOnlyDictionary<string, ThrottleLimits> Models { get; init; } = ReadOnlyDictionary<string, ThrottleLimits>.Empty;

    /// <summary>Whether limits are learned from the answers' headers (<c>x-ratelimit-*</c>, <c>anthropic-ratelimit-*</c>, <c>Retry-After</c> of a 429).</summary>
    /// <value>Default true.</value>
    public bool LearnLimits { get; init; } = true;

    /// <summary>Requests that may wait at one key and model; one more is refused at once.</summary>
    /// <value>Default 256; 0 to 100,000.</value>
    public int QueueLimit { get; init; } = 256;

    /// <summary>How long a request waits at most; one that would have to wait longer is refused at once.</summary>
    /// <value>Default 60 s; above zero, up to 1 h.</value>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(60);

    /// <exception cref="GptException">A value is out of range.</exception>
    internal void Validate()
    {
        Limits.Validate($"{nameof(ThrottleOptions)}.{nameof(Limits)}");
        foreach (var (name, limits) in Models)
            limits.Validate($"{nameof(ThrottleOptions)}.{nameof(Models)}[\"{name}\"]");
        if (QueueLimit is < 0 or > 100_000)
            throw Invalid($"ThrottleOptions.QueueLimit is {QueueLimit}; allowed: 0 to 100000.");
        if (LongestWait <= TimeSpan.Zero || LongestWait > LongestLongestWait)
            throw Invalid($"ThrottleOptions.LongestWait is {LongestWait}; allowed: above zero, up to 1 h.");

        static GptException Invalid(string message) => new(GptErrorKind.BadRequest, message) { Phase = GptPhase.Request };
    }

    /// <summary>The limits for a model.</summary>
    internal ThrottleLimits For(string provider, string model) =>
        Models.GetValueOrDefault($"{provider}/{model}") ?? Models.GetValueOrDefault(provider) ?? Limits;
}
