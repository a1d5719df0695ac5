using System.Text;
using Omega.Gpt.Providers.Sse;

namespace Omega.Gpt.Tests.Providers.Sse;

/// <summary>The corners of the standard by name, each read whole, byte by byte, and cut at every place.</summary>
public sealed class SseReaderTests
{
    private const string Bom = "\uFEFF";

    // The input, then what comes out: events separated by |, each "data" or "name=data".
    public static TheoryData<string, string, string[]> Cases => new()
    {
        { "nothing", "", [] },
        { "one line", "data: a\n\n", ["=a"] },
        { "no space after the colon", "data:a\n\n", ["=a"] },
        { "only one space is removed", "data:  a\n\n", ["= a"] },
        { "a tab is not a space", "data:\ta\n\n", ["=\ta"] },
        { "space at the end stays", "data: a \n\n", ["=a "] },
        { "colons in the value", "data: a:b: c\n\n", ["=a:b: c"] },
        { "two lines", "data: a\ndata: b\n\n", ["=a\nb"] },
        { "two lines, the first longer", "data: aaaaaaaaaa\ndata: b\ndata\ndata:cccccccccccc\n\n", ["=aaaaaaaaaa\nb\n\ncccccccccccc"] },
        { "an empty value is data", "data:\n\n", ["="] },
        { "a lone space is an empty value", "data: \n\n", ["="] },
        { "a field without colon", "data\n\n", ["="] },
        { "two empty lines of data", "data:\ndata:\n\n", ["=\n"] },
        { "the standard's example of empty data", "data\n\ndata\ndata\n\ndata:", ["=", "=\n"] },
        { "the standard's example of a space", "data:test\n\ndata: test\n\n", ["=test", "=test"] },
        { "the standard's example of a comment and ids", ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n", ["=first event", "=second event", "= third event"] },
        { "no blank line, no event", "data: a\n", [] },
        { "no line end, no event", "data: a\n\ndata: b", ["=a"] },
        { "LF LF", "data: a\n\ndata: b\n\n", ["=a", "=b"] },
        { "CR CR", "data: a\r\rdata: b\r\r", ["=a", "=b"] },
        { "CRLF CRLF", "data: a\r\n\r\ndata: b\r\n\r\n", ["=a", "=b"] },
        { "CR then LF is one end", "data: a\r\ndata: b\r\n\r\n", ["=a\nb"] },
        { "LF then CR is two ends", "data: a\n\rdata: b\n\r", ["=a", "=b"] },
        { "CR CR LF is two ends", "data: a\r\r\ndata: b\n\n", ["=a", "=b"] },
        { "CR LF LF is two ends", "data: a\r\n\ndata: b\n\n", ["=a", "=b"] },
        { "CR LF CR is two ends", "data: a\r\n\rdata: b\n\n", ["=a", "=b"] },
        { "mixed ends in one event", "event: e\rdata: a\ndata: b\r\ndata: c\n\r\n", ["e=a\nb\nc"] },
        { "blank lines between", "\n\n\r\ndata: a\n\n\n\r\r\n\ndata: b\n\n", ["=a", "=b"] },
        { "mark at the start", Bom + "data: a\n\n", ["=a"] },
        { "only the mark", Bom, [] },
        { "a second mark belongs to the field", Bom + Bom + "data: a\n\ndata: b\n\n", ["=b"] },
        { "a mark later is no mark", "data: a\n\n" + Bom + "data: b\n\n", ["=a"] },
        { "a mark in the data", "data: " + Bom + "\n\n", ["=" + Bom] },
        { "comments", ": hello\n:\n:data: x\n\ndata: a\n: between\ndata: b\n\n", ["=a\nb"] },
        { "a comment is no blank line", "data: a\n:\n", [] },
        { "unknown fields", "foo: 1\ndata: a\nbar\ndatab: x\ndat: y\nDATA: z\n data: w\n\n", ["=a"] },
        { "retry", "retry: 10\ndata: a\nretry: x\n\n", ["=a"] },
        { "event before data", "event: e\ndata: a\n\n", ["e=a"] },
        { "event after data", "data: a\nevent: e\n\n", ["e=a"] },
        { "event between data", "data: a\nevent: a-long-name\ndata: bbbbbbbbbbbbbbbbbbbbbbbb\n\n", ["a-long-name=a\nbbbbbbbbbbbbbbbbbbbbbbbb"] },
        { "the last event line counts", "event: e\nevent: f\ndata: a\n\n", ["f=a"] },
        { "an empty event line resets", "event: e\nevent\ndata: a\n\n", ["=a"] },
        { "the name does not leak", "event: e\ndata: a\n\ndata: b\n\n", ["e=a", "=b"] },
        { "the name of a discarded event does not leak", "event: e\n\ndata: b\n\n", ["=b"] },
        { "a longer name after a shorter", "event: e\ndata: a\n\nevent: " + new string('f', 300) + "\ndata: b\n\n", ["e=a", new string('f', 300) + "=b"] },
        { "NUL in data stays", "data: a\0b\n\n", ["=a\0b"] },
        { "characters of several bytes", "event: \u00E9v\ndata: \u20BF \U0001F680\n\n", ["\u00E9v=\u20BF \U0001F680"] },
        { "line separators of Unicode end no line", "data: a\u2028b\u0085c\vd\fe\n\n", ["=a\u2028b\u0085c\vd\fe"] },
        { "the end of a chat stream", "data: {\"a\":1}\n\ndata: [DONE]\n\n", ["={\"a\":1}", "=[DONE]"] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void TryRead_CornerOfTheStandard_GivesItsEvents(string about, string input, string[] expected)
    {
        var stream = Encoding.UTF8.GetBytes(input);

        Assert.Equal(expected.Select(SseReading.Latin), Shown(SseReading.Read(stream)));
        Assert.Equal(expected.Select(SseReading.Latin), Shown(SseReading.Read(stream, null, 1)));
        for (var cut = 0; cut <= stream.Length; cut++)
        {
            var outcome = SseReading.Read(stream, null, cut, stream.Length);
            Assert.True(expected.Select(SseReading.Latin).SequenceEqual(Shown(outcome)), $"{about}, cut at {cut}: {outcome}");
        }

        static IEnumerable<string> Shown(Outcome outcome) => outcome.Events.Select(e => $"{e.Name}={e.Data}");
    }

    [Theory]
    [InlineData("data: a\n\n", "")]
    [InlineData("id: 1\ndata: a\n\n", "1")]
    [InlineData("id: 1\n\ndata: a\n\n", "1")]
    [InlineData("id: 1\ndata: x\n\ndata: a\n\n", "1")]
    [InlineData("id: 1\ndata: x\n\nid\ndata: a\n\n", "")]
    [InlineData("id: 1\nid: 2\0\ndata: a\n\n", "1")]
    [InlineData("id: 1\nid: 22\ndata: a\n\nid: 333\n", "22")]
    public void TryRead_Ids_LastOneStands(string input, string id) =>
        Assert.Equal(id, SseReading.Read(Encoding.UTF8.GetBytes(input), null, 1).Events[^1].Id);

    [Theory]
    [InlineData("data: a\n\n")]
    [InlineData("data: a\r\r")]
    [InlineData("data: a\r\n\r")] // does not wait for the line feed that may follow
    [InlineData("\uFEFFdata: a\n\r")]
    public void TryRead_BlankLineJustEnded_ReturnsTheEventAtOnce(string input)
    {
        using var reader = new SseReader();
        var stream = Encoding.UTF8.GetBytes(input);
        reader.Feed(stream.AsSpan(..^1));
        Assert.Empty(SseReading.Drain(reader));
        Assert.True(reader.HasPartial);

        reader.Feed(stream.AsSpan(^1..));
        Assert.Equal("a", Assert.Single(SseReading.Drain(reader)).Data);

        Assert.False(reader.HasPartial);
        reader.Feed("\ndata: b\n\n"u8);
        Assert.Equal("b", Assert.Single(SseReading.Drain(reader)).Data);
        Assert.Equal(stream.Length + 10, reader.TotalBytes);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData(": comment\n", false)]
    [InlineData("data: a\n\n", false)]
    [InlineData("data: a\r\n\r\n", false)]
    [InlineData("d", true)]
    [InlineData(": comm", true)]
    [InlineData("event: e\n", true)]
    [InlineData("data:\n", true)]
    [InlineData("data: a\n\ndata: b", true)]
    public void HasPartial_AtTheEnd_TellsWhetherSomethingIsUnfinished(string input, bool partial) =>
        Assert.Equal(partial, SseReading.Read(Encoding.UTF8.GetBytes(input)).HasPartial);

    [Fact]
    public void TryRead_LongLinesBetweenShortOnes_KeepsEveryByte()
    {
        int[] lengths = [1, 3_000, 16_384, 70_000, 5, 300_000, 16_000, 0, 12];
        var lines = lengths.Select((n, i) => new string((char)('a' + i), n)).ToArray();
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            text.Append("data: ").Append(line).Append("\n\ndata: ").Append(line).Append("\nevent: ").Append(line.Length).Append("\ndata:")
                .Append(line).Append("\n:").Append(line).Append("\n\n");
        }

        var stream = Encoding.ASCII.GetBytes(text.ToString());
        var expected = lines.SelectMany(l => new[] { new ReadEvent("", l, ""), new ReadEvent($"{l.Length}", $"{l}\n{l}", "") }).ToArray();
        foreach (var sizes in (int[][])[[], [1], [4_096], [16_384], [1, 7, 0, 5_000]])
        {
            Assert.Equal(expected, SseReading.Read(stream, null, sizes).Events);
        }
    }

    [Fact]
    public void Advance_MoreThanThereWasRoomFor_Throws()
    {
        using var reader = new SseReader();
        var room = reader.GetMemory().Length;
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.Advance(room + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.Advance(-1));
    }

    [Fact]
    public void Dispose_Twice_ReturnsTheBuffersOnceAndEndsTheReader()
    {
        var reader = new SseReader();
        reader.Feed("event: e\ndata: a\n\ndata: b\n\n"u8);
        reader.Dispose();
        reader.Dispose();

        Assert.Equal(0, reader.Capacity);
        Assert.False(reader.TryRead(out _));
        Assert.Throws<ObjectDisposedException>(() => reader.GetMemory());
    }
}
