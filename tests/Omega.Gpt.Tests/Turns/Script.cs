using System.Text.Json;
using Omega.Gpt.Turns;

namespace Omega.Gpt.Tests.Turns;

/// <summary>Writes turns as the engine would.</summary>
internal static class Script
{
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 3, 1, 0, TimeSpan.Zero);

    public static TurnHeader Header(string turn, string conversation = "c", string prompt = "Hello", int minute = 0, bool keep = false) => new()
    {
        Turn = turn,
        Conversation = conversation,
        Model = "openai/gpt-4.1",
        Input = [Message.User(prompt) with { Turn = turn }],
        At = Start.AddMinutes(minute),
        Keep = keep,
    };

    /// <summary>Numbers events from 1, a second apart.</summary>
    public static GptEvent[] Numbered(TurnHeader header, params IEnumerable<GptEvent> events) =>
        [.. events.Select((gptEvent, index) => gptEvent.Stamp(header.Turn, index + 1, header.At.AddSeconds(index + 1)))];

    public static TurnEntry[] Entries(params IEnumerable<object> entries)
    {
        long sequence = 0;
        return [.. entries.Select(entry => entry is GptEvent gptEvent
            ? new TurnEntry(gptEvent.Stamp("t1", ++sequence, Start.AddSeconds(sequence)), null)
            : new TurnEntry(null, (Message)entry))];
    }

    /// <summary>Appends entries; the turn may go on.</summary>
    public static async Task AppendAsync(ITurnWriter writer, TurnHeader header, params IEnumerable<object> entries)
    {
        long sequence = 0;
        foreach (var entry in entries)
        {
            if (entry is GptEvent gptEvent)
                await writer.AppendAsync(gptEvent.Sequence > 0 ? gptEvent : gptEvent.Stamp(header.Turn, ++sequence, header.At.AddSeconds(sequence)));
            else
                await writer.AppendAsync((Message)entry);
        }
    }

    /// <summary>What a turn that answers <paramref name="text"/> leaves in its log.</summary>
    public static object[] Answer(TurnHeader header, string text) =>
    [
        new TurnStartedEvent(header.Conversation, header.Model),
        new StepStartedEvent(1),
        .. text.Chunk(3).Select(piece => new TextDeltaEvent(new string(piece))),
        Assistant(text) with { Turn = header.Turn },
        new StepCompletedEvent(1, FinishReason.Stop, "stop"),
        Completed(text),
    ];

    public static TurnCompletedEvent Completed(string text) => new()
    {
        Text = text,
        FinishReason = FinishReason.Stop,
        Model = "gpt-4.1",
        Provider = "openai",
        Steps = 1,
        Timing = new TurnTiming(1, 2),
    };

    public static TurnFailedEvent Failed(GptErrorKind kind = GptErrorKind.Server, string partial = "") => new()
    {
        Kind = kind,
        Phase = GptPhase.Step,
        Message = "It failed.",
        PartialText = partial,
    };

    public static Message Assistant(string text) => Message.Assistant(text) with { Model = "openai/gpt-4.1", FinishReason = FinishReason.Stop };

    public static JsonElement Json(string json) => JsonElement.Parse(json);

    public static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> items)
    {
        List<T> list = [];
        await foreach (var item in items)
            list.Add(item);
        return list;
    }

    /// <summary>Messages without their ids, as comparable text.</summary>
    public static string Show(IEnumerable<Message> messages) =>
        string.Join("\n", messages.Select(message => JsonSerializer.Serialize(message with { Id = "" }, GptJsonContext.Default.Message)));
}
