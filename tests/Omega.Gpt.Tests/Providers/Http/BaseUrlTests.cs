using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Tests.Providers.Http;

public sealed class BaseUrlTests
{
    [Theory]
    [InlineData("http://localhost:11434", "http://localhost:11434/v1/chat/completions")]
    [InlineData("http://localhost:11434/", "http://localhost:11434/v1/chat/completions")]
    [InlineData(" https://api.openai.com/v1 ", "https://api.openai.com/v1/chat/completions")]
    [InlineData("https://api.openai.com/v1/", "https://api.openai.com/v1/chat/completions")]
    [InlineData("https://api.openai.com/v1/chat/completions", "https://api.openai.com/v1/chat/completions")]
    [InlineData("https://api.openai.com/v1/responses/", "https://api.openai.com/v1/chat/completions")]
    [InlineData("https://host.invalid/inference/chat/completions", "https://host.invalid/inference/chat/completions")]
    [InlineData("https://openrouter.ai/api", "https://openrouter.ai/api/v1/chat/completions")]
    [InlineData("https://host.invalid/v1beta/openai/", "https://host.invalid/v1beta/openai/chat/completions")]
    [InlineData("https://host.invalid/api/paas/v4", "https://host.invalid/api/paas/v4/chat/completions")]
    [InlineData("https://host.invalid/openai/v1?api-version=preview", "https://host.invalid/openai/v1/chat/completions?api-version=preview")]
    [InlineData("https://host.invalid?a=b", "https://host.invalid/v1/chat/completions?a=b")]
    [InlineData("https://host.invalid/vision", "https://host.invalid/vision/v1/chat/completions")]
    public void Endpoint_BaseUrlAsPeopleWriteIt_IsFound(string baseUrl, string expected) =>
        Assert.Equal(expected, BaseUrl.Endpoint(baseUrl, "chat/completions").ToString());

    [Theory]
    [InlineData("")]
    [InlineData("localhost:11434")]
    [InlineData("/v1")]
    [InlineData("ftp://host.invalid")]
    public void Endpoint_NoHttpUrl_IsRefused(string baseUrl)
    {
        var error = Assert.Throws<GptException>(() => BaseUrl.Endpoint(baseUrl, "chat/completions"));

        Assert.Equal((GptErrorKind.BadRequest, GptPhase.Request), (error.Kind, error.Phase));
        Assert.Contains("Example: http", error.Message, StringComparison.Ordinal);
    }
}
