using System.Globalization;
using System.Text;

namespace Omega.Cli.Tests.Commands.Backtest;

/// <summary>Candles as CSV, hourly from 2024-01-01 on.</summary>
internal static class CandleText
{
    private const string Header = "time,open,high,low,close,volume\n";

    /// <summary>Closes at 101, 110, 105 and 104: the strategy <see cref="Rising"/> buys at 101 and sells at 105.</summary>
    public static string FourBars { get; } = Header + Row(0, 100, 101) + Row(1, 101, 110) + Row(2, 110, 105) + Row(3, 105, 104);

    /// <summary>A strategy that holds while bars rise.</summary>
    public static string Rising { get; } = """
        {
          "name": "rising",
          "parameters": { "least": { "default": 0, "min": 0, "max": 10, "description": "Least rise." } },
          "long": { "enter": "close - open > least", "exit": "close < open" }
        }
        """;

    /// <summary>A seeded walk.</summary>
    public static string Walk(int bars)
    {
        var (text, random, price) = (new StringBuilder(Header), new Random(1), 20_000m);
        for (var hour = 0; hour < bars; hour++)
        {
            var open = price;
            price = Math.Round(price * (1 + ((decimal)(random.NextDouble() + random.NextDouble() - 1) * 0.02m)), 2);
            text.Append(Row(hour, open, price));
        }

        return text.ToString();
    }

    /// <summary>A seeded walk with trends, and with a leap every other day: something for every strategy to trade.</summary>
    public static string Restless(int bars)
    {
        var (text, random, price) = (new StringBuilder(Header), new Random(1), 20_000m);
        for (var hour = 0; hour < bars; hour++)
        {
            var open = price;
            var change = (0.01 * (random.NextDouble() - 0.5)) + (0.0015 * Math.Sin(hour / 60.0)) + (hour % 43 == 0 ? 0.1 * (random.NextDouble() - 0.5) : 0);
            price = Math.Round(price * (decimal)(1 + change), 2);
            text.Append(Row(hour, open, price));
        }

        return text.ToString();
    }

    private static string Row(int hour, decimal open, decimal close) =>
        string.Create(CultureInfo.InvariantCulture, $"{1704067200 + (hour * 3600L)},{open},{Math.Max(open, close)},{Math.Min(open, close)},{close},1\n");
}
