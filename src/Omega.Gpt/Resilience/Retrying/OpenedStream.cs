using Omega.Gpt.Providers;

namespace Omega.Gpt.Resilience.Retrying;

/// <summary>A stream that has begun to say something new.</summary>
/// <param name="Deltas">The rest of it.</param>
/// <param name="First">What it has said, not yet handed on.</param>
/// <param name="Attempt">The call of the wire.</param>
/// <param name="Candidate">The model that speaks.</param>
internal sealed record OpenedStream(IAsyncEnumerator<ModelDelta> Deltas, IReadOnlyList<ModelDelta> First, Attempt Attempt, Failover.Candidate Candidate);
