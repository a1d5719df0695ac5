using System.Text;
using CsCheck;
using Omega.Gpt.Functions.Outside;

namespace Omega.Gpt.Tests.Functions.Outside;

public sealed class OutsideStreamTests
{
    private static readonly Gen<(string Text, int[] Cuts)> CutTexts = Gen.Select(Gen.String[Gen.Char["ab\n\ré😀 "], 0, 60].Select(text => text.Replace("\uD83D", "").Replace("\uDE00", "")), Gen.Int[1, 7].Array[1, 40]);

    [Fact]
    public void Add_TextInPieces_GivesTheSameLinesHoweverItIsCut() =>
        CutTexts.Sample(sample =>
        {
            var splitter = new LineSplitter(1000);
            var lines = Pieces(sample.Text, sample.Cuts).SelectMany(piece => splitter.Add(piece).ToList()).ToList();
            if (splitter.End() is { } last)
                lines.Add(last);

            Assert.Equal(sample.Text.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries), lines);
        });

    [Fact]
    public void Add_LineBeyondTheBound_IsCutAndTheNextIsWhole()
    {
        var splitter = new LineSplitter(4);

        Assert.Equal(["abcd", "xyz"], splitter.Add("abcdefgh\nxyz\n"u8.ToArray()));
        Assert.Equal(["abc"], splitter.Add("abc😀d\n"u8.ToArray()));
    }

    [Theory]
    [InlineData("1234567\n1234567\n1234567\n", true, true)]
    [InlineData("123\n1234567890", true, false)]
    [InlineData("123\n12345", false, true)]
    [InlineData("123\n123456", false, false)]
    public async Task Read_Bounded_FailsWhereOneMessageIsTooLong(string text, bool byLine, bool isRead)
    {
        using var bounded = new BoundedStream(new MemoryStream(Encoding.UTF8.GetBytes(text)), maxBytes: 9, byLine);
        var reading = async () =>
        {
            var buffer = new byte[12];
            while (await bounded.ReadAsync(buffer, TestContext.Current.CancellationToken) > 0)
            {
            }
        };

        if (isRead)
            await reading();
        else
            await Assert.ThrowsAsync<IOException>(reading);
        Assert.Equal(!isRead, bounded.IsExceeded);
    }

    private static IEnumerable<byte[]> Pieces(string text, int[] cuts)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var (at, i) = (0, 0); at < bytes.Length; i++)
        {
            var length = Math.Min(cuts[i % cuts.Length], bytes.Length - at);
            yield return bytes[at..(at + length)];
            at += length;
        }
    }
}
