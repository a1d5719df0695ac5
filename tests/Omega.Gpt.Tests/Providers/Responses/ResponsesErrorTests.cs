using System.Text.Json;
using Omega.Gpt.Tests.Providers.Http;
using static Omega.Gpt.Tests.Providers.Responses.ResponsesFixtures;

namespace Omega.Gpt.Tests.Providers.Responses;

public sealed class ResponsesErrorTests
{
    [Theory]
    [InlineData("""{"type":"error","sequence_number":2,"error":{"type":"insufficient_quota","code":"insufficient_quota","message":"Pay."}}""", GptErrorKind.QuotaExceeded)]
    [InlineData("""{"type":"error","sequence_number":2,"code":"rate_limit_exceeded","message":"Slow down.","param":null}""", GptErrorKind.RateLimit)]
    [InlineData("""{"type":"error","code":null,"message":"Your input exceeds the context window of this model."}""", GptErrorKind.ContextWindowExceeded)]
    [InlineData("""{"error":{"message":"boom","type":"server_error"}}""", GptErrorKind.Server)]
    [InlineData("""{"type":"response.failed","response":{"status":"failed","error":{"code":"server_error","message":"boom"}}}""", GptErrorKind.Server)]
    [InlineData("""{"type":"response.failed","response":{"status":"failed","error":{"code":"insufficient_quota","message":"Pay."}}}""", GptErrorKind.QuotaExceeded)]
    [InlineData("""{"type":"response.failed","response":{"status":"failed","error":null}}""", GptErrorKind.Server)]
    [InlineData("""{"type":"response.failed"}""", GptErrorKind.Server)]
    [InlineData("""{"type":"response.completed","response":{"status":"failed","error":{"code":"server_error","message":"boom"}}}""", GptErrorKind.Server)]
    [InlineData("""{"type":"response.cancelled","response":{"status":"cancelled"}}""", GptErrorKind.StreamInterrupted)]
    public void Parse_Error_IsTyped(string data, GptErrorKind kind)
    {
        var outcome = Read(Created, data);

        var error = Assert.IsType<GptException>(outcome.Error);
        Assert.Equal(kind, error.Kind);
        Assert.Equal(("openai", "gpt-5.9", GptPhase.Step), (error.Provider, error.Model, error.Phase));
        Assert.StartsWith("openai: ", error.Message, StringComparison.Ordinal);
        Assert.False(outcome.IsFinished);
        Assert.Null(outcome.Finished);
    }

    [Fact]
    public void Parse_QuotaError_IsNotRetryable() =>
        Assert.False(Assert.IsType<GptException>(Read("""{"type":"error","error":{"code":"insufficient_quota","message":"Pay."}}""").Error).IsRetryable);

    [Fact]
    public void Parse_FailureThatTellsItsUsage_HandsTheUsageOn()
    {
        var outcome = Read(Created, """{"type":"response.failed","response":{"status":"failed","error":{"code":"server_error","message":"boom"},"usage":{"input_tokens":9,"output_tokens":4}}}""");

        Assert.Equal(9, outcome.Usage!.Input.Total);
        Assert.IsType<GptException>(outcome.Error);
    }

    [Fact]
    public void Parse_ErrorNumberedAsAnEarlierEvent_IsStillAnError()
    {
        var outcome = Read([.. Step[..13], """{"type":"error","sequence_number":0,"code":"server_error","message":"boom"}"""]);

        Assert.Equal(GptErrorKind.Server, Assert.IsType<GptException>(outcome.Error).Kind);
    }

    [Fact]
    public void Parse_DoneBeforeTheLastEvent_IsAProtocolError() =>
        WireReading.Read(Parser(), "data: [DONE]\n\n"u8).AssertBroken("[DONE]");

    [Theory]
    [InlineData("{\"type\":\"response.created\",\"response\":{")]
    [InlineData("{\"type\":\"response.created\"}{}")]
    [InlineData("[1]")]
    [InlineData("hello")]
    [InlineData("{\"type\":\"response.output_text.delta\",\"delta\":\"\\ud83d\"}")]
    public void Parse_NoJson_SaysSo(string data)
    {
        var outcome = WireReading.Read(Parser(), System.Text.Encoding.UTF8.GetBytes($"data: {data}\n\n"));

        Assert.IsAssignableFrom<JsonException>(outcome.Error);
    }

    [Fact]
    public void Parse_BytesThatAreNoUtf8_SaySo()
    {
        var outcome = WireReading.Read(Parser(), [.. "data: {\"type\":\"response.output_text.delta\",\"delta\":\""u8, 0xFF, .. "\"}\n\n"u8]);

        Assert.IsAssignableFrom<JsonException>(outcome.Error);
    }
}
