using System.Globalization;
using Omega.Trading.Expressions;

namespace Omega.Trading.Tests.Expressions;

/// <summary>Texts from nowhere: each is an expression that runs, or an error that points into it. <c>OMEGA_ROUNDS</c> times 4,000 of them.</summary>
public sealed class ExpressionFuzzTests
{
    private const int TextsARound = 4_000;

    private static readonly int Rounds = int.Parse(Environment.GetEnvironmentVariable("OMEGA_ROUNDS") ?? "5", CultureInfo.InvariantCulture);

    private static readonly string[] Words =
    [
        "close", "open", "hl2", "volume", "fast", "ema", "rsi", "macd", "bollinger", "atr", "crossover", "crossunder", "highest", "abs", "min", "sqrt",
        "h4", "d1", "m1", "position", "bars", "signal", "lower", "nonsense", "and", "or", "not", "true", "false", "(", ")", "(", ")", "[", "]", ",", ".",
        "+", "-", "*", "/", "<", "<=", ">", ">=", "==", "!=", "0", "1", "2", "14", "26", "5000", "1e308", "0.5", " ", "\n", "=", "&&", "%", "\0", "é", "\ud83d",
    ];

    private static readonly string[] Rules =
    [
        "crossover(ema(12), ema(26)) and rsi(14) < 70",
        "close > highest(high, 20)[1] or (h4.ema(fast) < d1.close and not volume[2][3] == 0)",
        "macd(12, 26, 9).signal - bollinger(20, 2).lower / sqrt(abs(close - open)) >= -1.5e3",
    ];

    [Fact]
    public void Parse_AnyText_IsAnExpressionOrPointsAtTheError()
    {
        var bars = Bars.Closes(3, 1, 4, 1, 5, 9, 2, 6);
        var options = new ExpressionOptions { Parameters = new Dictionary<string, double> { ["fast"] = 2 } };
        var sound = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var random = new Random(round);
            for (var i = 0; i < TextsARound; i++)
            {
                var text = random.Next(2) == 0 ? Soup(random) : Mutated(random);
                try
                {
                    var run = Expression.Parse(text, options).Start(Timeframe.H1);
                    foreach (var bar in bars)
                        run.Advance(bar);
                    sound++;
                }
                catch (ExpressionException error)
                {
                    Assert.InRange(error.Position, 0, text.Length);
                }
                catch (Exception exception)
                {
                    throw new InvalidOperationException($"Round {round}, text {i}: {text}", exception);
                }
            }
        }

        // The texts are worth something: some of them do run.
        Assert.InRange(sound, TextsARound * Rounds / 100, TextsARound * Rounds * 9 / 10);
    }

    private static string Soup(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 16)).Select(_ => Words[random.Next(Words.Length)]));

    private static string Mutated(Random random)
    {
        var text = Rules[random.Next(Rules.Length)];
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            var at = random.Next(text.Length + 1);
            text = random.Next(3) switch
            {
                0 => text.Insert(at, Words[random.Next(Words.Length)]),
                1 => text.Remove(Math.Min(at, text.Length - 1), 1),
                _ => string.Concat(text.AsSpan(0, at), text.AsSpan(random.Next(at, text.Length + 1))),
            };
            if (text.Length == 0)
                break;
        }

        return text;
    }
}
