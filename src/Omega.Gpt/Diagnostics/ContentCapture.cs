using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Omega.Gpt.Diagnostics;

/// <summary>
/// Messages as attributes of spans, in the form of the conventions. Off unless <c>OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT</c> is
/// <c>true</c>: they hold what people wrote. Images, files and opaque state are named, not shown.
/// </summary>
internal static class ContentCapture
{
    private static readonly JsonWriterOptions Terse = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static bool IsOn { get; internal set; } = bool.TryParse(Environment.GetEnvironmentVariable("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"), out var isOn) && isOn;

    public static string Write(IEnumerable<Message> messages)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Terse))
        {
            writer.WriteStartArray();
            foreach (var message in messages)
            {
                writer.WriteStartObject();
                writer.WriteString("role", message.Role switch
                {
                    Role.System => "system",
                    Role.User => "user",
                    Role.Assistant => "assistant",
                    _ => "tool",
                });
                writer.WriteStartArray("parts");
                foreach (var part in message.Parts)
                    Write(writer, part);
                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, Part part)
    {
        writer.WriteStartObject();
        switch (part)
        {
            case TextPart text:
                writer.WriteString("type", "text");
                writer.WriteString("content", text.Text);
                break;
            case ReasoningPart reasoning:
                writer.WriteString("type", "reasoning");
                writer.WriteString("content", reasoning.Text);
                break;
            case RefusalPart refusal:
                writer.WriteString("type", "refusal");
                writer.WriteString("content", refusal.Text);
                break;
            case FunctionCallPart call:
                writer.WriteString("type", "tool_call");
                writer.WriteString("id", call.Call);
                writer.WriteString("name", call.Name);
                writer.WriteString("arguments", call.Arguments);
                break;
            case FunctionResultPart result:
                writer.WriteString("type", "tool_call_response");
                writer.WriteString("id", result.Call);
                writer.WritePropertyName("response");
                result.Result.WriteTo(writer);
                break;
            case OpaquePart opaque:
                writer.WriteString("type", "opaque");
                writer.WriteString("kind", opaque.Kind);
                break;
            default:
                writer.WriteString("type", part is ImagePart ? "image" : part is FilePart ? "file" : "other");
                break;
        }

        writer.WriteEndObject();
    }
}
