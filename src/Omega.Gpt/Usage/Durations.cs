using System.Runtime.InteropServices;

namespace Omega.Gpt.Usage;

/// <summary>Durations of which percentiles are wanted. Those of nothing, which are the most of all waiting, are only counted.</summary>
internal sealed class Durations
{
    private readonly List<int> _microseconds = [];
    private int _zeros;

    /// <summary>Adds one.</summary>
    /// <param name="microseconds">0 or more; what is above half an hour counts as that.</param>
    public void Add(long microseconds)
    {
        if (microseconds == 0)
            _zeros++;
        else
            _microseconds.Add((int)Math.Min(microseconds, int.MaxValue));
    }

    /// <summary>Adds all of another.</summary>
    public void Add(Durations other)
    {
        _zeros += other._zeros;
        _microseconds.AddRange(other._microseconds);
    }

    /// <summary>The percentiles, by nearest rank; null where there is none.</summary>
    public UsageTimes? Times()
    {
        if (_zeros + _microseconds.Count == 0)
            return null;
        var times = CollectionsMarshal.AsSpan(_microseconds);
        times.Sort();
        return new UsageTimes(At(times, 50), At(times, 95), At(times, 99));
    }

    private double At(ReadOnlySpan<int> times, int percent)
    {
        var rank = Math.Max(1, (int)Math.Ceiling((_zeros + times.Length) * percent / 100.0));
        return rank <= _zeros ? 0 : times[rank - _zeros - 1] / 1000.0;
    }
}
