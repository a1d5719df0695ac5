namespace Omega.TestKit.Tests;

public sealed class RecordedStreamsTests
{
    [Fact]
    public void Load_AFolder_YieldsItsEntriesInOrder()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.At("anthropic"));
        Directory.CreateDirectory(folder.At("chat-completions"));
        File.WriteAllText(folder.At("index.tsv"), "wire\tname\tbytes\tmodel\tholds\nanthropic\ta.1\t3\tm1\ttools,usage\nchat-completions\tb\t0\tm2\t\n\n");
        File.WriteAllBytes(folder.At("anthropic", "a.1.sse"), [1, 255, 3]);
        File.WriteAllBytes(folder.At("chat-completions", "b.sse"), []);

        var streams = RecordedStreams.Load(folder.Path);

        Assert.Equal(["Anthropic/a.1", "ChatCompletions/b"], streams.Select(stream => stream.ToString()));
        Assert.Equal([1, 255, 3], streams[0].Bytes);
        Assert.Equal(["tools", "usage"], streams[0].Holds);
        Assert.Equal("m2", streams[1].Model);
        Assert.Empty(streams[1].Holds);
    }

    [Theory]
    [InlineData("anthropic\tonly", "five columns")]
    [InlineData("gopher\ta\t1\tm\t", "unknown wire \"gopher\"")]
    public void Load_AWrongLine_NamesIt(string line, string what)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.At("index.tsv"), "wire\tname\tbytes\tmodel\tholds\n" + line);

        var error = Assert.Throws<InvalidDataException>(() => RecordedStreams.Load(folder.Path));

        Assert.Contains("index.tsv:2", error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_WhereAvailable_EveryOneIsServedByteForByteAndReadable()
    {
        Assert.SkipUnless(RecordedStreams.Available, RecordedStreams.WhyNot);
        await using var server = ModelServer.Start();
        using var client = new Client(server);

        foreach (var stream in RecordedStreams.All)
        {
            server.Enqueue(Reply.Stream(stream.Bytes));
            using var response = await client.PostAsync();
            var (body, error) = await Client.DrainAsync(response);
            Assert.Null(error);
            Assert.Equal(stream.Bytes, body);

            var outcome = ReadBack.Of(stream.Wire, body, abridged: true);
            Assert.Equal(stream.Holds.Contains("error"), outcome.Error is not null);
            Assert.True(stream.Holds.Contains("error") || outcome.FinishReason is not null, stream.ToString());
        }

        Assert.NotEmpty(RecordedStreams.All);
    }
}
