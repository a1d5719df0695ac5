using System.Text;
using System.Text.Json;
using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Providers.Responses;

/// <summary>
/// Writes messages as input items. System messages stay where they are, as items with the role <c>system</c>: <c>instructions</c> would
/// move them to the front, and servers other than OpenAI's do not know <c>developer</c>, which OpenAI makes of <c>system</c> itself.
/// </summary>
internal sealed class ResponsesInput(Utf8JsonWriter writer, ModelRequest request, string provider, bool isOpenAI)
{
    private readonly AnsweredCalls _answered = new(request.Messages);
    private readonly List<string> _held = [];
    private readonly List<(FunctionCallPart Call, FunctionResultPart Result)> _calls = [];
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _refusal = new();
    private (string? Id, string? Phase) _item;
    private bool _reasoningLost;

    /// <summary>
    /// Whether an item of this type is kept to be sent back: reasoning, and the items of hosted tools that are input as they were output.
    /// Not those that wait for an output which the engine cannot make (<c>computer_call</c>, <c>custom_tool_call</c>,
    /// <c>local_shell_call</c>, …).
    /// </summary>
    public static bool IsKept(string type) => type is "reasoning" or "web_search_call" or "file_search_call" or "code_interpreter_call"
        or "image_generation_call" or "mcp_call" or "mcp_list_tools" or "compaction";

    public void Write()
    {
        writer.WriteStartArray();
        foreach (var message in request.Messages)
        {
            if (message.Role == Role.Assistant)
                WriteAnswer(message);
            else if (message.Role != Role.Function)
                WriteQuestion(message);
        }

        writer.WriteEndArray();
    }

    private void WriteQuestion(Message message)
    {
        var isUser = message.Role == Role.User;
        if (!message.Parts.Any(part => part is TextPart { Text.Length: > 0 } || isUser && part is ImagePart or FilePart))
            return;
        writer.WriteStartObject();
        writer.WriteString("type"u8, "message"u8);
        writer.WriteString("role"u8, isUser ? "user"u8 : "system"u8);
        writer.WriteStartArray("content"u8);
        foreach (var part in message.Parts)
        {
            switch (part)
            {
                case TextPart { Text.Length: > 0 } text:
                    writer.WriteStartObject();
                    writer.WriteString("type"u8, "input_text"u8);
                    writer.WriteString("text"u8, text.Text);
                    writer.WriteEndObject();
                    break;
                case ImagePart image when isUser:
                    writer.WriteStartObject();
                    writer.WriteString("type"u8, "input_image"u8);
                    writer.WriteString("image_url"u8, image.Url ?? DataUrl(image.Data, image.MediaType, "image"));
                    writer.WriteString("detail"u8, image.Detail ?? "auto");
                    writer.WriteEndObject();
                    break;
                case FilePart file when isUser:
                    WriteFile(file);
                    break;
            }
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private void WriteFile(FilePart file)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "input_file"u8);
        if (file.Url is not null)
        {
            writer.WriteString("file_url"u8, file.Url);
        }
        else
        {
            writer.WriteString("filename"u8, file.Name ?? "file");
            writer.WriteString("file_data"u8, DataUrl(file.Data, file.MediaType, "file"));
        }

        writer.WriteEndObject();
    }

    private void WriteAnswer(Message message)
    {
        foreach (var part in message.Parts)
        {
            switch (part)
            {
                case TextPart text:
                    _text.Append(text.Text);
                    break;
                case RefusalPart refusal:
                    _refusal.Append(refusal.Text);
                    break;
                case OpaquePart opaque:
                    EndText(message);
                    if (opaque.Provider == provider && opaque.Model == request.Model && JsonText.IsObject(opaque.Json))
                        TakeOpaque(opaque);
                    break;
                case FunctionCallPart call when _answered.Take(call) is { } result:
                    EndText(message);
                    WriteHeld();
                    WriteCall(call);
                    _calls.Add((call, result));
                    break;
            }
        }

        EndText(message);
        // The server refuses reasoning that nothing follows: its call had no result, or the stream broke before its text.
        _held.Clear();
        (_item, _reasoningLost) = (default, false);
        foreach (var (call, result) in _calls)
            WriteResult(call, result);
        _calls.Clear();
    }

