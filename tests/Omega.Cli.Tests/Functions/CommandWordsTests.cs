using Omega.Cli.Functions;

namespace Omega.Cli.Tests.Functions;

public sealed class CommandWordsTests
{
    [Theory]
    [InlineData("server", "server")]
    [InlineData("  npx -y  pkg\t. ", "npx", "-y", "pkg", ".")]
    [InlineData("a 'b c' \"d 'e\" ''", "a", "b c", "d 'e", "")]
    [InlineData("a=b'c d'e", "a=bc de")]
    [InlineData("$(echo) *.txt \\n", "$(echo)", "*.txt", "\\n")]
    [InlineData("")]
    public void Split_Line_CutsAtSpaceAndExpandsNothing(string line, params string[] words) => Assert.Equal(words, CommandWords.Split(line));

    [Theory]
    [InlineData("a 'b")]
    [InlineData("a \"b'")]
    public void Split_OpenQuote_IsNull(string line) => Assert.Null(CommandWords.Split(line));
}
