using System.Text;
using Omega.Gpt.Tests.Providers.Http;
using static Omega.Gpt.Tests.Providers.ChatCompletions.ChatCompletionsFixtures;

namespace Omega.Gpt.Tests.Providers.ChatCompletions;

public sealed class ChatCompletionsErrorTests
{
    public static TheoryData<string, GptErrorKind, string> Errors => new()
    {
        { """{"error":{"type":"insufficient_quota","code":"insufficient_quota","message":"Pay."}}""", GptErrorKind.QuotaExceeded, "Pay." },
        { """{"error":{"type":"requests","code":"rate_limit_exceeded","message":"Slow."}}""", GptErrorKind.RateLimit, "Slow." },
        { """{"error":{"type":"server_error","message":"boom"}}""", GptErrorKind.Server, "boom" },
        { """{"error":{"code":502,"message":"Upstream."}}""", GptErrorKind.Server, "Upstream." },
        { """{"error":{"code":503,"message":"Busy.","status":"UNAVAILABLE"}}""", GptErrorKind.Overloaded, "Busy." },
        { """{"error":{"code":"429","message":"Slow."}}""", GptErrorKind.RateLimit, "Slow." },
        { """{"error":{"code":400,"message":"This model's maximum context length is 8 tokens."}}""", GptErrorKind.ContextWindowExceeded, "maximum context length" },
        { """{"error":{"code":1301,"message":"Odd."}}""", GptErrorKind.Server, "Odd." },
        { """{"error":{"code":"invalid_image_url","message":"No image."}}""", GptErrorKind.BadRequest, "No image." },
        { """{"error":"out of memory"}""", GptErrorKind.Server, "out of memory" },
        { """{"error":{}}""", GptErrorKind.Server, "no reason given" },
        { """{"object":"error","message":"Bad.","type":"BadRequestError","code":400}""", GptErrorKind.BadRequest, "Bad." },
        { """[{"error":{"code":401,"message":"Who?"}}]""", GptErrorKind.Authentication, "Who?" },
        { """{"detail":"Not here."}""", GptErrorKind.Server, "Not here." },
        { """{"choices":[{"index":0,"delta":{},"error":{"code":502,"message":"In the choice."}}]}""", GptErrorKind.Server, "In the choice." },
        { """{"choices":[],"x_groq":{"error":{"type":"server_error","message":"In x_groq."}}}""", GptErrorKind.Server, "In x_groq." },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void Parse_Error_IsTypedWhereverItStands(string data, GptErrorKind kind, string said)
    {
        AssertError(Read(data), kind, said, "");
        AssertError(Read(Text("Hello"), data, Finish(), Done), kind, said, "Hello");
        AssertError(Read(Text("Hello"), Finish(), data, Done), kind, said, "Hello");
    }

    [Theory]
    [InlineData("""{"error":{"type":"rate_limit_error","message":"Slow."}}""", GptErrorKind.RateLimit, "Slow.")]
    [InlineData("""{"type":"server_error","message":"boom"}""", GptErrorKind.Server, "boom")]
    [InlineData("""{"unheard":"of"}""", GptErrorKind.Server, "no reason given")]
    [InlineData("upstream died", GptErrorKind.Server, "upstream died")]
    [InlineData("[DONE]", GptErrorKind.Server, "[DONE]")]
    public void Parse_EventNamedError_IsAnErrorWhateverItHolds(string data, GptErrorKind kind, string said)
    {
        byte[] stream = [.. Stream(Text("Hello"), Finish()), .. Encoding.UTF8.GetBytes($"event: error\ndata: {data}\n\n"), .. Stream(Done)];

        AssertError(WireReading.Read(Parser(), stream), kind, said, "Hello");
    }

    [Fact]
    public void Parse_ErrorWithUsage_HandsTheUsageOn()
    {
        var outcome = Read(
            Chunk("""{"reasoning":"We need"}""", "length"),
            """{"error":{"code":400,"message":"Token limit reached"},"choices":[{"index":0,"delta":{"content":""},"finish_reason":null}],"usage":{"prompt_tokens":43,"completion_tokens":10,"total_tokens":53,"cost":0}}""",
            Done);

        AssertError(outcome, GptErrorKind.BadRequest, "Token limit reached", "");
        Assert.Equal((43, 10), (outcome.Usage!.Input.Total, outcome.Usage.Output.Total));
    }

    [Fact]
    public void Parse_FinishReasonError_IsAnError() => AssertError(Read(Text("Hello"), Finish("error"), Done), GptErrorKind.Server, "finish reason \"error\"", "Hello");

    [Theory]
    [InlineData("""{"choices":[],"error":null}""")]
    [InlineData("""{"error":null}""")]
    [InlineData("""{"id":"c_1","object":"chat.completion.chunk"}""")]
    [InlineData("""{"choices":null}""")]
    [InlineData("""{"choices":[null,7]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":null,"finish_reason":null}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":7,"reasoning":[],"refusal":{},"reasoning_details":{},"audio":{"id":"a"}},"finish_reason":7}]}""")]
    public void Parse_NothingOfOurs_IsPassedOver(string data)
    {
        var outcome = Read(Text("Hello"), data, Finish(), Done);

        Assert.Null(outcome.Error);
        Assert.Equal(("Hello", true), (outcome.Text, outcome.IsFinished));
    }

    private static void AssertError(WireOutcome outcome, GptErrorKind kind, string said, string text)
    {
        var error = Assert.IsType<GptException>(outcome.Error);
        Assert.Equal((kind, "test", "m", GptPhase.Step), (error.Kind, error.Provider, error.Model, error.Phase));
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("test: ", error.Message, StringComparison.Ordinal);
        Assert.Equal(text, outcome.Text);
        Assert.False(outcome.IsFinished);
        Assert.Null(outcome.Finished);
    }
}
