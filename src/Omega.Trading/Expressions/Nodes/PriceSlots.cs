using System.Runtime.CompilerServices;

namespace Omega.Trading.Expressions;

/// <summary>The fields of the current bar of one timeframe.</summary>
internal sealed class PriceSlots
{
    private readonly NumberSlot _open = new();
    private readonly NumberSlot _high = new();
    private readonly NumberSlot _low = new();
    private readonly NumberSlot _close = new();
    private readonly NumberSlot _volume = new();

    // Most rules read closes alone.
    private bool _isMoreRead;

    /// <summary>The field, which is set from then on.</summary>
    public NumberNode Read(PriceField field)
    {
        _isMoreRead |= field != PriceField.Close;
        return field switch
        {
            PriceField.Open => _open,
            PriceField.High => _high,
            PriceField.Low => _low,
            PriceField.Close => _close,
            PriceField.Volume => _volume,
            _ => throw new ArgumentOutOfRangeException(nameof(field)),
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(in Candle bar)
    {
        _close.Value = bar.Close;
        if (!_isMoreRead)
            return;
        _open.Value = bar.Open;
        _high.Value = bar.High;
        _low.Value = bar.Low;
        _volume.Value = bar.Volume;
    }
}
