namespace Omega.Trading.Analysis;

/// <summary>
/// The last confirmed leg A → B of alternating swings. A further swing of B's side replaces B where it is more extreme; an opposite one
/// begins a new leg where it lies on the right side of B, else it is ignored. Ratios: Fischer, Fibonacci Applications and Strategies for
/// Traders (1993).
/// </summary>
internal sealed class FibonacciLeg
{
    private static readonly double[] Retracements = [0.236, 0.382, 0.5, 0.618, 0.786];
    private static readonly double[] Extensions = [1.272, 1.618];

    private Swing? _from;
    private Swing? _to;

    public void Next(in Swing swing)
    {
        if (_to is not { } to)
        {
            _to = swing;
            return;
        }

        var sign = swing.Side == SwingSide.High ? 1 : -1;
        if (sign * swing.Price <= sign * to.Price)
            return;
        if (swing.Side != to.Side)
            _from = to;
        _to = swing;
    }

    public FibonacciReport? Read(double close, FigureNotes notes)
    {
        if (_from is not { } from || _to is not { } to)
        {
            notes.Add("fibonacci", (2 * SwingDetector.Side) + 2, "there are no two opposite confirmed swings yet");
            return null;
        }

        var leg = to.Price - from.Price;
        return new FibonacciReport
        {
            Direction = leg > 0 ? TrendDirection.Up : TrendDirection.Down,
            FromPrice = from.Price,
            FromAt = DateTimeOffset.FromUnixTimeMilliseconds(from.Time),
            ToPrice = to.Price,
            ToAt = DateTimeOffset.FromUnixTimeMilliseconds(to.Time),
            ConfirmedAt = DateTimeOffset.FromUnixTimeMilliseconds(to.ConfirmedAt),
            Retracement = (to.Price - close) / leg,
            Levels =
            [
                .. Retracements.Select(ratio => new FibonacciLevel(ratio, to.Price - (ratio * leg))),
                .. Extensions.Select(ratio => new FibonacciLevel(ratio, from.Price + (ratio * leg))),
            ],
        };
    }
}