    private void TakeOpaque(OpaquePart opaque)
    {
        if (opaque.Kind == "message")
        {
            var item = JsonFields.Parse(Encoding.UTF8.GetBytes(opaque.Json));
            _item = (item.Text("id"), item.Text("phase"));
        }
        else if (opaque.Kind == "reasoning")
        {
            // OpenAI looks reasoning without its encrypted content up in its store, where nothing of ours is.
            if (isOpenAI && JsonFields.Parse(Encoding.UTF8.GetBytes(opaque.Json)).Text("encrypted_content") is null)
                _reasoningLost = true;
            else
                _held.Add(opaque.Json);
        }
        else if (IsKept(opaque.Kind))
        {
            WriteHeld();
            writer.WriteRawValue(opaque.Json, skipInputValidation: true);
        }
    }

    private void EndText(Message message)
    {
        if (_text.Length + _refusal.Length == 0)
            return;
        WriteHeld();
        writer.WriteStartObject();
        writer.WriteString("type"u8, "message"u8);
        writer.WriteString("role"u8, "assistant"u8);
        if (_item.Id is { } id && !_reasoningLost)
        {
            writer.WriteString("id"u8, id);
            writer.WriteString("status"u8, message.State == MessageState.Complete ? "completed"u8 : "incomplete"u8);
            writer.WriteStartArray("content"u8);
            WriteContent("output_text"u8, "text"u8, _text);
            WriteContent("refusal"u8, "refusal"u8, _refusal);
            writer.WriteEndArray();
        }
        else
        {
            // Output text belongs to an item with an id; text of other models has none.
            writer.WriteString("content"u8, _text.Append(_refusal).ToString());
        }

        if (_item.Phase is { } phase)
            writer.WriteString("phase"u8, phase);
        writer.WriteEndObject();
        _text.Clear();
        _refusal.Clear();
        _item = default;
    }

    private void WriteContent(ReadOnlySpan<byte> type, ReadOnlySpan<byte> field, StringBuilder text)
    {
        if (text.Length == 0)
            return;
        writer.WriteStartObject();
        writer.WriteString("type"u8, type);
        writer.WriteString(field, text.ToString());
        if (field.SequenceEqual("text"u8))
        {
            writer.WriteStartArray("annotations"u8);
            writer.WriteEndArray();
            writer.WriteStartArray("logprobs"u8);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private void WriteHeld()
    {
        foreach (var item in _held)
            writer.WriteRawValue(item, skipInputValidation: true);
        _held.Clear();
    }

    private void WriteCall(FunctionCallPart call)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "function_call"u8);
        writer.WriteString("call_id"u8, CallIds.ToWire(call.Call, CallIdStyle.Default));
        writer.WriteString("name"u8, call.Name);
        writer.WriteString("arguments"u8, call.Arguments.Length == 0 ? "{}" : call.Arguments);
        writer.WriteEndObject();
    }

    private void WriteResult(FunctionCallPart call, FunctionResultPart result)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "function_call_output"u8);
        writer.WriteString("call_id"u8, CallIds.ToWire(call.Call, CallIdStyle.Default));
        writer.WriteString("output"u8, AnsweredCalls.Text(result));
        writer.WriteEndObject();
    }

    private string DataUrl(ReadOnlyMemory<byte>? data, string? mediaType, string what)
    {
        if (data is { } bytes && mediaType is not null)
            return $"data:{mediaType};base64,{Convert.ToBase64String(bytes.Span)}";
        throw new GptException(GptErrorKind.BadRequest, $"A message has a part of type {what} with neither a URL nor bytes with a media type.")
        {
            Phase = GptPhase.Request,
            Provider = provider,
            Model = request.Model,
        };
    }
}
