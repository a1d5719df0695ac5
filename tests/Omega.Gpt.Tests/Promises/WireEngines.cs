using System.Net;
using Omega.Gpt.Providers;
using Omega.Gpt.Providers.Anthropic;
using Omega.Gpt.Providers.ChatCompletions;
using Omega.Gpt.Providers.Http;
using Omega.Gpt.Providers.Responses;
using Omega.Gpt.Tests.Turns;
using Omega.TestKit;

namespace Omega.Gpt.Tests.Promises;

/// <summary>Engines over one wire: against a server, or against bytes in memory.</summary>
internal static class WireEngines
{
    public static IModelProvider Provider(Wire wire, string baseUrl, Func<HttpClient>? client = null, string name = "test")
    {
        var options = new WireOptions { Name = name, BaseUrl = baseUrl, Client = client, Auth = ProviderAuth.Bearer("sk-test-key-000000000000") };
        return wire switch
        {
            Wire.ChatCompletions => new ChatCompletionsProvider(options, null),
            Wire.Responses => new ResponsesProvider(options, null),
            Wire.Anthropic => new AnthropicProvider(options, null),
            _ => throw new ArgumentOutOfRangeException(nameof(wire), wire, null),
        };
    }

    /// <summary>A turn whose answer is these bytes.</summary>
    public static RealTimeGpt InMemory(Wire wire, ReadOnlyMemory<byte> body)
    {
        var client = new HttpClient(new BodyHandler(body));
        return Turn.Gpt(Provider(wire, "http://memory.invalid/v1", () => client));
    }

    private sealed class BodyHandler(ReadOnlyMemory<byte> body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = new("text/event-stream") } } });
    }
}
