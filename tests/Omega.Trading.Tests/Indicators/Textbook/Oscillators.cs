using static Omega.Trading.Tests.Indicators.Textbook.Columns;

namespace Omega.Trading.Tests.Indicators.Textbook;

/// <summary>Momentum by its definitions.</summary>
internal static class Oscillators
{
    public static Wide?[] RsiOf(Candle[] bars, int n)
    {
        var gains = Steps(bars, (previous, bar) => Wide.Max((Wide)bar.Close - previous.Close, 0));
        var losses = Steps(bars, (previous, bar) => Wide.Max((Wide)previous.Close - bar.Close, 0));
        return Map(Wilder(gains, n), Wilder(losses, n), (gain, loss) => Ratio(100 * gain, gain + loss));
    }

    public static Definition[] Rsi(Candle[] bars, int[] p) => Definition.Within(100, RsiOf(bars, p[0]));

    public static Definition[] Stochastic(Candle[] bars, int[] p) =>
        Smoothed(Window(bars, p[0], w => Ratio(100 * ((Wide)w[^1].Close - w.Min(bar => bar.Low)), (Wide)w.Max(bar => bar.High) - w.Min(bar => bar.Low))), p[1], p[2]);

    public static Definition[] StochRsi(Candle[] bars, int[] p)
    {
        var rsi = RsiOf(bars, p[0]);
        var lowest = Window(rsi, p[1], w => w.Aggregate(Wide.Min));
        var range = Map(Window(rsi, p[1], w => w.Aggregate(Wide.Max)), lowest, (highest, low) => highest - low is var moved && moved >= 1e-9 ? moved : (Wide?)null);
        var k = Window(Map(Map(rsi, lowest, (x, low) => x - low), range, (up, moved) => 100 * up / moved), p[2], w => Mean(w));
        // The RSI has 13 digits; where it moved by less than 1e-4 they are what limits this.
        var scale = Window(Map(range, moved => 100 * Wide.Max(1, 1e-4 / moved)), p[2] + p[3], w => w.Aggregate(Wide.Max));
        return Definition.Against(scale, k, Window(k, p[3], w => Mean(w)));
    }

    public static Definition[] Macd(Candle[] bars, int[] p)
    {
        var slow = Ema(Closes(bars), p[1]);
        return Definition.Against(slow, WithSignal(Map(Ema(Closes(bars), p[0]), slow, (a, b) => a - b), p[2]));
    }

    public static Definition[] Ppo(Candle[] bars, int[] p) =>
        Definition.Within(100, WithSignal(Map(Ema(Closes(bars), p[0]), Ema(Closes(bars), p[1]), (a, b) => Ratio(100 * (a - b), b)), p[2]));

    public static Definition[] Roc(Candle[] bars, int[] p) => Definition.Within(100, Map(Closes(bars), Delayed(Closes(bars), p[0]), (x, old) => Ratio(100 * (x - old), old)));

    public static Definition[] Momentum(Candle[] bars, int[] p) => Definition.Of(Map(Closes(bars), Delayed(Closes(bars), p[0]), (x, old) => x - old));

    public static Definition[] Cci(Candle[] bars, int[] p) => Definition.Within(100, Window(Of(bars, Typical), p[0], w =>
    {
        var mean = Mean(w);
        return Ratio(w[^1] - mean, 0.015 * Mean([.. w.Select(x => Wide.Abs(x - mean))]));
    }));

    public static Definition[] WilliamsR(Candle[] bars, int[] p) => Definition.Within(100, Window(bars, p[0], w =>
        Ratio(-100 * ((Wide)w.Max(bar => bar.High) - w[^1].Close), (Wide)w.Max(bar => bar.High) - w.Min(bar => bar.Low))));

    public static Definition[] Mfi(Candle[] bars, int[] p) => Definition.Within(100, Window(bars, p[0] + 1, w =>
    {
        var flows = w.Skip(1).Select((bar, i) => (Flow: Typical(bar) * bar.Volume, Change: Digits(bar) - Digits(w[i]))).ToList();
        var up = Sum(flows.Where(flow => flow.Change > 0).Select(flow => flow.Flow));
        return Ratio(100 * up, up + Sum(flows.Where(flow => flow.Change < 0).Select(flow => flow.Flow)));

        // Whether it rose or fell is a matter of the digits that were written, which binary fractions do not have.
        static decimal Digits(Candle bar) => (decimal)bar.High + (decimal)bar.Low + (decimal)bar.Close;
    }));

    private static Definition[] Smoothed(Wide?[] raw, int smooth, int signal)
    {
        var k = Window(raw, smooth, w => Mean(w));
        return Definition.Within(100, k, Window(k, signal, w => Mean(w)));
    }

    private static Wide?[][] WithSignal(Wide?[] line, int n)
    {
        var signal = Ema(line, n);
        return [line, signal, Map(line, signal, (a, b) => a - b)];
    }
}
