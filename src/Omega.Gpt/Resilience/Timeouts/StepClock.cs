namespace Omega.Gpt.Resilience.Timeouts;

/// <summary>How long a step has waited so far, over all its attempts and the pauses between them. Thread-safe.</summary>
internal sealed class StepClock
{
    private long _ticks;

    public TimeSpan Waited => new(Volatile.Read(ref _ticks));

    public void Add(TimeSpan waited) => Interlocked.Add(ref _ticks, waited.Ticks);
}
