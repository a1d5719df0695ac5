using System.Text.Json;
using CsCheck;
using Omega.Gpt.Models;
using Omega.Gpt.Providers;
using Omega.Gpt.Providers.ChatCompletions;
using Omega.Gpt.Providers.Http;
using Omega.Gpt.Tests.Providers.Http;
using static Omega.Gpt.Tests.Providers.ChatCompletions.ChatCompletionsFixtures;

namespace Omega.Gpt.Tests.Providers.ChatCompletions;

/// <summary>Answers whose beginning is given: what goes out, and what comes back of it.</summary>
public sealed class PrefixTests
{
    private static readonly ModelInfo Continues = new() { Provider = "test", Name = "m", Capabilities = new ModelCapabilities { PrefixContinuation = true } };

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(false, true, false)]
    [InlineData(true, false, false)]
    public void WriteBody_LastMessageOfTheAssistant_IsMarkedWhereThatIsTheWay(bool wireMarks, bool modelContinues, bool marked)
    {
        var request = Request(Message.User("Hi"), Message.Assistant("Hello."), Message.User("Count"), Message.Assistant("1 2")) with { Info = modelContinues ? Continues : null };

        var messages = Body(request, wireMarks);

        Assert.False(messages[1].TryGetProperty("prefix", out _), "an answer that is over is none to go on with");
        Assert.Equal(marked, messages[3].TryGetProperty("prefix", out var prefix) && prefix.GetBoolean());
    }

    [Fact]
    public void WriteBody_LastMessageOfTheUser_MarksNothing() =>
        Assert.DoesNotContain(Body(Request(Message.User("Hi")) with { Info = Continues }, marks: true), message => message.TryGetProperty("prefix", out _));

    [Fact]
    public void Read_RepeatedBeginningInAnyPieces_IsLeftOut() => Gen.Select(Gen.Int[1, 40], Gen.Int[1, 7], Gen.Int[0, 20]).Sample((given, piece, more) =>
    {
        var prefix = Words(given);
        var rest = Words(more);

        Assert.Equal(rest, Read(prefix, Pieces(prefix + rest, piece)).Text);
    });

    [Fact]
    public void Read_BeginningNotRepeated_LosesNothing() => Gen.Select(Gen.Int[1, 40], Gen.Int[1, 7], Gen.Int[0, 39]).Sample((given, piece, same) =>
    {
        // As the beginning for a while, then not: text of the model's own.
        var prefix = Words(given);
        var text = prefix[..Math.Min(same, prefix.Length - 1)] + "#" + prefix;

        Assert.Equal(text, Read(prefix, Pieces(text, piece)).Text);
    });

    [Fact]
    public void Read_AnswerThatEndsWithinTheBeginning_GivesWhatWasSaid()
    {
        var outcome = Read("one two", ["one"]);

        Assert.Equal("one", outcome.Text);
        Assert.IsType<FinishedDelta>(outcome.Deltas[^1]);
        Assert.True(outcome.IsFinished);
    }

    private static WireOutcome Read(string prefix, IEnumerable<string> pieces) =>
        WireReading.Read(new PrefixEcho(Parser(), prefix), Stream([.. pieces.Select(Text), Finish(), Done]));

    private static List<JsonElement> Body(ModelRequest request, bool marks)
    {
        var provider = new ChatCompletionsProvider(new WireOptions { Name = "test", BaseUrl = "http://memory.invalid/v1", MarksPrefix = marks });
        return [.. JsonElement.Parse(provider.WriteBody(request)).GetProperty("messages").EnumerateArray()];
    }

    private static string Words(int length) => string.Concat(Enumerable.Repeat("abcd efg ", 10))[..length];

    private static IEnumerable<string> Pieces(string text, int length) => text.Chunk(length).Select(piece => new string(piece));
}
