using System.Text;
using Omega.Gpt.Providers.Sse;

namespace Omega.Gpt.Tests.Providers.Sse;

public sealed class SseLimitsTests
{
    [Theory]
    // A line counts without its end; "data: 567" is nine bytes, whatever ends it.
    [InlineData("data: a\n\ndata: 567\n\n", nameof(SseLimits.MaxLineBytes), 9, 9)]
    [InlineData("data: a\r\n\r\ndata: 567\r\n\r\n", nameof(SseLimits.MaxLineBytes), 9, 11)]
    [InlineData("\uFEFFdata: 567", nameof(SseLimits.MaxLineBytes), 9, 3)]
    [InlineData("data: a\n\n:23456789", nameof(SseLimits.MaxLineBytes), 9, 9)]
    [InlineData("event: a\n\nnosuch: 9", nameof(SseLimits.MaxLineBytes), 9, 10)]
    // An event counts its data with the line feeds between; its name, comments and unknown fields do not count.
    [InlineData("data: 12\n\ndata: 1\ndata: 3\n\n", nameof(SseLimits.MaxEventBytes), 3, 18)]
    [InlineData("event: long name\n: comment\nunknown: 1234\ndata: 123\n\n", nameof(SseLimits.MaxEventBytes), 3, 41)]
    [InlineData("data\ndata\ndata\ndata\n\n", nameof(SseLimits.MaxEventBytes), 3, 15)]
    // The whole stream counts everything.
    [InlineData("data: a\n\ndata: b\n\n", nameof(SseLimits.MaxTotalBytes), 18, 17)]
    [InlineData("data: a\n\n: c", nameof(SseLimits.MaxTotalBytes), 12, 9)]
    [InlineData("\uFEFF", nameof(SseLimits.MaxTotalBytes), 3, 0)]
    public void TryRead_LimitAtAnySplit_AllowsExactlyThatMuch(string input, string limit, int atLimit, long offset)
    {
        var stream = Encoding.UTF8.GetBytes(input);
        var allowed = SseReading.Read(stream, Limit(limit, atLimit));
        Assert.Null(allowed.Broken);
        Assert.Equal(SseReference.Read(stream), allowed.Events);

        var refused = SseReading.Read(stream, Limit(limit, atLimit - 1));
        Assert.Equal((limit, atLimit - 1, offset), refused.Broken);
        for (var cut = 0; cut <= stream.Length; cut++)
        {
            Assert.True(allowed.Agrees(SseReading.Read(stream, Limit(limit, atLimit), cut, 1)), $"cut at {cut}");
            Assert.True(refused.Agrees(SseReading.Read(stream, Limit(limit, atLimit - 1), cut, 1)), $"cut at {cut}");
        }
    }

    [Fact]
    public void TryRead_EventsBeforeTheBreach_ComeOutFirstThenItThrowsAgainAndAgain()
    {
        using var reader = new SseReader(new SseLimits { MaxLineBytes = 8 });
        reader.Feed("data: 1\n\ndata: 2\n\ndata: too long\n\n"u8);

        Assert.True(reader.TryRead(out _));
        Assert.True(reader.TryRead(out _));
        for (var i = 0; i < 3; i++)
        {
            var error = Assert.Throws<SseFormatException>(() => reader.TryRead(out _));
            Assert.Equal(18, error.Offset);
            Assert.Contains("MaxLineBytes (8 bytes) in the line that begins at byte 18", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void TryRead_LineThatNeverEnds_ThrowsAsSoonAsItIsTooLong()
    {
        using var reader = new SseReader(new SseLimits { MaxLineBytes = 100_000 });
        var fed = 0;
        var error = Assert.Throws<SseFormatException>(() =>
        {
            for (; fed < 64 << 20; fed += 1_000)
            {
                reader.Feed(new byte[1_000]);
                Assert.False(reader.TryRead(out _));
            }
        });

        Assert.Equal((nameof(SseLimits.MaxLineBytes), 100_000L, 0L), (error.Limit, error.Value, error.Offset));
        Assert.Equal(101_000, reader.TotalBytes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(SseLimits.LargestBuffer + 1)]
    public void Init_OutOfRange_Throws(int value)
    {
        Assert.Throws<ArgumentOutOfRangeException>(nameof(SseLimits.MaxLineBytes), () => new SseLimits { MaxLineBytes = value });
        Assert.Throws<ArgumentOutOfRangeException>(nameof(SseLimits.MaxEventBytes), () => new SseLimits { MaxEventBytes = value });
        Assert.Throws<ArgumentOutOfRangeException>(nameof(SseLimits.MaxTotalBytes), () => new SseLimits { MaxTotalBytes = Math.Min(value, 0) });
    }

    private static SseLimits Limit(string name, int value) => name switch
    {
        nameof(SseLimits.MaxLineBytes) => new SseLimits { MaxLineBytes = value },
        nameof(SseLimits.MaxEventBytes) => new SseLimits { MaxEventBytes = value },
        _ => new SseLimits { MaxTotalBytes = value },
    };
}
