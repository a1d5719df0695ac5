using Omega.Gpt.Providers;
using Omega.TestKit;

namespace Omega.Gpt.Tests.Providers.Http;

public sealed class ModelListingTests
{
    [Theory]
    [InlineData("openai", "OPENAI", "authorization", "Bearer sk-planted-key")]
    [InlineData("anthropic", "ANTHROPIC", "x-api-key", "sk-planted-key")]
    [InlineData("google", "GEMINI", "authorization", "Bearer sk-planted-key")]
    public async Task ListModels_Provider_GivesItsNamesInOrder(string provider, string variables, string header, string value)
    {
        await using var server = ModelServer.Start();
        server.Models = Reply.ModelList("b", "models/a");

        var names = await Registry(server, variables).ListModelsAsync(provider, TestContext.Current.CancellationToken);

        Assert.Equal(["b", "a"], names);
        var request = Assert.Single(server.Requests);
        Assert.Equal(("GET", "/v1/models", value), (request.Method, request.Path, request.Header(header)));
    }

    [Fact]
    public async Task ListModels_KeyRefused_SaysSoWithoutTheKey()
    {
        await using var server = ModelServer.Start();
        server.Models = Reply.OpenAIError(401, "Incorrect API key provided: sk-planted-key.", code: "invalid_api_key");

        var error = await Assert.ThrowsAsync<GptException>(() => Registry(server, "OPENAI").ListModelsAsync("openai", TestContext.Current.CancellationToken));

        Assert.Equal((GptErrorKind.Authentication, 401), (error.Kind, error.StatusCode));
        Assert.DoesNotContain("sk-planted-key", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListModels_ServerThatEchoesAllItIsSent_NothingOfItIsToldOn()
    {
        const string Key = "planted-key-5b2e81c90d", Other = "planted-other-4f1b77c2a0", Token = "planted-token-99d0c4e1b7";
        await using var server = ModelServer.Start();
        var variables = new Dictionary<string, string?> { ["OPENAI_API_KEY"] = Key, ["OPENAI_API_KEY_2"] = Other, ["OPENAI_BASE_URL"] = $"{server.BaseUrl}?token={Token}" };
        var registry = ProviderRegistry.Create(variables.GetValueOrDefault);
        var scan = new SecretScan(Key, Other, Token);
        foreach (var echo in (Reply[])
        [
            Reply.ModelList($"m-{Key}", Other),
            Reply.OpenAIError(400, $"Not {Key} but {Other}, at /v1/models?token={Token}."),
            Reply.Raw($"HTTP/1.1 200 OK\r\n{Key} {Other} {Token}\r\n\r\n"),
        ])
        {
            server.Models = echo;
            try
            {
                scan.Text("names", string.Join(' ', await registry.ListModelsAsync("openai", TestContext.Current.CancellationToken)));
            }
            catch (GptException exception)
            {
                scan.Error("error", exception);
            }
        }

        scan.ThrowIfFound();
        Assert.Equal(3, server.Requests.Count(request => request.Query.Contains(Token, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task ListModels_WebPage_IsNamedAsTheWrongPlace()
    {
        await using var server = ModelServer.Start();
        server.Models = Reply.Html(200);

        var error = await Assert.ThrowsAsync<GptException>(() => Registry(server, "OPENAI").ListModelsAsync("openai", TestContext.Current.CancellationToken));

        Assert.Equal(GptErrorKind.StreamProtocol, error.Kind);
    }

    [Theory]
    [InlineData("openai", GptErrorKind.Authentication)]
    [InlineData("compatible", GptErrorKind.BadRequest)]
    [InlineData("offline", GptErrorKind.BadRequest)]
    [InlineData("nobody", GptErrorKind.ModelNotFound)]
    public async Task ListModels_NothingToAsk_IsRefusedBeforeAnythingIsSent(string provider, GptErrorKind kind) =>
        Assert.Equal(kind, (await Assert.ThrowsAsync<GptException>(() => ProviderRegistry.Create().ListModelsAsync(provider, TestContext.Current.CancellationToken))).Kind);

    private static ProviderRegistry Registry(ModelServer server, string variables) =>
        ProviderRegistry.Create(name => name == $"{variables}_API_KEY" ? "sk-planted-key" : name == $"{variables}_BASE_URL" ? server.BaseUrl : null);
}
