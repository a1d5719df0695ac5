using System.Text;
using System.Text.Json;
using Omega.Gpt.Providers.Sse;
using Omega.TestKit;

namespace Omega.Gpt.Tests.Promises;

/// <summary>
/// What a stream says up to each of its bytes, read the slow and obvious way: events one by one, each a JSON document. Only the
/// splitting into events is shared with the engine; it has tests of its own.
/// </summary>
internal sealed class StreamTruth
{
    private readonly List<(int End, string Text)> _steps = [(0, "")];

    public StreamTruth(Wire wire, byte[] bytes)
    {
        Wire = wire;
        Bytes = bytes;
        using var reader = new SseReader();
        var texts = new SortedDictionary<(int Item, int Part), string>();
        for (var i = 0; i < bytes.Length; i++)
        {
            reader.Feed(bytes.AsSpan(i, 1));
            if (!reader.TryRead(out var sse))
                continue;
            var data = Encoding.UTF8.GetString(sse.Data);
            if (data == "[DONE]")
            {
                Whole ??= Finish is null ? null : i + 1;
                continue;
            }

            using var document = JsonDocument.Parse(data);
            Read(document.RootElement, texts, i + 1);
            _steps.Add((i + 1, string.Concat(texts.Values)));
        }
    }

    public Wire Wire { get; }

    public byte[] Bytes { get; }

    /// <summary>From how many bytes on the stream is whole; null where it never is.</summary>
    public int? Whole { get; private set; }

    /// <summary>From how many bytes on the stream has reported an error; null where it never does.</summary>
    public int? Failed { get; private set; }

    private string? Finish { get; set; }

    /// <summary>The text of all events that are complete within the first <paramref name="length"/> bytes.</summary>
    public string TextAt(int length) => _steps.FindLast(step => step.End <= length).Text;

    private void Read(JsonElement json, SortedDictionary<(int, int), string> texts, int end)
    {
        if (json.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object)
            Failed ??= end;
        switch (Wire)
        {
            case Wire.ChatCompletions:
                // One answer was asked for; other choices are not it.
                if (!json.TryGetProperty("choices", out var choices) || choices.GetArrayLength() == 0 || choices[0].GetProperty("index").GetInt32() != 0)
                    return;
                if (choices[0].TryGetProperty("delta", out var delta) && delta.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.String)
                    Append(texts, (0, 0), content.GetString()!);
                if (choices[0].TryGetProperty("finish_reason", out var reason) && reason.ValueKind == JsonValueKind.String)
                    Finish = reason.GetString();
                return;
            case Wire.Anthropic:
                if (Type(json) == "content_block_delta" && Type(json.GetProperty("delta")) == "text_delta")
                    Append(texts, (json.GetProperty("index").GetInt32(), 0), json.GetProperty("delta").GetProperty("text").GetString()!);
                if (Type(json) == "content_block_start" && Type(json.GetProperty("content_block")) == "text")
                    Append(texts, (json.GetProperty("index").GetInt32(), 0), json.GetProperty("content_block").GetProperty("text").GetString()!);
                if (Type(json) == "message_stop")
                    Whole ??= end;
                return;
            case Wire.Responses:
                switch (Type(json))
                {
                    case "response.output_text.delta":
                        Append(texts, Place(json), json.GetProperty("delta").GetString()!);
                        break;
                    case "response.output_text.done":
                        texts[Place(json)] = json.GetProperty("text").GetString()!;
                        break;
                    case "response.completed" or "response.incomplete":
                        Whole ??= end;
                        break;
                    case "response.failed" or "error":
                        Failed ??= end;
                        break;
                }

                return;
        }
    }

    private static string? Type(JsonElement json) => json.TryGetProperty("type", out var type) ? type.GetString() : null;

    private static (int, int) Place(JsonElement json) => (json.GetProperty("output_index").GetInt32(), json.GetProperty("content_index").GetInt32());

    private static void Append(SortedDictionary<(int, int), string> texts, (int, int) place, string text) =>
        texts[place] = texts.GetValueOrDefault(place, "") + text;
}
