namespace Omega.Trading.Expressions;

/// <summary>The fields of the current bar of one timeframe.</summary>
internal sealed class PriceSlots
{
    private readonly NumberSlot _open = new();
    private readonly NumberSlot _high = new();
    private readonly NumberSlot _low = new();
    private readonly NumberSlot _close = new();
    private readonly NumberSlot _volume = new();

    public NumberNode this[PriceField field] => field switch
    {
        PriceField.Open => _open,
        PriceField.High => _high,
        PriceField.Low => _low,
        PriceField.Close => _close,
        PriceField.Volume => _volume,
        _ => throw new ArgumentOutOfRangeException(nameof(field)),
    };

    public void Set(in Candle bar)
    {
        _open.Value = bar.Open;
        _high.Value = bar.High;
        _low.Value = bar.Low;
        _close.Value = bar.Close;
        _volume.Value = bar.Volume;
    }
}
