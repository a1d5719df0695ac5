using System.Globalization;
using Omega.Gpt;

namespace Omega.Cli.Commands.Sessions;

/// <summary>Messages as people read them.</summary>
internal static class SessionText
{
    /// <summary>Who speaks, and how the message ended where it did not end well.</summary>
    public static string Heading(Message message)
    {
        var who = message.Role switch
        {
            Role.User => "You",
            Role.Assistant => message.Model ?? "Assistant",
            Role.Function => "Results",
            _ => "System",
        };
        var end = message.State switch
        {
            MessageState.Interrupted => " (interrupted)",
            MessageState.Failed => " (failed)",
            MessageState.Cancelled => " (stopped)",
            _ => message.FinishReason switch
            {
                FinishReason.Length => " (cut at the output limit)",
                FinishReason.ContentFilter => " (filtered)",
                FinishReason.Refusal => " (refused)",
                _ => "",
            },
        };
        return who + end;
    }

    /// <summary>A part as text; null for what is not for people.</summary>
    public static string? Of(Part part) => part switch
    {
        TextPart text => text.Text,
        ReasoningPart reasoning => $"(reasoning) {reasoning.Text}",
        RefusalPart refusal => $"(refused) {refusal.Text}",
        FunctionCallPart call => $"→ {call.Name} {call.Arguments}  [{call.Call}]",
        FunctionResultPart result => $"← {result.Name} {result.Result.GetRawText()}{(result.IsError ? " (error)" : "")}  [{result.Call}]",
        ImagePart image => $"[image {image.Url ?? $"{image.MediaType}, {Bytes(image.Data)}"}]",
        FilePart file => $"[file {file.Name ?? file.Url ?? file.MediaType}, {Bytes(file.Data)}]",
        _ => null,
    };

    private static string Bytes(ReadOnlyMemory<byte>? data) =>
        data is { } bytes ? string.Create(CultureInfo.InvariantCulture, $"{bytes.Length:N0} bytes") : "by URL";
}
