using System.Net.Http.Headers;
using System.Text.Json;
using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Providers.Anthropic;

/// <summary>Anthropic's Messages wire.</summary>
/// <param name="options">Where the server is and who asks (Anthropic's own key goes into the header <c>x-api-key</c>).</param>
/// <param name="time">The clock; null for the system's.</param>
internal sealed class AnthropicProvider(WireOptions options, TimeProvider? time = null) : WireProvider(options, time)
{
    protected override string Path => "messages";

    protected override void WriteBody(Utf8JsonWriter writer, ModelRequest request) =>
        AnthropicRequest.Write(writer, request, AnthropicChoices.Of(request, Name));

    protected override WireParser CreateParser(ModelRequest request, string? requestId) =>
        new AnthropicParser(Name, request.Model, requestId, AnthropicChoices.Of(request, Name).Gate);

    protected override void AddHeaders(HttpRequestHeaders headers, ModelRequest request) =>
        headers.TryAddWithoutValidation("anthropic-version", "2023-06-01");
}
