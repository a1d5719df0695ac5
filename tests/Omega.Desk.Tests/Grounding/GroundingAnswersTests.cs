namespace Omega.Desk.Tests;

/// <summary>
/// Wrong figures among right ones, labelled by hand. Each file was written and labelled before it was first checked; docs/concepts/grounding.md
/// holds what that first check gave.
/// </summary>
public sealed class GroundingAnswersTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("answers-1.md")]
    [InlineData("answers-2.md")]
    [InlineData("answers-3.md")]
    [InlineData("answers-4.md")]
    [InlineData("answers-5.md")]
    [InlineData("answers-6.md")]
    public void Check_AnswersWrittenByHand_FlagsTheWrongFigures(string file)
    {
        var score = GroundingScore.Of(LabelledAnswer.Read(file));
        output.WriteLine(score.Report());
        Assert.True(score.Recall >= 0.95 && score.Precision >= 0.9 && score.Coverage >= 0.95, score.Report());
    }
}
