using System.Text.Json;
using Omega.Gpt.Providers;

namespace Omega.Gpt.Recording.Format;

/// <summary>Deltas as JSON and back: one object with <c>delta</c> as its kind. Every kind of delta goes both ways without loss.</summary>
internal static class DeltaJson
{
    public static void Write(Utf8JsonWriter writer, ModelDelta delta)
    {
        writer.WriteStartObject();
        switch (delta)
        {
            case TextDelta text:
                writer.WriteString("delta", "text");
                writer.WriteString("text", text.Text);
                break;
            case ReasoningDelta reasoning:
                writer.WriteString("delta", "reasoning");
                writer.WriteString("text", reasoning.Text);
                break;
            case RefusalDelta refusal:
                writer.WriteString("delta", "refusal");
                writer.WriteString("text", refusal.Text);
                break;
            case CallStartedDelta call:
                writer.WriteString("delta", "call_started");
                writer.WriteNumber("index", call.Index);
                writer.WriteString("name", call.Name);
                break;
            case CallArgumentsDelta arguments:
                writer.WriteString("delta", "call_arguments");
                writer.WriteNumber("index", arguments.Index);
                writer.WriteString("text", arguments.Delta);
                break;
            case CallEndedDelta ended:
                writer.WriteString("delta", "call_ended");
                writer.WriteNumber("index", ended.Index);
                break;
            case StartedDelta started:
                writer.WriteString("delta", "started");
                writer.WriteString("response", started.ResponseId);
                writer.WriteString("model", started.Model);
                writer.WriteString("request", started.RequestId);
                break;
            case OpaqueDelta opaque:
                writer.WriteString("delta", "opaque");
                writer.WritePropertyName("part");
                JsonSerializer.Serialize(writer, opaque.Part, GptJsonContext.Default.Part);
                if (opaque.Before is { } before)
                    writer.WriteNumber("before", before);
                break;
            case UsageDelta usage:
                writer.WriteString("delta", "usage");
                writer.WritePropertyName("usage");
                JsonSerializer.Serialize(writer, usage.Usage, GptJsonContext.Default.TokenUsage);
                if (usage.BilledUsd is { } billed)
                    writer.WriteNumber("billed_usd", billed);
                if (usage.IsFromCache)
                    writer.WriteBoolean("from_cache", true);
                break;
            case FinishedDelta finished:
                writer.WriteString("delta", "finished");
                writer.WritePropertyName("reason");
                JsonSerializer.Serialize(writer, finished.Reason, GptJsonContext.Default.FinishReason);
                writer.WriteString("raw", finished.Raw);
                break;
            case NoticeDelta notice:
                writer.WriteString("delta", "notice");
                writer.WritePropertyName("event");
                JsonSerializer.Serialize(writer, notice.Event, GptJsonContext.Default.GptEvent);
                break;
            default:
                throw new NotSupportedException($"{delta.GetType().Name} has no JSON form.");
        }

        if (delta.WireSequence is { } sequence)
            writer.WriteNumber("wire_sequence", sequence);
        writer.WriteEndObject();
    }

    /// <exception cref="JsonException">It is no delta.</exception>
    public static ModelDelta Read(JsonElement json)
    {
        var delta = Kind(json);
        return json.TryGetProperty("wire_sequence", out var sequence) ? delta with { WireSequence = sequence.GetInt64() } : delta;
    }

    private static ModelDelta Kind(JsonElement json) => json.RequiredText("delta") switch
    {
        "text" => new TextDelta(json.RequiredText("text")),
        "reasoning" => new ReasoningDelta(json.RequiredText("text")),
        "refusal" => new RefusalDelta(json.RequiredText("text")),
        "call_started" => new CallStartedDelta(json.Required("index").GetInt32(), json.RequiredText("name")),
        "call_arguments" => new CallArgumentsDelta(json.Required("index").GetInt32(), json.RequiredText("text")),
        "call_ended" => new CallEndedDelta(json.Required("index").GetInt32()),
        "started" => new StartedDelta(json.Text("response"), json.Text("model"), json.Text("request")),
        "opaque" => new OpaqueDelta((OpaquePart)json.Required("part").Deserialize(GptJsonContext.Default.Part)!) { Before = json.TryGetProperty("before", out var before) ? before.GetInt32() : null },
        "usage" => new UsageDelta(json.Required("usage").Deserialize(GptJsonContext.Default.TokenUsage)!, json.TryGetProperty("billed_usd", out var billed) ? billed.GetDecimal() : null) { IsFromCache = json.IsTrue("from_cache") },
        "finished" => new FinishedDelta(json.Required("reason").Deserialize(GptJsonContext.Default.FinishReason), json.Text("raw")),
        "notice" => new NoticeDelta(json.Required("event").Deserialize(GptJsonContext.Default.GptEvent)!),
        var kind => throw new JsonException($"there is no delta \"{kind}\""),
    };
}
