using Omega.Gpt.Structured;

namespace Omega.Gpt.Tests.Structured;

public sealed class AnswerTextTests
{
    [Theory]
    [InlineData("{\"a\":1}", "{\"a\":1}")]
    [InlineData("```json\n{\"a\":1}\n```", "{\"a\":1}")]
    [InlineData("```\n{\"a\":1}\n```", "{\"a\":1}")]
    [InlineData("\n ```JSON\r\n{\"a\":1}\r\n```\n", "{\"a\":1}")]
    [InlineData("```json\n{\"a\":\"x ``` y\"}\n```", "{\"a\":\"x ``` y\"}")]
    [InlineData("Here: ```json\n{}\n```", "Here: ```json\n{}\n```")]
    [InlineData("```json\n{}\n``` I made that up.", "```json\n{}\n``` I made that up.")]
    [InlineData("```json\n{}\n```\n```json\n{}\n```", "```json\n{}\n```\n```json\n{}\n```")]
    [InlineData("```json\n{}", "```json\n{}")]
    [InlineData("```", "```")]
    [InlineData("", "")]
    public void Unwrap_OneFencedBlockAndNothingElse_IsItsInside(string answer, string expected) => Assert.Equal(expected, AnswerText.Unwrap(answer));
}
