using Omega.Gpt.Resilience;

namespace Omega.Gpt;

/// <summary>
/// How long a model may be silent. Only time in which an answer is being waited for counts: a consumer that takes its time, a function
/// that runs and a person who decides do not.
/// </summary>
public sealed record TimeoutOptions
{
    /// <summary>From sending the request to the answer's status line.</summary>
    /// <value>Above zero, up to 24 hours; null for no limit. Default: 60 seconds, because some servers answer only with the first token.</value>
    public TimeSpan? Connect { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Each wait until the answer itself has begun. Reasoning is not the answer yet: models think in silence, and in between.</summary>
    /// <value>Above zero, up to 24 hours; null for no limit. Default: 120 seconds.</value>
    public TimeSpan? FirstChunk { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Each wait once the answer has begun.</summary>
    /// <value>Above zero, up to 24 hours; null for no limit. Default: 30 seconds.</value>
    public TimeSpan? Idle { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>All waiting of one step, over all its attempts and the pauses between them.</summary>
    /// <value>Above zero, up to 24 hours; null for no limit. Default: 10 minutes.</value>
    public TimeSpan? Step { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>After how long a model that has not said anything is remarked upon, once, with the notice <c>slow_start</c>.</summary>
    /// <value>Above zero, up to 24 hours; null for no remark. Default: 10 seconds.</value>
    public TimeSpan? Remark { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The shortest of all limits; null where there is none.</summary>
    internal TimeSpan? Shortest => new[] { Connect, FirstChunk, Idle, Step, Remark }.Min();

    /// <exception cref="GptException">A limit is out of range.</exception>
    internal void Validate()
    {
        OptionRange.Check(Connect, $"Timeouts.{nameof(Connect)}");
        OptionRange.Check(FirstChunk, $"Timeouts.{nameof(FirstChunk)}");
        OptionRange.Check(Idle, $"Timeouts.{nameof(Idle)}");
        OptionRange.Check(Step, $"Timeouts.{nameof(Step)}");
        OptionRange.Check(Remark, $"Timeouts.{nameof(Remark)}");
    }
}
