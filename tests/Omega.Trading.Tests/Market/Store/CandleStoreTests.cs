using CsCheck;
using Omega.TestKit;

namespace Omega.Trading.Tests.Market.Store;

public sealed class CandleStoreTests : IDisposable
{
    private const string Source = "binance:BTC/USDT";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private CandleStore Store => new(_folder.Path);

    [Fact]
    public void Save_SeveralSourcesAndTimeframes_AreKeptApartAndListed()
    {
        string[] sources = ["binance:BTC/USDT", "binance:BTC/USD", "replay:0011223344556677", "SIM:1", "../../up", "a_b-c", "a:b/c", "a%b"];
        foreach (var source in sources)
        {
            Assert.Equal((2, 0, 0, 0), Counts(Store.Save(Series(source, 0, 1))));
            Store.Save(Candles.At(Timeframe.D1, 0, 1, 2).From(source));
        }

        File.WriteAllText(_folder.At("candles", "1h.csv"), "# omega candles 1h " + new string('x', 500));
        Assert.Equal(sources.Order(StringComparer.Ordinal).SelectMany(source => new[] { (source, Timeframe.H1), (source, Timeframe.D1) }), Store.List());
        Assert.All(sources, source => Assert.Equal((source, 2), (Store.Load(source, Timeframe.H1)!.Source, Store.Load(source, Timeframe.H1)!.Count)));
        Assert.Equal([_folder.At("candles")], Directory.GetFileSystemEntries(_folder.Path));
        Assert.Null(Store.Load("SIM:2", Timeframe.H1));
        Assert.Null(Store.Load("SIM:1", Timeframe.H4));
    }

    [Fact]
    public void Save_AnyTwoSeries_JoinsThem() =>
        Gen.Select(Candles.Series(Timeframe.H1, 40), Candles.Series(Timeframe.H1, 40), Gen.Int[0, 9], Gen.Bool).Where((a, b, _, _) => a.Count > 0 && b.Count > 0).Sample((a, b, shared, replace) =>
        {
            // Some candles stand in both, and equal.
            b = CandleSeries.Create(Timeframe.H1, Source, [.. Candles.All(b).UnionBy(Candles.All(a).Take(shared), candle => candle.Time).OrderBy(candle => candle.Time)]);
            using var folder = new TempFolder();
            var store = new CandleStore(folder.Path);
            store.Save(a.From(Source));
            var import = store.Save(b, replace);

            var (first, second) = replace ? (b, a) : (a, b);
            Assert.Equal(Candles.All(first).UnionBy(Candles.All(second), candle => candle.Time).OrderBy(candle => candle.Time), Candles.All(store.Load(Source, Timeframe.H1)!));
            Assert.Equal(Candles.All(b).ExceptBy(a.Times.ToArray(), candle => candle.Time).Count(), import.Added);
            Assert.Equal(Candles.All(a).Intersect(Candles.All(b)).Count(), import.Unchanged);
            Assert.Equal(b.Count, import.Added + import.Unchanged + import.Differing + import.Replaced);
            Assert.Equal(0, replace ? import.Differing : import.Replaced);
        }, iter: 50);

    [Fact]
    public void Load_FileOfAnotherSource_IsRefused()
    {
        Store.Save(Series(Source, 0, 1));
        Store.Save(Series("kraken:BTC/USD", 0, 1));
        File.Copy(Store.PathOf("kraken:BTC/USD", Timeframe.H1), Store.PathOf(Source, Timeframe.H1), overwrite: true);

        var error = Assert.Throws<CandleFileException>(() => Store.Load(Source, Timeframe.H1));

        Assert.Contains(":1: The file is not what it should be: it begins with \"# omega candles 1h kraken:BTC/USD\" instead of \"# omega candles 1h binance:BTC/USDT\".", error.Message, StringComparison.Ordinal);
        Assert.Throws<CandleFileException>(() => Store.Save(Series(Source, 2)));
        Assert.Equal([("kraken:BTC/USD", Timeframe.H1)], Store.List());
    }

    [Fact]
    public void Load_DamagedFile_IsRefusedWithTheLineAndLeftAsItIs()
    {
        Store.Save(Series(Source, 0, 1));
        File.AppendAllText(Store.PathOf(Source, Timeframe.H1), "rubbish\n");
        var bytes = File.ReadAllBytes(Store.PathOf(Source, Timeframe.H1));

        Assert.Equal(5, Assert.Throws<CandleFileException>(() => Store.Load(Source, Timeframe.H1)).Line);
        Assert.Throws<CandleFileException>(() => Store.Save(Series(Source, 2)));
        Assert.Equal(bytes, File.ReadAllBytes(Store.PathOf(Source, Timeframe.H1)));
    }

    [Fact]
    public void Save_WhileAnotherSaves_IsRefused()
    {
        Store.Save(Series(Source, 0, 1));
        using (new FileStream(Store.PathOf(Source, Timeframe.H1) + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
            Assert.Contains("Another import is writing these candles", Assert.Throws<CandleFileException>(() => Store.Save(Series(Source, 2))).Message, StringComparison.Ordinal);
        Assert.Equal(1, Store.Save(Series(Source, 2)).Added);
    }

    [Fact]
    public void Save_IncompleteResampledCandles_IsRefused()
    {
        Assert.Throws<TradingException>(() => Store.Save(Candles.At(Timeframe.H1, 0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 16, 17, 18, 19).Resample(Timeframe.H4)));
        Assert.Equal(2, Store.Save(Candles.At(Timeframe.H1, 0, 1, 2, 3).Resample(Timeframe.Parse("2h"))).Added);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    public void Save_SourceThatCannotNameAFolder_IsRefused(string source) => Assert.Throws<TradingException>(() => Store.Save(Series(source, 0)));

    private static CandleSeries Series(string source, params long[] periods) => Candles.At(Timeframe.H1, periods).From(source);

    private static (int Added, int Unchanged, int Differing, int Replaced) Counts(CandleImport import) => (import.Added, import.Unchanged, import.Differing, import.Replaced);
}
