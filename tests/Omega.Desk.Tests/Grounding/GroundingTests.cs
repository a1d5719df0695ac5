using System.Text.Json;
using CsCheck;
using Omega.Gpt;

namespace Omega.Desk.Tests;

public sealed class GroundingTests
{
    private static readonly string[] Scraps =
    [
        "64,210", "$", "%", " ", "-", "RSI", "EMA 20", "(", ")", "|", "\n", "1h", "0.", "1e999", "1e5", ".5", "above", "support", "×", "k", "**", "- ", "# ", "/", ":",
        "and", "95%", "VaR", "😀", "2024", "1,2,3", "BTC", "99999999999999999999999999999999999",
    ];

    private static readonly Gen<string> Pieces = Gen.Int[0, Scraps.Length - 1].Array[0, 30].Select(picks => string.Concat(picks.Select(pick => Scraps[pick])));

    private const string Result = """{"ref":"analyze_market:1","source":"SIM:42","market":"BTC/USD","timeframe":"1h","figures":{"price":{"value":64210.5,"unit":"usd"},"rsi_14":{"value":58.7,"unit":"0 to 100"},"roc_10":{"value":-0.0321,"unit":"fraction"},"fee":{"value":10,"unit":"bps"}},"support":[{"price":62890,"touches":4},{"price":61500,"touches":2}]}""";

    [Theory]
    [InlineData("The price is $64,210.50.")]
    [InlineData("The price is 64,211.")]
    [InlineData("The price is 64.2k.")]
    [InlineData("The price is about $64,000.")]
    [InlineData("The price is USD 64,210.")]
    [InlineData("The 10-bar change is -3.21%.")]
    [InlineData("Over 10 bars it is down 3.2 %.")]
    [InlineData("The 10-bar change is -0.032.")]
    [InlineData("The 10-bar change is −321 bps.")]
    [InlineData("The fee is 0.1%.")]
    [InlineData("The fee is 10 basis points.")]
    [InlineData("Support is 62,890 (4 touches).")]
    [InlineData("The price is 2.1% above the support at 62,890.")]
    public void Check_FigureOfTheResultHoweverWritten_IsTraced(string text)
    {
        var report = Check(text);
        Assert.NotEmpty(report.Figures);
        Assert.All(report.Figures, figure => Assert.True(figure.Trace is not null, $"{figure.Text}: {figure.Reason}"));
    }

    [Theory]
    [InlineData("The price is $65,210.", UngroundedReason.Value)]
    [InlineData("The RSI is 62,890.", UngroundedReason.Label)]
    [InlineData("The 10-bar change is 3.21%.", UngroundedReason.Sign)]
    [InlineData("The 10-bar change is -0.0321%.", UngroundedReason.Unit)]
    [InlineData("The fee is 10%.", UngroundedReason.Unit)]
    [InlineData("The price is €64,210.50.", UngroundedReason.Unit)]
    [InlineData("The ETH price is $64,210.50.", UngroundedReason.Market)]
    [InlineData("The 4h RSI is 58.7.", UngroundedReason.Timeframe)]
    [InlineData("Support at 62,890 has 2 touches.", UngroundedReason.Label)]
    [InlineData("Open interest is $18 billion.", UngroundedReason.NoSource)]
    [InlineData("The price is 7.5% above the support at 62,890.", UngroundedReason.Value)]
    [InlineData("The price is 2.1% below the support at 62,890.", UngroundedReason.Value)]
    public void Check_WrongFigure_IsFlaggedWithItsReason(string text, UngroundedReason reason) =>
        Assert.Contains(Check(text).Figures, figure => figure.Reason == reason);

    [Theory]
    [InlineData("On 2026-03-02 at 14:30 UTC, in March 2026 and since 2021.")]
    [InlineData("1. First.\n2. Second.\n3) Third.")]
    [InlineData("EMA(20), RSI 14, MACD(12, 26, 9) and the 200-day average on the 4h chart.")]
    [InlineData("See analyze_market:1, SIM:42 and [2]; version 1.2.3; the 3rd of 3 reasons.")]
    [InlineData("RSI above 70 is overbought, below 30 oversold.")]
    [InlineData("Check again in 24 hours or 3 days.")]
    [InlineData("```\nx = 12345\n```")]
    [InlineData("You asked about 2 BTC with 50,000 USD.")]
    public void Check_NumbersThatClaimNothing_AreNoFigures(string text) => Assert.Empty(Check(text).Figures);

