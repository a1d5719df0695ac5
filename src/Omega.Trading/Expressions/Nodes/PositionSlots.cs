using Omega.Trading.Strategies;

namespace Omega.Trading.Expressions;

/// <summary>The fields of the position at the current bar's close.</summary>
internal sealed class PositionSlots
{
    private readonly NumberSlot _bars = new();
    private readonly NumberSlot _return = new();
    private readonly NumberSlot _entry = new();

    public NumberNode this[PositionField field] => field switch
    {
        PositionField.Bars => _bars,
        PositionField.Return => _return,
        PositionField.Entry => _entry,
        _ => throw new ArgumentOutOfRangeException(nameof(field)),
    };

    public void Set(in PositionView position)
    {
        _bars.Value = position.Bars;
        _return.Value = position.Return;
        _entry.Value = position.Entry;
    }
}
