using System.Globalization;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Omega.Desk;

namespace Omega.Benchmarks.Desk;

/// <summary>An answer of 500 words with some 60 figures, traced to three results of 120 figures each.</summary>
[MemoryDiagnoser]
public class GroundingBenchmarks
{
    private const string Paragraph =
        "On the 1h chart BTC trades at $64,210 with an RSI of 58.7 and an ADX of 31.4, so the trend is intact but not stretched. Support sits at $62,890, "
        + "touched 4 times, and resistance at $65,430 is 1.9% above the price. The ATR is $512.30, and momentum over 10 bars is -3.21%, which a patient reader "
        + "would call a pause rather than a turn; nothing in the volume, 1.37 times its mean, speaks against it yet. ";

    private static readonly string Answer = string.Concat(Enumerable.Repeat(Paragraph, 7));

    private static readonly GroundingSource[] Sources = [.. Enumerable.Range(0, 3).Select(index => GroundingSource.Result($"call{index}", Result(index)))];

    /// <summary>How many words the answer has.</summary>
    public static int Words => Answer.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;

    /// <summary>The whole check: results and answer read, every figure traced.</summary>
    [Benchmark]
    public int Check() => Grounding.Check(Answer, Sources).Figures.Count;

    private static JsonElement Result(int index)
    {
        var json = new StringBuilder(
            """{"market":"BTC/USD","timeframe":"1h","price":64210.5,"rsi_14":58.7,"adx_14":31.4,"atr_14":512.3,"roc_10":-0.0321,"volume_relative":1.37,"support":[{"price":62890,"touches":4,"distance":0.0206}],"resistance":[{"price":65430,"touches":5,"distance":0.019}],"candles":[""");
        for (var i = 0; i < 22; i++)
            json.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $$"""{"open":{{64000 + i}},"high":{{64100 + i}},"low":{{63900 + i}},"close":{{64050 + i + index}},"volume":{{12.5 + i}}}""");
        using var document = JsonDocument.Parse(json.Append("]}").ToString());
        return document.RootElement.Clone();
    }
}
