using System.Text;
using System.Xml.Linq;
using Omega.Trading.Backtesting;

namespace Omega.Trading.Tests.Backtesting;

public sealed class BacktestPageTests : IDisposable
{
    private static readonly XNamespace Xhtml = "http://www.w3.org/1999/xhtml";

    private readonly string _folder = Directory.CreateTempSubdirectory("omega-page").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(2)]
    [InlineData(3_000)]
    [InlineData(40_000)]
    public void Write_AnyLength_IsWellFormedBoundedAndFetchesNothing(int bars)
    {
        var text = Page(SmallRun.Walk(bars));

        var page = XDocument.Parse(text);
        Assert.InRange(Encoding.UTF8.GetByteCount(text), 10_000, 500_000);
        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "script" or "link" or "img" or "iframe" or "object" or "image" or "use" or "a");
        Assert.DoesNotContain(page.Descendants().SelectMany(element => element.Attributes()), attribute => attribute.Name.LocalName is "src" or "href" or "srcset" || attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.DoesNotContain("url(", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http", text.Replace(Xhtml.NamespaceName, "", StringComparison.Ordinal).Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
        Assert.DoesNotContain("∞", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_TextsFromOutside_StayTexts()
    {
        const string Hostile = "<script>alert(\"1\")</script>&amp;'\u0001\u202e\ud800";
        const string Harmless = "<script>alert(\"1\")</script>&amp;'\ufffd";
        var report = SmallRun.OneTrade(Hostile, Hostile);

        var page = XDocument.Parse(Page(report, new ReportContext { Parameters = Hostile, File = File($"{Hostile.Replace('/', '|')}.csv") }));

        Assert.Empty(page.Descendants(Xhtml + "script"));
        Assert.StartsWith(Harmless, page.Descendants(Xhtml + "h1").Single().Value, StringComparison.Ordinal);
        Assert.Contains(page.Descendants(Xhtml + "td"), cell => cell.Value == Harmless);
        Assert.Contains(page.Descendants(Xhtml + "td"), cell => cell.Value.EndsWith($"source {Harmless}", StringComparison.Ordinal));
        Assert.Contains(page.Descendants(Xhtml + "td"), cell => cell.Value.StartsWith(Harmless.Replace('/', '|'), StringComparison.Ordinal));
    }

    [Fact]
    public void Write_Pictures_HaveTitlesAndDescriptionsOfTheirOwn()
    {
        var page = XDocument.Parse(Page(SmallRun.Walk(3_000)));
        var pictures = page.Descendants(Xhtml + "svg").ToList();
        Assert.Equal(4, pictures.Count);
        foreach (var picture in pictures)
        {
            var named = picture.Attribute("aria-labelledby")!.Value.Split(' ');
            Assert.Equal("img", picture.Attribute("role")!.Value);
            Assert.Equal(named, picture.Elements().Take(2).Select(element => element.Attribute("id")!.Value));
            Assert.All(picture.Elements().Take(2), element => Assert.NotEmpty(element.Value));
        }

        var ids = page.Descendants().Attributes("id").Select(id => id.Value).ToList();
        Assert.Equal(ids.Distinct(), ids);
    }

    [Fact]
    public void Write_FewTrades_MarksEachEntryAndExit()
    {
        var page = XDocument.Parse(Page(SmallRun.OneTrade()));
        var marks = page.Descendants().Where(element => element.Attribute("class")?.Value.StartsWith("mark ", StringComparison.Ordinal) == true).Select(element => element.Value).ToList();
        Assert.Equal(["long 99.0099 entered 2024-01-01 01:00 at 101.00", "long closed 2024-01-01 03:00 at 105.00 (signal): 396.04, +3.96 %"], marks);
    }

    [Fact]
    public void Write_ManyTrades_MarksTheLastOnesInAPictureOfTheirOwn()
    {
        var text = Page(SmallRun.Walk(8_000));
        Assert.Contains("The last 40 trades", text, StringComparison.Ordinal);
        Assert.Equal(80, XDocument.Parse(text).Descendants().Count(element => element.Attribute("class")?.Value.StartsWith("mark ", StringComparison.Ordinal) == true));
    }

    [Fact]
    public void Write_EveryFigureOfTheTable_IsThereWithItsDefinition()
    {
        var report = SmallRun.Walk(3_000);
        var cells = XDocument.Parse(Page(report)).Descendants(Xhtml + "tr").Select(row => string.Join('|', row.Elements().Select(cell => cell.Value))).ToHashSet();
        Assert.All(ReportTable.Of(report).Groups.SelectMany(group => group.Rows), row => Assert.Contains($"{row.Label}|{string.Join('|', row.Cells)}|{row.Definition}", cells));
    }

    [Theory]
    [InlineData("SIM:7", true)]
    [InlineData("binance:BTC/USDT", false)]
    public void Write_SimulatedMarket_SaysSo(string source, bool isSimulated) =>
        Assert.Equal(isSimulated, Page(SmallRun.OneTrade(source: source)).Contains("SIM: a simulated market, no real prices", StringComparison.Ordinal));

    [Fact]
    public void Write_AnyRun_SaysWhatItDoesNotShowAndClaimsNothing()
    {
        var text = Page(SmallRun.Walk(3_000));
        Assert.Contains("It does not show what they will do.", text, StringComparison.Ordinal);
        Assert.Contains("both would have to exceed 0.95", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\bedge\b", text);
    }

    [Fact]
    public void Write_NeverTraded_IsAPageWithoutMarks()
    {
        var text = Page(BacktestEngine.Run(new Scripted(), Hourly.Flat(100, 100, 100)));
        Assert.DoesNotContain("Return of each trade", text, StringComparison.Ordinal);
        Assert.Contains("no trade was closed", text, StringComparison.Ordinal);
        XDocument.Parse(text);
    }

    [Fact]
    public void Write_FileThatCannotBe_ChangesNothing()
    {
        var path = Path.Combine(_folder, "none", "report.html");
        Assert.Equal($"{path}: The folder does not exist.", Assert.Throws<TradingException>(() => BacktestPage.Write(path, SmallRun.OneTrade())).Message);

        var taken = Path.Combine(_folder, "report.html");
        BacktestPage.Write(taken, SmallRun.OneTrade());
        Assert.Equal([taken], Directory.GetFileSystemEntries(_folder));
        Assert.Equal(Page(SmallRun.OneTrade()), System.IO.File.ReadAllText(taken));
    }

    private static string Page(BacktestReport report, ReportContext? context = null)
    {
        using var stream = new MemoryStream();
        BacktestPage.Write(stream, report, context);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static CandleFileReport File(string name)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes("time,open,high,low,close,volume\n2024-01-01,1,1,1,1,1\n2024-01-01T01:00,1,1,1,1,1\n"));
        return CandleFile.Read(stream, name).Report;
    }
}