    [Fact]
    public void Check_DifferenceOfTwoResults_NamesBoth()
    {
        var figure = Check("The price, $64,210.50, is $1,320.50 above the support at $62,890.").Figures[1];
        Assert.Equal(FigureTraceKind.Difference, figure.Trace!.Kind);
        Assert.Equal(["/figures/price/value", "/support/0/price"], figure.Trace.Origins.Select(origin => origin.Path));
    }

    [Fact]
    public async Task Annotator_AnswerWithAWrongFigure_RemarksOnItAndCounts()
    {
        const string text = "The price is $64,210 and the RSI 85.2.";
        var annotations = await Grounding.Annotator(Answer(text), TestContext.Current.CancellationToken);
        Assert.Equal(["ungrounded", "grounding"], annotations.Select(annotation => annotation.Kind));

        var data = annotations[0].Data;
        var (start, length) = (data.GetProperty("start").GetInt32(), data.GetProperty("length").GetInt32());
        Assert.Equal("85.2", text.Substring(start, length));
        Assert.Equal("85.2", data.GetProperty("text").GetString());
        Assert.Equal("value", data.GetProperty("reason").GetString());
        Assert.Equal("/figures/rsi_14/value", data.GetProperty("nearest").GetProperty("pointer").GetString());
        Assert.Equal("""{"figures":2,"matched":1,"unmatched":1,"sources":[{"ref":"analyze_market:1","source":"SIM:42","figures":1}]}""", annotations[1].Data.GetRawText());
    }

    [Fact]
    public void SourcesOf_TurnWithoutCalls_TakesTheLastTurnThatCalled()
    {
        var answer = Answer("The RSI was 58.7.") with { Turn = "t2" };
        Assert.Equal(0, Grounding.Check(answer).Unmatched);
    }

    [Fact]
    public void Check_NoResults_FlagsEveryFigure() =>
        Assert.Equal(UngroundedReason.NoSource, Assert.Single(Grounding.Check("BTC trades at $64,210.", []).Figures).Reason);

    [Fact]
    public void Check_AnyTextAndAnyResult_StaysWithinTheText() =>
        Gen.Select(Gen.OneOf(Gen.String[0, 200], Pieces), Pieces).Sample(
            (text, result) =>
            {
                var report = Grounding.Check(text, [Source(), GroundingSource.Result("x", Json(JsonEncodedText.Encode(result)))]);
                return report.Figures.All(figure => text.Substring(figure.Start, figure.Length) == figure.Text && (figure.Trace is null) != (figure.Reason is null));
            },
            iter: 2_000);

    [Fact]
    public void Check_AnyNumberUnderItsName_IsTracedAndItsDoubleIsNot() =>
        Gen.Double[0.01, 1e6].Sample(
            value =>
            {
                var json = JsonDocument.Parse(string.Create(System.Globalization.CultureInfo.InvariantCulture, $$"""{"sortino":{{value:R}}}""")).RootElement;
                var (right, wrong) = (Text(value), Text(2 * value));
                return Grounding.Check(right, [GroundingSource.Result("x", json)]).Unmatched == 0 && Grounding.Check(wrong, [GroundingSource.Result("x", json)]).Matched == 0;
            },
            iter: 500);

    private static string Text(double value) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The Sortino ratio is {value:0.0000}.");

    private static JsonElement Json(JsonEncodedText text)
    {
        using var document = JsonDocument.Parse($"\"{text}\"");
        return document.RootElement.Clone();
    }

    private static GroundingReport Check(string text) => Grounding.Check(text, [GroundingSource.Prompt("Is a 2 BTC long too risky with 50,000 USD?"), Source()]);

    private static GroundingSource Source() => GroundingSource.Result("t1.1.0", Parsed());

    private static JsonElement Parsed()
    {
        using var document = JsonDocument.Parse(Result);
        return document.RootElement.Clone();
    }

    private static AnsweredTurn Answer(string text) => new()
    {
        Turn = "t1",
        Text = text,
        Messages =
        [
            Message.User("Analyze BTC") with { Turn = "t1" },
            new Message { Role = Role.Assistant, Turn = "t1", Parts = [new FunctionCallPart("t1.1.0", "analyze_market", """{"market":"BTC"}""")] },
            new Message { Role = Role.Function, Turn = "t1", Parts = [new FunctionResultPart("t1.1.0", "analyze_market", Parsed())] },
            Message.Assistant(text) with { Turn = "t1" },
        ],
    };
}
