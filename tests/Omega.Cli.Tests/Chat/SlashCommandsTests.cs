using Omega.Cli.Chat;

namespace Omega.Cli.Tests.Chat;

public sealed class SlashCommandsTests
{
    [Theory]
    [InlineData("/help", "help", "")]
    [InlineData("/Model  openai/gpt-4.1 ", "model", "openai/gpt-4.1")]
    [InlineData("/system Be\nbrief.", "system", "Be\nbrief.")]
    [InlineData("/no-such", "no-such", "")]
    public void Read_Command_HasANameAndAnArgument(string line, string name, string argument) => Assert.Equal((name, argument), SlashCommands.Read(line));

    [Theory]
    [InlineData("hello")]
    [InlineData("/")]
    [InlineData("//help")]
    [InlineData("/home/me/btc.csv what is it?")]
    [InlineData("/2 is a half")]
    [InlineData(" /help")]
    public void Read_AnythingElse_IsForTheModel(string line) => Assert.Null(SlashCommands.Read(line));

    [Theory]
    [InlineData("modle", "Did you mean /model?")]
    [InlineData("func", "Did you mean /functions?")]
    [InlineData("sav", "Did you mean /save?")]
    [InlineData("xyzzy", "Unknown command /xyzzy. See /help")]
    public void Find_Unknown_OffersANearOne(string name, string expected) =>
        Assert.Contains(expected, Assert.Throws<CliException>(() => SlashCommands.Find(name)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("/m", "/model ,/market ")]
    [InlineData("/q", "/quit ")]
    [InlineData("/model x", "")]
    [InlineData("m", "")]
    public void Complete_Written_OffersWhatBeginsSo(string written, string expected) => Assert.Equal(expected, string.Join(',', SlashCommands.Complete(written)));
}
