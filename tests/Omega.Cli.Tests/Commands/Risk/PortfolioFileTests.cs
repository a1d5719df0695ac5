using System.Text;
using Omega.Cli.Commands.Risk;
using Omega.Trading.Risk;

namespace Omega.Cli.Tests.Commands.Risk;

public sealed class PortfolioFileTests
{
    [Fact]
    public void Parse_Portfolio_TakesNumbersTextsAndComments()
    {
        var account = Parse("""{ "cash": "50000.5", /* mine */ "positions": [{"market": "BTC", "side": "SHORT", "quantity": 0.25, "entry": 64000, "stop": null},], }""");

        Assert.Equal(50_000.5m, account.Cash);
        Assert.Equal([new HeldPosition(PositionSide.Short, 0.25m) { Market = "BTC", Entry = 64_000 }], account.Positions);
        Assert.Equal(1_000m, account.Positions[0].GainAt(60_000));
    }

    [Theory]
    [InlineData("[]", "the portfolio must be an object")]
    [InlineData("{\n \"cash\" 1}", "p.json:2:9: not JSON.")]
    [InlineData("""{"cash": 1}""", "\"positions\" must be a list of 1 to 100 positions")]
    [InlineData("""{"cash": 1, "positions": []}""", "\"positions\" must be a list of 1 to 100 positions")]
    [InlineData("""{"positions": [{"quantity": 1}]}""", "\"cash\" is missing")]
    [InlineData("""{"cash": -1, "positions": [{"quantity": 1}]}""", "\"cash\" is -1; it must be a number above 0")]
    [InlineData("""{"cash": 1e99, "positions": [{"quantity": 1}]}""", "\"cash\" is 1e99; it must be a number above 0")]
    [InlineData("""{"cash": 1, "positions": [{"quantity": 1}, {"side": "long"}]}""", "\"positions[1].quantity\" is missing")]
    [InlineData("""{"cash": 1, "positions": [{"quantity": 1, "stopp": 5}]}""", "\"positions[0].stopp\" is not known. Did you mean \"stop\"?")]
    [InlineData("""{"cash": 1, "positions": [{"quantity": 1, "side": "up"}]}""", "\"positions[0].side\" is \"up\"; it must be \"long\" or \"short\"")]
    [InlineData("""{"cash": 1, "positions": [{"quantity": true}]}""", "\"positions[0].quantity\" must be a number or a decimal in quotes")]
    [InlineData("""{"cash": 1, "positions": [{"quantity": 1, "market": 7}]}""", "\"positions[0].market\" must be a text in quotes")]
    public void Parse_Wrong_SaysWhereAndWhat(string json, string expected)
    {
        var error = Assert.Throws<CliException>(() => Parse(json));

        Assert.StartsWith("p.json", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static Account Parse(string json) => PortfolioFile.Parse("p.json", Encoding.UTF8.GetBytes(json));
}
