using CsCheck;
using Omega.Gpt.Models;

namespace Omega.Gpt.Tests.Models;

public sealed class NearNamesTests
{
    [Theory]
    [InlineData("", "abc", 3)]
    [InlineData("gtp", "gpt", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("GPT-4o", "gpt-4o", 0)]
    [InlineData("opnai", "openai", 1)]
    public void Distance_Pairs_CountsEdits(string a, string b, int expected) => Assert.Equal(expected, NearNames.Distance(a, b));

    [Fact]
    public void Distance_AnyTexts_IsSymmetricAndBounded() =>
        Gen.Select(Gen.String[Gen.Char["abcA-"], 0, 8], Gen.String[Gen.Char["abcA-"], 0, 8]).Sample((a, b) =>
        {
            var distance = NearNames.Distance(a, b);
            return distance == NearNames.Distance(b, a)
                && distance >= Math.Abs(a.Length - b.Length)
                && distance <= Math.Max(a.Length, b.Length)
                && distance == 0 == a.Equals(b, StringComparison.OrdinalIgnoreCase);
        });

    [Fact]
    public void Find_Typo_GivesNearestFirst() => Assert.Equal(["gpt-4o"], NearNames.Find("gtp-4o", ["gpt-4.1", "claude", "gpt-4o"]));

    [Fact]
    public void Find_Beginning_GivesWhatItBegins() => Assert.Equal(["claude-opus-5", "claude-opus-5-5"], NearNames.Find("claude-opus", ["gpt-4o", "claude-opus-5", "claude-opus-5-5"]));

    [Fact]
    public void Find_NothingNear_IsEmpty() => Assert.Empty(NearNames.Find("zebra", ["gpt-4o", "o3"]));

    [Fact]
    public void Question_Names_ReadsAsASentence()
    {
        Assert.Equal("", NearNames.Question([]));
        Assert.Equal(" Did you mean \"a\"?", NearNames.Question(["a"]));
        Assert.Equal(" Did you mean \"a\", \"b\" or \"c\"?", NearNames.Question(["a", "b", "c"]));
    }
}
