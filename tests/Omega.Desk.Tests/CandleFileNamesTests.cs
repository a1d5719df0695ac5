namespace Omega.Desk.Tests;

public sealed class CandleFileNamesTests
{
    [Theory]
    [InlineData("Compare momentum and donchian on ../shared/data/btc/btcusdt-1h-2017-2024.csv.gz", "../shared/data/btc/btcusdt-1h-2017-2024.csv.gz")]
    [InlineData("Backtest donchian on data.csv, then on /tmp/x/other.ZIP.", "data.csv|/tmp/x/other.ZIP")]
    [InlineData("Analyze \"my candles 2024.csv\" and 'b c.csv.gz'!", "my candles 2024.csv|b c.csv.gz")]
    [InlineData("Is (a.csv) better than a.csv?", "a.csv")]
    [InlineData(@"Read C:\data\btc.csv", @"C:\data\btc.csv")]
    [InlineData("What is a .csv file? Or csv, or x.csvs?", "")]
    [InlineData("Analyze BTC market", "")]
    [InlineData("", "")]
    public void In_APrompt_FindsTheFilesThatItNames(string prompt, string files) =>
        Assert.Equal(files.Split('|', StringSplitOptions.RemoveEmptyEntries), CandleFileNames.In(prompt));

    [Fact]
    public void In_ALongText_IsBounded() => Assert.Equal(16, CandleFileNames.In(string.Join(' ', Enumerable.Range(0, 5000).Select(i => $"f{i}.csv"))).Count);

    [Fact]
    public void In_AnEndlessWord_ComesBack() => Assert.Empty(CandleFileNames.In(new string('.', 200_000) + "\"" + new string('"', 20_000)));
}
