using Omega.Cli.Configuration;

namespace Omega.Cli.Tests.Configuration;

public sealed class DotEnvFileTests
{
    [Theory]
    [InlineData("KEY=value", "value")]
    [InlineData("export KEY=value", "value")]
    [InlineData("  KEY = value  ", "value")]
    [InlineData("KEY=value # comment", "value")]
    [InlineData("KEY=a#b", "a#b")]
    [InlineData("KEY='a $B # \\n'", "a $B # \\n")]
    [InlineData("KEY=\"a\\n\\\"b\\\"\" # comment", "a\n\"b\"")]
    [InlineData("KEY=", "")]
    [InlineData("KEY=a=b==", "a=b==")]
    [InlineData("\uFEFFKEY=value", "value")]
    [InlineData("KEY=old\nKEY=new", "new")]
    [InlineData("# KEY=no\r\nKEY=value\r\n", "value")]
    public void Parse_FormsThatPeopleWrite_GiveTheValue(string text, string expected)
    {
        var file = DotEnvFile.Parse(".env", text);

        Assert.Equal(expected, file.Values["KEY"]);
        Assert.Empty(file.Notes);
    }

    [Theory]
    [InlineData("sk-secret-without-a-name")]
    [InlineData("1KEY=sk-secret")]
    [InlineData("KEY=\"sk-secret")]
    [InlineData("KEY='sk' secret")]
    public void Parse_LineThatIsNoAssignment_IsNotedByNumberWithoutItsContent(string line)
    {
        var file = DotEnvFile.Parse("/home/x/.env", $"GOOD=1\n{line}\n");

        var note = Assert.Single(file.Notes);
        Assert.StartsWith("/home/x/.env:2 ", note, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", note, StringComparison.Ordinal);
        Assert.Equal("1", Assert.Single(file.Values).Value);
    }

    [Fact]
    public void Read_NoFile_IsEmptyWithoutNotes()
    {
        var file = DotEnvFile.Read(Path.Combine(Path.GetTempPath(), "omega-no-such-folder", ".env"));

        Assert.Empty(file.Values);
        Assert.Empty(file.Notes);
    }
}
