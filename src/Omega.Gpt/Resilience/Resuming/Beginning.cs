using Omega.Gpt.Providers;

namespace Omega.Gpt.Resilience.Resuming;

/// <summary>
/// Holds back what a stream says until it says something new. Who answers and what it costs is worth nothing before: the call may yet fail.
/// </summary>
internal class Beginning
{
    private readonly List<ModelDelta> _held = [];

    /// <summary>What was held back, in the order in which it is to be handed on.</summary>
    public IReadOnlyList<ModelDelta> Held => _held;

    /// <summary>Takes a delta that is no notice.</summary>
    /// <returns>Whether the stream has said something new; the delta is then the last of <see cref="Held"/>.</returns>
    public virtual bool Take(ModelDelta delta)
    {
        if (delta is UsageDelta)
            _held.RemoveAll(static held => held is UsageDelta);
        _held.Add(delta);
        return delta is not (StartedDelta or UsageDelta);
    }

    protected void Hold(ModelDelta delta) => _held.Add(delta);
}
