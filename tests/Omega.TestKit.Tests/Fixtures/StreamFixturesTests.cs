using System.Text;

namespace Omega.TestKit.Tests;

public sealed class StreamFixturesTests
{
    public static TheoryData<string> Names => [.. StreamFixtures.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Fixture_ReadBack_SaysWhatItClaims(string name)
    {
        var fixture = StreamFixtures.Get(name);

        var read = ReadBack.Of(fixture.Wire, fixture.Bytes);

        Assert.Equal(fixture.Expected with { Calls = [] }, read with { Calls = [] });
        Assert.Equal(fixture.Expected.Calls, read.Calls);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Fixture_TerminalLength_IsTheEndOfAnEventAndSaysHowItEnds(string name)
    {
        var fixture = StreamFixtures.Get(name);
        Assert.NotNull(fixture.Stream.TerminalLength);
        var text = Encoding.UTF8.GetString(fixture.Bytes.AsSpan(..fixture.Stream.TerminalLength.Value));
        Assert.True(text.EndsWith("\n\n", StringComparison.Ordinal) || text.EndsWith("\r\n\r\n", StringComparison.Ordinal));

        var last = text.TrimEnd().ReplaceLineEndings("\n").Split("\n\n")[^1];

        Assert.True(
            last.Contains(
                fixture switch
                {
                    { Expected.Error: not null } => "error",
                    { Wire: Wire.ChatCompletions } => "[DONE]",
                    { Wire: Wire.Anthropic } => "message_stop",
                    { Expected.RawFinishReason: "completed" } => "response.completed",
                    _ => "response.incomplete",
                },
                StringComparison.Ordinal),
            last);
    }

    [Fact]
    public void All_Names_AreUniqueAndEveryWireHasTheOrdinaryCases()
    {
        Assert.Equal(StreamFixtures.All.Count, StreamFixtures.Names.Distinct().Count());
        foreach (var wire in new[] { Wire.ChatCompletions, Wire.Responses, Wire.Anthropic })
        {
            var reasons = StreamFixtures.Of(wire).Select(fixture => fixture.Expected.FinishReason).ToHashSet();
            Assert.Superset(new HashSet<string?> { "stop", "length", "function_calls", "refusal", null }, reasons);
            Assert.Contains(StreamFixtures.Of(wire), fixture => fixture.Expected.Calls.Count == 2);
            Assert.Contains(StreamFixtures.Of(wire), fixture => fixture.Expected.Calls is [{ Arguments: "" }]);
            Assert.Contains(StreamFixtures.Of(wire), fixture => fixture.Expected.Reasoning != "");
        }
    }

    [Fact]
    public void Get_UnknownName_NamesTheKnownOnes()
    {
        var error = Assert.Throws<ArgumentException>(() => StreamFixtures.Get("chat/none"));

        Assert.Contains("chat/text", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fixture_OverTheServer_ArrivesByteForByte()
    {
        await using var server = ModelServer.Start().Enqueue([.. StreamFixtures.All.Select(fixture => Reply.Stream(fixture.Stream))]);
        using var client = new Client(server);

        foreach (var fixture in StreamFixtures.All)
        {
            using var response = await client.PostAsync();
            var (body, error) = await Client.DrainAsync(response);
            Assert.Null(error);
            Assert.Equal(fixture.Bytes, body);
        }

        Assert.Equal(1, server.Connections);
    }
}
