using Omega.Cli.Markets;

namespace Omega.Cli.Tests.Markets;

public sealed class MarketChoiceTests
{
    public static TheoryData<string, string> Sound => new()
    {
        { "sim", new MarketChoice.Simulated(null).ToString() },
        { "SIM:42", new MarketChoice.Simulated(42).ToString() },
        { "replay:a:b.csv", new MarketChoice.Recorded("a:b.csv", IsPlayed: true).ToString() },
        { " none ", new MarketChoice.Nothing().ToString() },
    };

    [Theory]
    [MemberData(nameof(Sound))]
    public void Parse_Form_IsRead(string text, string expected) =>
        Assert.Equal(expected, MarketChoice.Parse(text, "--feed is", Assert.Fail)!.ToString());

    [Theory]
    [InlineData("smi", "--feed is \"smi\". Did you mean sim? Allowed: sim,")]
    [InlineData("sim:-1", "--feed is \"sim:-1\". Allowed: sim,")]
    [InlineData("sim:1.5", "--feed is \"sim:1.5\". Allowed: sim,")]
    [InlineData("replay:", "--feed is \"replay:\". Allowed: sim,")]
    [InlineData("none:1", "--feed is \"none:1\". Allowed: sim,")]
    [InlineData("", "--feed is \"\". Allowed: sim,")]
    public void Parse_Wrong_SaysWhatIsAllowed(string text, string expected)
    {
        var told = "";

        Assert.Null(MarketChoice.Parse(text, "--feed is", message => told = message));

        Assert.StartsWith(expected, told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("replay:0123456789abcdef", "replay:0123456789ab")]
    [InlineData("SIM:1234567890123456789", "SIM:1234567890123456789")]
    [InlineData("SIM:42", "SIM:42")]
    [InlineData("binance:BTC/USDT:perpetual", "binance:BTC/USDT:perpetual")]
    public void Short_Source_OnlyHashesAreCut(string source, string expected) => Assert.Equal(expected, MarketSource.Short(source));
}
