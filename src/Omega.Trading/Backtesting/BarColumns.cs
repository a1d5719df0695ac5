using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Omega.Trading.Backtesting;

/// <summary>
/// A stretch of a series as bars. Its bounds are checked once, when it is made, and not six times a bar: the walk spends a few nanoseconds
/// on each.
/// </summary>
internal readonly ref struct BarColumns
{
    private readonly ref readonly long _times;
    private readonly ref readonly double _opens;
    private readonly ref readonly double _highs;
    private readonly ref readonly double _lows;
    private readonly ref readonly double _closes;
    private readonly ref readonly double _volumes;

    /// <exception cref="ArgumentOutOfRangeException">The stretch is not within the series.</exception>
    public BarColumns(CandleSeries series, int from, int count)
    {
        Count = count;
        _times = ref MemoryMarshal.GetReference(series.Times.Slice(from, count));
        _opens = ref MemoryMarshal.GetReference(series.Opens.Slice(from, count));
        _highs = ref MemoryMarshal.GetReference(series.Highs.Slice(from, count));
        _lows = ref MemoryMarshal.GetReference(series.Lows.Slice(from, count));
        _closes = ref MemoryMarshal.GetReference(series.Closes.Slice(from, count));
        _volumes = ref MemoryMarshal.GetReference(series.Volumes.Slice(from, count));
    }

    public int Count { get; }

    /// <summary>One bar.</summary>
    /// <param name="index">From 0 to below <see cref="Count"/>; not checked.</param>
    public Candle this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            Debug.Assert((uint)index < (uint)Count, "A bar outside the stretch was asked for.");
            return new(
                Unsafe.Add(ref Unsafe.AsRef(in _times), index),
                Unsafe.Add(ref Unsafe.AsRef(in _opens), index),
                Unsafe.Add(ref Unsafe.AsRef(in _highs), index),
                Unsafe.Add(ref Unsafe.AsRef(in _lows), index),
                Close(index),
                Unsafe.Add(ref Unsafe.AsRef(in _volumes), index));
        }
    }

    /// <summary>The close of one bar; as the indexer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Close(int index) => Unsafe.Add(ref Unsafe.AsRef(in _closes), index);
}
