using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Omega.Gpt.Providers.ChatClient;

/// <summary>Messages between Microsoft.Extensions.AI and ours. Opaque state travels as <see cref="TextReasoningContent.ProtectedData"/>.</summary>
internal static class ChatMessages
{
    /// <summary>Our messages as theirs.</summary>
    public static List<ChatMessage> ToChat(IEnumerable<Message> messages)
    {
        var all = messages as IReadOnlyList<Message> ?? [.. messages];
        var answered = all.SelectMany(message => message.Parts).OfType<FunctionResultPart>().Select(part => part.Call).ToHashSet();
        return
        [
            .. all.Select(message => new ChatMessage(
                    message.Role switch
                    {
                        Role.System => ChatRole.System,
                        Role.User => ChatRole.User,
                        Role.Assistant => ChatRole.Assistant,
                        _ => ChatRole.Tool,
                    },
                    [.. message.Parts.Where(part => part is not FunctionCallPart call || answered.Contains(call.Call)).Select(ToContent).OfType<AIContent>()]))
                .Where(message => message.Contents.Count > 0),
        ];
    }

    /// <summary>Their messages as ours.</summary>
    public static List<Message> FromChat(IEnumerable<ChatMessage> messages)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        return
        [
            .. messages.Select(message => new Message
            {
                Role = message.Role == ChatRole.System ? Role.System
                    : message.Role == ChatRole.Assistant ? Role.Assistant
                    : message.Role == ChatRole.Tool ? Role.Function
                    : Role.User,
                Parts = Merge(message.Contents.Select(content => FromContent(content, names)).OfType<Part>()),
            }).Where(message => message.Parts.Count > 0),
        ];
    }

    /// <summary>Opaque state as the text that Microsoft.Extensions.AI keeps for us.</summary>
    public static TextReasoningContent Protect(OpaquePart part) =>
        new("") { ProtectedData = JsonSerializer.Serialize(part, GptJsonContext.Default.Part) };

    private static AIContent? ToContent(Part part) => part switch
    {
        TextPart text => new TextContent(text.Text),
        RefusalPart refusal => new TextContent(refusal.Text),
        ImagePart { Data: { } data } image => new DataContent(data, image.MediaType ?? "image/png"),
        ImagePart { Url: { } url } image => new UriContent(url, image.MediaType ?? "image/*"),
        FilePart { Data: { } data } file => new DataContent(data, file.MediaType ?? "application/octet-stream") { Name = file.Name },
        FilePart { Url: { } url } file => new UriContent(url, file.MediaType ?? "application/octet-stream"),
        FunctionCallPart call => new FunctionCallContent(call.Call, call.Name, ChatClientJson.Arguments(call.Arguments)),
        FunctionResultPart result => new FunctionResultContent(result.Call, result.Result),
        OpaquePart { Kind: ProtectedKind } opaque => new TextReasoningContent("") { ProtectedData = opaque.Json },
        OpaquePart opaque => Protect(opaque),
        _ => null,
    };

    private static Part? FromContent(AIContent content, Dictionary<string, string> names)
    {
        switch (content)
        {
            case TextContent text:
                return new TextPart(text.Text);
            case TextReasoningContent { ProtectedData: { Length: > 0 } state }:
                return Unprotect(state);
            case TextReasoningContent reasoning:
                return new ReasoningPart(reasoning.Text);
            case DataContent data when data.HasTopLevelMediaType("image"):
                return new ImagePart { Data = data.Data, MediaType = data.MediaType };
            case DataContent data:
                return new FilePart { Data = data.Data, MediaType = data.MediaType, Name = data.Name };
            case UriContent uri when uri.HasTopLevelMediaType("image"):
                return new ImagePart { Url = uri.Uri.AbsoluteUri, MediaType = uri.MediaType };
            case UriContent uri:
                return new FilePart { Url = uri.Uri.AbsoluteUri, MediaType = uri.MediaType };
            case FunctionCallContent call:
                names[call.CallId] = call.Name;
                return new FunctionCallPart(call.CallId, call.Name, ChatClientJson.Arguments(call.Arguments));
            case FunctionResultContent result:
                return new FunctionResultPart(result.CallId, names.GetValueOrDefault(result.CallId, ""), ChatClientJson.Value(result.Result)) { IsError = result.Exception is not null };
            default:
                return null;
        }
    }

    /// <summary>The kind of state that a foreign client gave us; it goes back as it came.</summary>
    internal const string ProtectedKind = "protected_data";

    private static Part? Unprotect(string state)
    {
        try
        {
            return JsonSerializer.Deserialize(state, GptJsonContext.Default.Part) as OpaquePart;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static List<Part> Merge(IEnumerable<Part> parts)
    {
        var merged = new List<Part>();
        foreach (var part in parts)
        {
            if (part is TextPart text && merged is [.., TextPart last])
                merged[^1] = new TextPart(last.Text + text.Text);
            else
                merged.Add(part);
        }

        return merged;
    }
}
