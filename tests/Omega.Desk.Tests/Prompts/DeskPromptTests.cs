using System.Security.Cryptography;
using System.Text;
using Omega.TestKit;

namespace Omega.Desk.Tests.Prompts;

public sealed class DeskPromptTests
{
    [Theory]
    [InlineData("analyst")]
    [InlineData("risk-officer")]
    public void Load_BuiltIn_HasVersionTextAndHash(string name)
    {
        var prompt = DeskPrompt.Load(name, null);
        Assert.Equal((name, "1"), (prompt.Name, prompt.Version));
        Assert.InRange(prompt.Text.Length, 500, 2500);
        Assert.DoesNotContain("version:", prompt.Text, StringComparison.Ordinal);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(prompt.Text))), prompt.Sha256);
        Assert.Equal(name == "analyst" ? DeskPrompt.Analyst : DeskPrompt.RiskOfficer, prompt);
    }

    [Theory]
    [InlineData("version: 7\r\n\r\nBe brief.\r\n", "7", "Be brief.")]
    [InlineData("\uFEFFBe brief.", "own", "Be brief.")]
    public void Load_OwnFile_TakesItsPlace(string text, string version, string said)
    {
        using var folder = new TempFolder();
        File.WriteAllText(Path.Combine(folder.Path, "analyst.md"), text);
        var prompt = DeskPrompt.Load("analyst", folder.Path);
        Assert.Equal((version, said), (prompt.Version, prompt.Text));
        Assert.NotEqual(DeskPrompt.Analyst.Sha256, prompt.Sha256);
        Assert.Equal(DeskPrompt.RiskOfficer, DeskPrompt.Load("risk-officer", folder.Path));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("version: 3\n \n", "empty")]
    [InlineData("\uD800", null)]
    [InlineData("long", "larger")]
    public void Load_AFileThatIsNoPrompt_IsAnErrorThatNamesIt(string text, string? reason)
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "analyst.md");
        if (reason is null)
            File.WriteAllBytes(path, [0xFF, 0xFE, 0xFF]);
        else
            File.WriteAllText(path, text == "long" ? new string('x', 70_000) : text);
        var error = Assert.Throws<DeskException>(() => DeskPrompt.Load("analyst", folder.Path));
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(reason ?? "UTF-8", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("trader")]
    [InlineData("../analyst")]
    [InlineData("")]
    public void Load_UnknownName_TellsWhatThereIs(string name) =>
        Assert.Contains("analyst, risk-officer", Assert.Throws<DeskException>(() => DeskPrompt.Load(name, null)).Message, StringComparison.Ordinal);

    [Fact]
    public void ToAnnotation_OfAPrompt_HasNameVersionAndHashOnly()
    {
        var annotation = (DeskPrompt.Analyst with { Name = "my \"own\"" }).ToAnnotation();
        Assert.Equal("prompt", annotation.Kind);
        Assert.Equal(["name", "version", "sha256"], annotation.Data.EnumerateObject().Select(property => property.Name));
        Assert.Equal(("my \"own\"", "1", DeskPrompt.Analyst.Sha256), (annotation.Data.GetProperty("name").GetString(), annotation.Data.GetProperty("version").GetString(), annotation.Data.GetProperty("sha256").GetString()));
    }
}
