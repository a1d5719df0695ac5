using System.Text.Json;
using Omega.Cli.Turns;
using Omega.Gpt;

namespace Omega.Cli.Tests.Turns;

public sealed class UngroundedNotesTests
{
    private const string Answer = "BTC is rising steadily on the hour.\nThe nearest support is at 64,200 USD, and the next one is far below that.";

    [Theory]
    [InlineData("no_source", "no function gave it")]
    [InlineData("unlabelled", "nothing says what it is")]
    [InlineData("something_new", "no function gave it")]
    public void Of_Figure_ShowsItsPlaceAndWhy(string reason, string expected) =>
        Assert.Equal($"…nearest support is at 64,200 USD, and the next one is…: {expected}", Assert.Single(Notes($$"""{"start": 62, "length": 10, "text": "64,200 USD", "reason": "{{reason}}"}""")));

    [Fact]
    public void Of_FigureWithANearOne_NamesIt()
    {
        var note = Assert.Single(Notes("""{"start": 62, "length": 10, "text": "64,200 USD", "reason": "value", "nearest": {"ref": "analyze_market:1.0", "pointer": "/support/0/price", "value": 64120.5, "unit": "usd"}}"""));

        Assert.EndsWith(": the function gave another value (analyze_market:1.0 has 64120.5 usd as support price)", note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"start": 62, "length": 1000, "text": "64,200"}""", "64,200: no function gave it")]
    [InlineData("""{"start": -1, "length": 1, "text": "a\u001b[2Jb"}""", "a[2Jb: no function gave it")]
    [InlineData("{}", "a figure: no function gave it")]
    [InlineData("[]", "a figure: no function gave it")]
    public void Of_RemarkThatDoesNotFit_IsToldAsFarAsItGoes(string data, string expected) => Assert.Equal(expected, Assert.Single(Notes(data)));

    [Fact]
    public void Of_Many_TellsHowManyMore() =>
        Assert.Equal("and 4 more figures that no function gave", Notes([.. Enumerable.Repeat("{}", 10)]).Last());

    private static IEnumerable<string> Notes(params string[] data) => UngroundedNotes.Of(Answer, [.. data.Select(each => new AnnotationEvent("ungrounded", JsonElement.Parse(each)))]);
}
