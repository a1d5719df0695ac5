using System.Runtime.CompilerServices;
using Omega.Trading.Strategies;

namespace Omega.Trading.Expressions;

/// <summary>
/// Expressions as they run over one series. All that has a memory is on one of the lists and advances on every bar, before any value is
/// read: no <c>and</c> or <c>or</c> can skip it. Not thread-safe.
/// </summary>
internal sealed class Machine
{
    private readonly PriceSlots _prices;
    private readonly PositionSlots? _position;
    private readonly FrameClock[] _clocks;
    private readonly Node[] _nodes;

    public Machine(PriceSlots prices, PositionSlots? position, FrameClock[] clocks, Node[] nodes) =>
        (_prices, _position, _clocks, _nodes) = (prices, position, clocks, nodes);

    /// <summary>Takes the next final bar, and the position at its close.</summary>
    public void Advance(in Candle bar, in PositionView position)
    {
        _position?.Set(position);
        Advance(bar);
    }

    /// <summary>Takes the next final bar.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(in Candle bar)
    {
        _prices.Set(bar);
        foreach (var clock in _clocks)
            clock.Take(bar);
        foreach (var node in _nodes)
            node.Advance(bar);
    }
}
