using System.Text;
using Omega.Gpt.Providers.Sse;

namespace Omega.Gpt.Tests.Providers.Sse;

/// <summary>What the reader holds and allocates.</summary>
public sealed class SseReaderMemoryTests
{
    private const int Much = 64 << 20;

    [Fact]
    public void TryRead_64MegabytesWithoutLineEnd_HoldsNoMoreThanTheLimitAsks()
    {
        using var reader = new SseReader();
        Assert.Throws<SseFormatException>(() => Flood(reader, [.. "data: aaaaaaaaa"u8]));
        Assert.InRange(reader.Capacity, new SseLimits().MaxLineBytes, 2 * new SseLimits().MaxLineBytes);
    }

    [Fact]
    public void TryRead_64MegabytesOfDataLinesWithoutBlankLine_HoldsNoMoreThanTheLimitAsks()
    {
        using var reader = new SseReader();
        Assert.Throws<SseFormatException>(() => Flood(reader, [.. "data: aaaaaaaaa\n"u8]));
        Assert.InRange(reader.Capacity, new SseLimits().MaxEventBytes, 2 * new SseLimits().MaxEventBytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("event: e\ndata: a\n")] // with an event begun, too
    public void TryRead_64MegabytesOfCommentsAndUnknownFields_StaysSmall(string before)
    {
        using var reader = new SseReader();
        reader.Feed(Encoding.ASCII.GetBytes(before));
        var capacity = reader.Capacity;
        Flood(reader, [.. ": a comment\r\nfield: value\nretry: 1\r"u8]);

        Assert.Equal(capacity, reader.Capacity);
        reader.Feed("\ndata: b\n\n"u8);
        Assert.Equal(before.Length > 0 ? "a\nb" : "b", Assert.Single(SseReading.Drain(reader)).Data);
    }

    [Fact]
    public void TryRead_BufferGrownByOneLongLine_DataMovesWithIt()
    {
        using var reader = new SseReader();
        var line = new string('x', 1_000_000);
        reader.Feed("event: e\ndata: a\n"u8);
        Assert.Empty(SseReading.Drain(reader));
        reader.Feed(Encoding.ASCII.GetBytes($"data: {line}\n\n"));

        Assert.Equal(new ReadEvent("e", $"a\n{line}", ""), Assert.Single(SseReading.Drain(reader)));
    }

    [Theory]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n", 1 << 20)]
    [InlineData("event: response.output_text.delta\r\nid: 7\r\ndata: {\"delta\":\"a\"}\r\ndata: {}\r\n\r\n", 1_400)]
    [InlineData(": ping\n\nevent: content_block_delta\ndata: {\"delta\":\"a\"}\n\n", 7)]
    public void TryRead_TenThousandEvents_AllocatesNothing(string text, int read)
    {
        var one = Encoding.ASCII.GetBytes(text);
        var stream = Enumerable.Repeat(one, 500).SelectMany(b => b).ToArray();
        using var reader = new SseReader();
        Pass(reader, stream, read);

        // A collection that another test sets off charges the rest of this thread's allocation quantum to it; the least of
        // several rounds is the reader's own.
        var least = long.MaxValue;
        for (var round = 0; round < 5 && least > 0; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var events = 0;
            for (var i = 0; i < 20; i++)
            {
                events += Pass(reader, stream, read);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.Equal(10_000, events);
        }

        Assert.Equal(0, least);
    }

    private static int Pass(SseReader reader, byte[] stream, int read)
    {
        var events = 0;
        for (var at = 0; at < stream.Length;)
        {
            var free = reader.GetMemory().Span;
            var count = Math.Min(Math.Min(read, free.Length), stream.Length - at);
            stream.AsSpan(at, count).CopyTo(free);
            reader.Advance(count);
            at += count;
            while (reader.TryRead(out var sse))
            {
                events += sse.Data.IsEmpty ? 0 : 1;
            }
        }

        return events;
    }

    private static void Flood(SseReader reader, byte[] pattern)
    {
        for (var fed = 0; fed < Much; fed += pattern.Length)
        {
            reader.Feed(pattern);
            Assert.False(reader.TryRead(out _));
        }
    }
}
