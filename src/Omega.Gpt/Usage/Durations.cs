using System.Runtime.InteropServices;

namespace Omega.Gpt.Usage;

/// <summary>
/// Durations of which percentiles are wanted. Those of nothing, which are the most of all waiting, are only counted. Each is kept and sorted
/// once, whatever it is added to.
/// </summary>
internal sealed class Durations
{
    private readonly List<int> _microseconds = [];
    private readonly List<Durations> _parts = [];
    private int _zeros;
    private bool _isSorted;

    /// <summary>Adds one.</summary>
    /// <param name="microseconds">0 or more; what is above half an hour counts as that.</param>
    public void Add(long microseconds)
    {
        if (microseconds == 0)
            _zeros++;
        else
            _microseconds.Add((int)Math.Min(microseconds, int.MaxValue));
    }

    /// <summary>Adds all of another, to which nothing is added any more.</summary>
    public void Add(Durations other) => _parts.Add(other);

    /// <summary>The percentiles, by nearest rank; null where there is none.</summary>
    public UsageTimes? Times()
    {
        var (zeros, sorted) = (0, new List<List<int>>());
        Collect(ref zeros, sorted);
        var count = zeros + sorted.Sum(some => (long)some.Count);
        return count == 0 ? null : new UsageTimes(At(50), At(95), At(99));

        double At(int percent) => Smallest(zeros, sorted, Math.Max(1, (long)Math.Ceiling(count * percent / 100.0))) / 1000.0;
    }

    /// <summary>The smallest duration that so many do not exceed.</summary>
    private static int Smallest(int zeros, List<List<int>> sorted, long rank)
    {
        var (low, high) = (0, int.MaxValue);
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            var within = (long)zeros;
            foreach (var some in sorted)
                within += CountUpTo(CollectionsMarshal.AsSpan(some), middle);
            if (within >= rank)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }

    private static int CountUpTo(ReadOnlySpan<int> sorted, int value)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] <= value)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private void Collect(ref int zeros, List<List<int>> sorted)
    {
        if (!_isSorted)
            _microseconds.Sort();
        _isSorted = true;
        zeros += _zeros;
        if (_microseconds.Count > 0)
            sorted.Add(_microseconds);
        foreach (var part in _parts)
            part.Collect(ref zeros, sorted);
    }
}
