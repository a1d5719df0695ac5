using System.Diagnostics;
using System.Text;
using System.Text.Json;
using CsCheck;
using Microsoft.ML.Tokenizers;
using Omega.Gpt.Models;
using Omega.Gpt.Providers;

namespace Omega.Gpt.Tests.Models;

public sealed class TokenCounterTests
{
    private static readonly TokenCounter Counter = TokenCounter.For("openai/gpt-4.1");
    private static readonly TiktokenTokenizer O200k = TiktokenTokenizer.CreateForEncoding("o200k_base");
    private static readonly TiktokenTokenizer Cl100k = TiktokenTokenizer.CreateForEncoding("cl100k_base");

    /// <summary>Words, signs, digits, line ends and spaces of several scripts, none of them longer than a word is.</summary>
    private static readonly Gen<string> OrdinaryText = Gen.OneOf(
        Gen.OneOf("the", " Price", " of", " BTC", "'s", " naïve", "größe", " 東京", "株価", " Привет", " é́", "🙂", "👩‍💻"),
        Gen.OneOf(".", ", ", "!?", " (", ")", "/", "//", " {\n  \"a\": ", "\r\n", "\n\n", "  ", "\t", " "),
        Gen.Int[0, 9_999_999].Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture))).Array[0, 400].Select(string.Concat);

    [Theory]
    [InlineData("gpt-4-turbo-preview", "cl100k_base", false)]
    [InlineData("gpt-4", "cl100k_base", false)]
    [InlineData("gpt-3.5-turbo", "cl100k_base", false)]
    [InlineData("openai/gpt-4.1-mini", "o200k_base", false)]
    [InlineData("gpt-4o-2024-08-06", "o200k_base", false)]
    [InlineData("gpt-5.5", "o200k_base", false)]
    [InlineData("gpt-6.2-sol", "o200k_base", false)]
    [InlineData("o3-mini", "o200k_base", false)]
    [InlineData("groq/openai/gpt-oss-120b", "o200k_base", false)]
    [InlineData("anthropic/claude-sonnet-5-5", "o200k_base", true)]
    [InlineData("gemini-3.8-flash", "o200k_base", true)]
    [InlineData("olmo", "o200k_base", true)]
    public void For_Model_TakesItsVocabularyOrSaysThatItIsAnother(string model, string encoding, bool isEstimate)
    {
        var counter = TokenCounter.For(model);
        Assert.Equal((encoding, isEstimate), (counter.Encoding, counter.IsEstimate));
    }

    [Theory]
    [InlineData("house-model", "cl100k_base", "cl100k_base", false)]
    [InlineData("gpt-4", "o200k_base", "o200k_base", false)]
    [InlineData("gpt-4", null, "cl100k_base", true)]
    [InlineData("gpt-5.5", "of-their-own", "o200k_base", true)]
    public void For_ListedModel_TakesTheVocabularyOfTheCatalogue(string model, string? tokenizer, string encoding, bool isEstimate)
    {
        var counter = TokenCounter.For(model, new ModelInfo { Provider = "openai", Name = model, Tokenizer = tokenizer });
        Assert.Equal((encoding, isEstimate), (counter.Encoding, counter.IsEstimate));
    }

    [Fact]
    public void Count_KnownTexts_IsWhatTheVocabularyMakesOfThem()
    {
        // From the published tokenizer: "hello", " world"; "tiktoken is great!" is t-ik-token-is-great-! in cl100k_base.
        Assert.Equal(2, Counter.Count("hello world"));
        Assert.Equal(6, TokenCounter.For("gpt-4").Count("tiktoken is great!"));
        Assert.Equal(0, Counter.Count(""));
    }

    [Fact]
    public void Count_OrdinaryText_IsTheTokenizersOwn() =>
        OrdinaryText.Sample(
            text => Counter.Count(text) == O200k.CountTokens(text) && TokenCounter.For("gpt-4").Count(text) == Cl100k.CountTokens(text),
            iter: 2_000, print: text => JsonSerializer.Serialize(text));

    [Theory]
    [InlineData("letters", "字")]
    [InlineData("word", "a")]
    [InlineData("spaces", " ")]
    [InlineData("signs", "=")]
    [InlineData("line ends", "\n")]
    [InlineData("line ends and slashes", "\n/")]
    [InlineData("signs and marks", ".\u0300")]
    [InlineData("letters and marks", "a\u0300")]
    [InlineData("pictures", "🙂")]
    [InlineData("digits", "7")]
    [InlineData("base64", "QmFzZTY0")]
    public void Count_LongRun_TakesTimeInProportion(string what, string unit)
    {
        var text = string.Concat(Enumerable.Repeat(unit, 100_000 / unit.Length));
        Counter.Count("warm");
        TokenCounter.For("gpt-4").Count("warm");
        var began = Stopwatch.GetTimestamp();
        var tokens = Counter.Count(text) + TokenCounter.For("gpt-4").Count(text);
        var took = Stopwatch.GetElapsedTime(began);
        // Uncut, such a run takes 19 s for each vocabulary; the bound is wide for a busy machine.
        Assert.True(took < TimeSpan.FromSeconds(4), $"{what}: {tokens} tokens took {took}");
        Assert.InRange(tokens, 2 * 100, 2 * Encoding.UTF8.GetByteCount(text));
    }

    [Fact]
    public void FirstPiece_OverlongRun_IsCutWithinTheLimitAndNeverInACharacter() =>
        Gen.Select(Gen.OneOf("a", "字", " ", "=", "🙂", "\n/", ".\u0300"), Gen.Int[1, 1500], Gen.Int[0, 3]).Sample((unit, count, shift) =>
        {
            var text = new string('1', shift) + string.Concat(Enumerable.Repeat(unit, count));
            var pieces = new List<string>();
            for (var rest = text; rest.Length > 0; rest = rest[pieces[^1].Length..])
                pieces.Add(rest[..LongRuns.FirstPiece(rest)]);
            return string.Concat(pieces) == text
                && pieces.TrueForAll(piece => piece.Length is > 0 and <= LongRuns.Limit + 3 && !char.IsHighSurrogate(piece[^1]) && !char.IsLowSurrogate(piece[0]));
        });

    [Fact]
    public void Count_SecondTime_IsTheFirst() =>
        Gen.Select(OrdinaryText, OrdinaryText).Sample(
            (question, arguments) =>
            {
                var call = new FunctionCallPart("t.1.0", "find", JsonSerializer.Serialize(arguments));
                var result = new FunctionResultPart("t.1.0", "find", JsonSerializer.SerializeToElement(new { text = question }));
                Message[] messages = [Message.User(question), new() { Role = Role.Assistant, Parts = [call] }, Message.FunctionResults(result)];
                var request = Request(messages);
                var cold = Counter.Count(request);
                var warm = Counter.Count(request);
                // A message keeps its count under another id, and a counter of another model of the vocabulary knows it too.
                var renamed = TokenCounter.For("gpt-4o").Count(Request([.. messages.Select(message => message with { Id = "m7" })]));
                var fresh = Counter.Count(Request([.. messages.Select(message => message with { Parts = [.. message.Parts.Select(part => part with { })] })]));
                return cold == warm && cold == renamed && cold == fresh && cold.Tokens <= TokenCounter.AtMost(request);
            },
            iter: 200);

    [Fact]
    public void Count_Request_CountsItsShape()
    {
        // 3 for the answer; 4 for each message; hello 1, world 1
        Assert.Equal(new TokenCount(3 + 4 + 1 + 4 + 1, IsEstimate: false), Counter.Count(Request([Message.User("hello"), Message.Assistant("world")])));
        var function = new FunctionDefinition("hello", "world", JsonElement.Parse("""{ "type": "object" }"""));
        var json = O200k.CountTokens("""{"type":"object"}""");
        Assert.Equal(new TokenCount(3 + 4 + 1 + 12 + 1 + 1 + json, IsEstimate: true), Counter.Count(Request([Message.User("hello")]) with { Functions = [function] }));
    }

    [Fact]
    public void Count_PartsThatAreNotText_AreEstimated()
    {
        Assert.True(Counter.Count(Request([Message.User("hello", new ImagePart { Url = "https://example.org/a.png", Detail = "low" })])) is { Tokens: 3 + 4 + 1 + 85, IsEstimate: true });
        Assert.True(TokenCounter.For("claude-haiku-5-5").Count(Request([Message.User("hello")])).IsEstimate);
        // What is shown and never sent costs nothing.
        Assert.Equal(4, Counter.Count(new Message { Role = Role.Assistant, Parts = [new ReasoningPart("Let me think about it.")] }));
    }

    [Fact]
    public void Count_TextFile_CountsItsText()
    {
        var file = new FilePart { Data = "hello world"u8.ToArray(), MediaType = "text/plain" };
        Assert.Equal(4 + 1 + 2, Counter.Count(Message.User("hello", file)));
    }

    private static ModelRequest Request(IReadOnlyList<Message> messages) => new() { Model = "gpt-4.1", Messages = messages };
}
