using System.Text;
using System.Text.Json;
using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Providers.Anthropic;

/// <summary>Writes parts as content blocks.</summary>
internal static class AnthropicBlocks
{
    /// <summary>Writes a part.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="part">A part of an <see cref="AnthropicTurn"/>.</param>
    /// <param name="mark">Whether the prompt up to here is to be cached; <see cref="PromptCaching.Off"/> for no.</param>
    /// <param name="unacceptable">Makes the exception for a part that cannot be sent.</param>
    public static void Write(Utf8JsonWriter writer, Part part, PromptCaching mark, Func<string, GptException> unacceptable)
    {
        switch (part)
        {
            case TextPart text:
                WriteText(writer, text.Text, mark);
                return;
            case RefusalPart refusal:
                WriteText(writer, refusal.Text, mark);
                return;
            case OpaquePart opaque:
                writer.WriteRawValue(opaque.Json, skipInputValidation: true); // never last in its turn, so never marked
                return;
        }

        writer.WriteStartObject();
        switch (part)
        {
            case FunctionCallPart call:
                writer.WriteString("type"u8, "tool_use"u8);
                writer.WriteString("id"u8, CallIds.ToWire(call.Call, CallIdStyle.Default));
                writer.WriteString("name"u8, call.Name);
                writer.WritePropertyName("input"u8);
                writer.WriteRawValue(Input(call.Arguments), skipInputValidation: true);
                break;
            case FunctionResultPart result:
                writer.WriteString("type"u8, "tool_result"u8);
                writer.WriteString("tool_use_id"u8, CallIds.ToWire(result.Call, CallIdStyle.Default));
                if (AnsweredCalls.Text(result) is { Length: > 0 } said)
                    writer.WriteString("content"u8, said);
                if (result.IsError)
                    writer.WriteBoolean("is_error"u8, true);
                break;
            case ImagePart image:
                writer.WriteString("type"u8, "image"u8);
                WriteSource(writer, image.Url, image.Data, image.MediaType, unacceptable);
                break;
            case FilePart { MediaType: { } type } file when type.StartsWith("image/", StringComparison.OrdinalIgnoreCase):
                writer.WriteString("type"u8, "image"u8);
                WriteSource(writer, file.Url, file.Data, type, unacceptable);
                break;
            case FilePart file:
                WriteDocument(writer, file, unacceptable);
                break;
        }

        WriteMark(writer, mark);
        writer.WriteEndObject();
    }

    /// <summary>Writes a text block.</summary>
    public static void WriteText(Utf8JsonWriter writer, string text, PromptCaching mark)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "text"u8);
        writer.WriteString("text"u8, text);
        WriteMark(writer, mark);
        writer.WriteEndObject();
    }

    /// <summary>Writes <c>cache_control</c> into the open object.</summary>
    public static void WriteMark(Utf8JsonWriter writer, PromptCaching mark)
    {
        if (mark == PromptCaching.Off)
            return;
        writer.WriteStartObject("cache_control"u8);
        writer.WriteString("type"u8, "ephemeral"u8);
        if (mark == PromptCaching.OneHour)
            writer.WriteString("ttl"u8, "1h"u8);
        writer.WriteEndObject();
    }

    private static void WriteDocument(Utf8JsonWriter writer, FilePart file, Func<string, GptException> unacceptable)
    {
        writer.WriteString("type"u8, "document"u8);
        if (file.Url is not null || file.MediaType is null or "application/pdf")
        {
            WriteSource(writer, file.Url, file.Data, file.MediaType, unacceptable);
        }
        else if (file.Data is { } bytes && IsText(file.MediaType))
        {
            writer.WriteStartObject("source"u8);
            writer.WriteString("type"u8, "text"u8);
            writer.WriteString("media_type"u8, "text/plain"u8);
            writer.WriteString("data"u8, Encoding.UTF8.GetString(bytes.Span));
            writer.WriteEndObject();
        }
        else
        {
            throw unacceptable($"a file of type {file.MediaType} cannot be sent; Anthropic takes application/pdf, text and images");
        }

        if (!string.IsNullOrEmpty(file.Name))
            writer.WriteString("title"u8, file.Name);
    }

    private static void WriteSource(Utf8JsonWriter writer, string? url, ReadOnlyMemory<byte>? data, string? mediaType, Func<string, GptException> unacceptable)
    {
        writer.WriteStartObject("source"u8);
        if (url is not null)
        {
            writer.WriteString("type"u8, "url"u8);
            writer.WriteString("url"u8, url);
        }
        else if (data is { } bytes && mediaType is not null)
        {
            writer.WriteString("type"u8, "base64"u8);
            writer.WriteString("media_type"u8, mediaType);
            writer.WriteBase64String("data"u8, bytes.Span);
        }
        else
        {
            throw unacceptable("an image or file has neither a URL nor bytes with a media type");
        }

        writer.WriteEndObject();
    }

    private static bool IsText(string mediaType) =>
        mediaType.StartsWith("text/", StringComparison.OrdinalIgnoreCase) || mediaType is "application/json" or "application/xml" or "application/yaml";

    // The wire takes an object alone. What is none was answered with an error; the model sees what it wrote beside that error.
    private static string Input(string arguments)
    {
        if (string.IsNullOrWhiteSpace(arguments))
            return "{}";
        return JsonText.IsObject(arguments) ? arguments : JsonText.Object(("invalid_arguments", arguments));
    }
}
