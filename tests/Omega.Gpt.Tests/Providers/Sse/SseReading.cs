using System.Text;
using Omega.Gpt.Providers.Sse;

namespace Omega.Gpt.Tests.Providers.Sse;

/// <summary>An event copied out of a reader; each byte is one character (Latin-1), so that nothing is lost whatever the bytes are.</summary>
internal sealed record ReadEvent(string Name, string Data, string Id);

/// <summary>What a stream gave until its end or until it went over a limit.</summary>
internal sealed record Outcome(IReadOnlyList<ReadEvent> Events, (string Limit, long Value, long Offset)? Broken, bool HasPartial)
{
    public bool Agrees(Outcome other) =>
        Events.SequenceEqual(other.Events) && Broken == other.Broken && HasPartial == other.HasPartial;

    public override string ToString() => $"[{string.Join(", ", Events)}] broken: {Broken} partial: {HasPartial}";
}

/// <summary>Reads a stream of bytes the way a wire does, in reads of given sizes.</summary>
internal static class SseReading
{
    /// <summary>Reads of <paramref name="sizes"/> bytes, over and over; 0 is a read that brings nothing. No sizes: all at once.</summary>
    public static Outcome Read(byte[] stream, SseLimits? limits = null, params int[] sizes)
    {
        using var reader = new SseReader(limits);
        var events = new List<ReadEvent>();
        try
        {
            var at = 0;
            for (var i = 0; at < stream.Length; i++)
            {
                var size = sizes.Length == 0 ? stream.Length : sizes[i % sizes.Length];
                var memory = reader.GetMemory();
                var count = Math.Min(Math.Min(size, memory.Length), stream.Length - at);
                stream.AsSpan(at, count).CopyTo(memory.Span);
                reader.Advance(count);
                at += count;
                Drain(reader, events);
            }
        }
        catch (SseFormatException e)
        {
            return new Outcome(events, (e.Limit, e.Value, e.Offset), false);
        }

        return new Outcome(events, null, reader.HasPartial);
    }

    public static List<ReadEvent> Drain(SseReader reader, List<ReadEvent>? events = null)
    {
        events ??= [];
        while (reader.TryRead(out var sse))
        {
            events.Add(new ReadEvent(Text(sse.Name), Text(sse.Data), Text(sse.Id)));
        }

        return events;
    }

    /// <summary>The bytes of a text in UTF-8, each as one character.</summary>
    public static string Latin(string text) => Text(Encoding.UTF8.GetBytes(text));

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);
}
