using CsCheck;
using Omega.Trading.Expressions;

namespace Omega.Trading.Tests.Expressions;

/// <summary>Random expressions over random series against <see cref="ReferenceTerm"/>, bar by bar.</summary>
public sealed class ReferencePropertyTests
{
    private const int Length = 40;

    [Fact]
    public void Truth_OneTimeframe_IsThatOfTheDefinition() => Gen.Int.Sample(seed =>
    {
        var random = new Random(seed);
        var series = Series(random);
        var rule = new ReferenceGenerator(random, "").Truth(3);
        var run = Start(rule.Text);
        for (var i = 0; i < Length; i++)
        {
            run.Advance(series[i]);
            if (run.Truth != rule.At(series, i, true))
                throw new InvalidOperationException($"{rule.Text} at bar {i}: {run.Truth?.ToString() ?? "null"}, expected {rule.At(series, i, true)?.ToString() ?? "null"}.");
        }
    }, iter: 300);

    [Fact]
    public void Number_OneTimeframe_IsThatOfTheDefinition() => Gen.Int.Sample(seed =>
    {
        var random = new Random(seed);
        var series = Series(random);
        var number = new ReferenceGenerator(random, "").Number(3);
        var run = Start(number.Text);
        for (var i = 0; i < Length; i++)
        {
            run.Advance(series[i]);
            if (run.Number != number.At(series, i))
                throw new InvalidOperationException($"{number.Text} at bar {i}: {run.Number?.ToString() ?? "null"}, expected {number.At(series, i)?.ToString() ?? "null"}.");
        }
    }, iter: 300);

    [Fact]
    public void Truth_TwoTimeframes_IsThatOfTheDefinition() => Gen.Int.Sample(seed =>
    {
        var random = new Random(seed);
        var series = Series(random);
        var (own, other) = (new ReferenceGenerator(random, "").Truth(2), new ReferenceGenerator(random, "h4.").Truth(2));
        var isAnd = random.Next(2) == 0;
        var text = $"{own.Text} {(isAnd ? "and" : "or")} {other.Text}";
        var frame = new ReferenceFrame(series, 4 * Bars.Hour, Bars.Hour);
        var run = Start(text);
        var seen = 0;
        for (var i = 0; i < Length; i++)
        {
            run.Advance(series[i]);
            var visible = frame.Visible(series[i].Time + Bars.Hour);
            // Until a longer bar has ended nothing is known of it, but constants are.
            var (a, b) = (own.At(series, i, true), visible.Count > 0 ? other.At(visible, visible.Count - 1, visible.Count > seen) : null);
            seen = visible.Count;
            if (visible.Count > 0 && run.Truth != (isAnd ? a & b : a | b))
                throw new InvalidOperationException($"{text} at bar {i}: {run.Truth?.ToString() ?? "null"}, expected {(isAnd ? a & b : a | b)?.ToString() ?? "null"}.");
        }
    }, iter: 300);

    /// <summary>Small whole numbers, so that equalities are common; one bar in five is missing.</summary>
    private static Candle[] Series(Random random)
    {
        var bars = new List<Candle>();
        for (var hour = random.Next(4); bars.Count < Length; hour++)
        {
            if (random.Next(5) == 0)
                continue;
            var (open, close) = (random.Next(1, 7), random.Next(1, 7));
            bars.Add(new Candle(Bars.Monday + hour * Bars.Hour, open, Math.Max(open, close) + random.Next(2), Math.Min(open, close) - random.Next(2), close, random.Next(4)));
        }

        return [.. bars];
    }

    private static ExpressionRun Start(string text) => Expression.Parse(text, new() { Timeframe = Timeframe.H1 }).Start(Timeframe.H1);
}
