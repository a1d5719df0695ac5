using System.Text.Json;
using System.Text.Json.Nodes;
using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Providers.Responses;

/// <summary>
/// OpenAI's Responses wire. Nothing is kept at the server (<c>store</c> is false): the whole conversation goes along each time, reasoning
/// in its encrypted form. Where <see cref="GenerationOptions.ExtraBody"/> says <c>"store": true</c>, the rest of a broken stream can be read.
/// </summary>
/// <param name="options">Where the server is and who asks.</param>
/// <param name="time">The clock; null for the system's.</param>
internal sealed class ResponsesProvider(WireOptions options, TimeProvider? time = null) : WireProvider(options, time)
{
    protected override string Path => "responses";

    protected override void WriteBody(Utf8JsonWriter writer, ModelRequest request) =>
        ResponsesRequest.Write(writer, request, Options.IsOpenAI, ResponsesChoices.Of(request, Name));

    protected override WireParser CreateParser(ModelRequest request, string? requestId) =>
        new ResponsesParser(Name, request.Model, requestId, ResponsesChoices.Of(request, Name).Gate, IsKept(request));

    private static bool IsKept(ModelRequest request) =>
        request.Options.ExtraBody?["store"] is JsonValue store && store.TryGetValue(out bool isStored) && isStored;
}
