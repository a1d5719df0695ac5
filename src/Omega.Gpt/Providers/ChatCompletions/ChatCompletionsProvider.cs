using System.Text.Json;
using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Providers.ChatCompletions;

/// <summary>One POST to <c>chat/completions</c>, its chunks read the moment they arrive.</summary>
internal sealed class ChatCompletionsProvider(WireOptions options, TimeProvider? time = null) : WireProvider(options, time)
{
    protected override string Path => "chat/completions";

    protected override void WriteBody(Utf8JsonWriter writer, ModelRequest request) => ChatCompletionsRequest.Write(writer, request, Options);

    protected override WireParser CreateParser(ModelRequest request, string? requestId)
    {
        var parser = new ChatCompletionsParser(Name, request.Model, requestId, Options.AcceptMissingDone);
        return Options.MarksPrefix && request.ContinuesAnswer ? new PrefixEcho(parser, request.Messages[^1].Text) : parser;
    }
}
