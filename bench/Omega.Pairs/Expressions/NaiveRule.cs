using Omega.Trading;

namespace Omega.Pairs.Expressions;

/// <summary><c>crossover(ema(12), ema(26)) and rsi(14) &lt; 70</c> as one would write it by hand: no warm-up, no null, no checks.</summary>
internal sealed class NaiveRule
{
    private double _fast = 100;
    private double _slow = 100;
    private double _gain = 1;
    private double _loss = 1;
    private double _previous = 100;

    public bool Next(in Candle bar)
    {
        var wasAbove = _fast > _slow;
        _fast += 2.0 / 13 * (bar.Close - _fast);
        _slow += 2.0 / 27 * (bar.Close - _slow);
        var change = bar.Close - _previous;
        _previous = bar.Close;
        _gain += 1.0 / 14 * (Math.Max(change, 0) - _gain);
        _loss += 1.0 / 14 * (Math.Max(-change, 0) - _loss);
        return _fast > _slow && !wasAbove && 100 * _gain / (_gain + _loss) < 70;
    }
}
