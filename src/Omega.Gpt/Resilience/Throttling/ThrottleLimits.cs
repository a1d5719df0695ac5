namespace Omega.Gpt.Resilience;

/// <summary>How much may be asked, for each key and each model by itself. Null is no limit but those that the provider announces.</summary>
public sealed record ThrottleLimits
{
    /// <summary>Requests in any 60 s.</summary>
    /// <value>Default null; from 1.</value>
    public int? RequestsPerMinute { get; init; }

    /// <summary>Tokens in any 60 s, read and written; a request counts by an estimate until its usage is known.</summary>
    /// <value>Default null; from 1.</value>
    public int? TokensPerMinute { get; init; }

    /// <summary>Streams open at the same time.</summary>
    /// <value>Default null; from 1.</value>
    public int? ConcurrentStreams { get; init; }

    /// <exception cref="GptException">A value is out of range.</exception>
    internal void Validate(string of)
    {
        Check(nameof(RequestsPerMinute), RequestsPerMinute);
        Check(nameof(TokensPerMinute), TokensPerMinute);
        Check(nameof(ConcurrentStreams), ConcurrentStreams);

        void Check(string name, int? value)
        {
            if (value < 1)
                throw new GptException(GptErrorKind.BadRequest, $"{of}.{name} is {value}; allowed: from 1, or null for no limit.") { Phase = GptPhase.Request };
        }
    }
}
