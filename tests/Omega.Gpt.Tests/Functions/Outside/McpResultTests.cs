using System.Text.Json;
using Omega.Gpt.Functions.Outside;

namespace Omega.Gpt.Tests.Functions.Outside;

public sealed class McpResultTests
{
    [Theory]
    [InlineData("""{"content": [{"type": "text", "text": "hi"}]}""", "\"hi\"")]
    [InlineData("""{"content": [{"type": "text", "text": "{\"a\": 1}"}]}""", "{\"a\": 1}")]
    [InlineData("""{"content": [{"type": "text", "text": "[1"}]}""", "\"[1\"")]
    [InlineData("""{"content": [{"type": "text", "text": "007"}]}""", "\"007\"")]
    [InlineData("""{"content": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]}""", "\"a\\nb\"")]
    [InlineData("""{"content": [{"type": "text", "text": "a"}], "structuredContent": {"n": 1}, "isError": false}""", "{\"n\": 1}")]
    [InlineData("""{"content": [{"type": "text", "text": "a"}], "structuredContent": null}""", "\"a\"")]
    [InlineData("""{"content": [{"type": "text", "text": "see"}, {"type": "image", "mimeType": "image/png", "data": "AAECAw=="}]}""", "\"see\\n[image image/png, 4 bytes]\"")]
    [InlineData("""{"content": [{"type": "audio", "mimeType": "audio/wav", "data": "AAEC"}]}""", "\"[audio audio/wav, 3 bytes]\"")]
    [InlineData("""{"content": [{"type": "resource", "resource": {"uri": "file:///a", "text": "inside"}}]}""", "\"inside\"")]
    [InlineData("""{"content": [{"type": "resource", "resource": {"uri": "file:///a", "mimeType": "x/y", "blob": "AAE="}}]}""", "\"[resource file:///a x/y, 2 bytes]\"")]
    [InlineData("""{"content": [{"type": "resource_link", "name": "n", "uri": "file:///a"}]}""", "\"[resource n file:///a]\"")]
    [InlineData("""{"content": [{"type": "hologram"}, 5]}""", "\"[hologram]\\n[something without a type]\"")]
    [InlineData("""{"content": []}""", "\"\"")]
    [InlineData("""{}""", "\"\"")]
    public void Read_Result_IsStructuredOrTextAndDescribesTheRest(string result, string expected)
    {
        var read = McpResult.Read("f", JsonElement.Parse(result));

        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), read), read.GetRawText());
    }

    [Theory]
    [InlineData("""{"isError": true, "content": [{"type": "text", "text": "no such city"}]}""", "no such city")]
    [InlineData("""{"isError": true, "structuredContent": {"a": 1}}""", "the tool failed and gave no reason.")]
    [InlineData("""[]""", "f: the server's answer is no result.")]
    public void Read_Error_IsAFailedCall(string result, string expected)
    {
        var error = Assert.Throws<GptException>(() => McpResult.Read("f", JsonElement.Parse(result)));

        Assert.Equal((GptErrorKind.FunctionExecution, expected), (error.Kind, error.Message));
    }

    [Fact]
    public void Read_LongError_IsCut()
    {
        var error = Assert.Throws<GptException>(() => McpResult.Read("f", JsonElement.Parse($$"""{"isError": true, "content": [{"type": "text", "text": "{{new string('x', 100_000)}}"}]}""")));

        Assert.Equal(new string('x', 4000) + "…", error.Message);
    }
}
