namespace Omega.Gpt.Tests.Providers.Offline.Acceptance;

/// <summary>Whether the rules do what a reasonable person expects, on labelled prompts. The counts and each miss go to the test's output.</summary>
public sealed class OfflineAcceptanceTests(ITestOutputHelper output)
{
    [Fact]
    public async Task StreamAsync_FrozenPrompts_PicksFunctionsAsAPersonWould()
    {
        var score = await Acceptance.RunAsync(FunctionSet.Parse(EverydayFunctions.Json), FrozenPrompts.All);
        output.WriteLine(score.ToString());

        Assert.Equal((45, 15), (score.Wanted, score.Unwanted));
        Assert.True(score.RightFunction >= 0.85 * score.Wanted, score.ToString());
        Assert.True(score.LeftAlone >= 0.9 * score.Unwanted, score.ToString());
        Assert.Equal(0, score.InvalidArguments);
        Assert.True(score.Asked == score.WithMissing, score.ToString());
    }

    // Prompts that the rules were not written for. The bar is lower than above: what counts most is that a wrong guess is never an invalid call.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StreamAsync_HeldOutPrompts_CallsWithValidArgumentsOnly(bool isHousehold)
    {
        var score = await Acceptance.RunAsync(
            FunctionSet.Parse(isHousehold ? HouseholdFunctions.Json : EverydayFunctions.Json), isHousehold ? HeldOutPrompts.Household : HeldOutPrompts.Everyday);
        output.WriteLine(score.ToString());

        Assert.Equal(0, score.InvalidArguments);
        Assert.True(score.RightFunction >= 0.5 * score.Wanted, score.ToString());
    }
}
