namespace Omega.TestKit;

public static partial class StreamFixtures
{
    private static IEnumerable<StreamFixture> Responses()
    {
        ResponsesStream Start() => ResponsesStream.Create();
        var price = new ExpectedCall("call_1", "get_price", """{"symbol":"BTCUSDT"}""");
        var hello = new ExpectedOutcome { Text = "Hello there.", FinishReason = "stop", RawFinishReason = "completed" };
        var calls = new ExpectedOutcome { Calls = [price], FinishReason = "function_calls", RawFinishReason = "completed" };

        yield return new(
            "responses/text",
            Start().Text("Hel", "lo", " there", ".").Complete(12, 4),
            hello with { Usage = new(12, 4) });

        yield return new("responses/text-without-usage", Start().Text("Hello", " there.").Complete(), hello);

        yield return new("responses/empty", Start().Complete(12), hello with { Text = "", Usage = new(12, 0) });

        yield return new(
            "responses/unicode",
            Start().Text(UnicodePieces).Complete(),
            hello with { Text = string.Concat(UnicodePieces) });

        yield return new(
            "responses/unicode-escaped",
            Start().Escaped().Text(UnicodePieces).Complete(),
            hello with { Text = string.Concat(UnicodePieces) });

        yield return new(
            "responses/reasoning-summary",
            Start().Reasoning("rs_1", "gAAAAABo+/x==", "The user ", "greets.").Text("Hello there.").Complete(30, 25, cached: 16, reasoning: 20),
            hello with { Reasoning = "The user greets.", Usage = new(30, 25, CacheRead: 16, Reasoning: 20) });

        yield return new(
            "responses/reasoning-text",
            Start().ReasoningText("rs_1", "A ", "greeting.").Text("Hello there.").Complete(),
            hello with { Reasoning = "A greeting." });

        yield return new(
            "responses/phases",
            Start().Message("commentary", "One ", "moment. ").Reasoning("rs_1", "gAAAAABo1==").Message("final_answer", "Hello there.").Complete(40, 18),
            hello with { Text = "One moment. Hello there.", Usage = new(40, 18) });

        yield return new(
            "responses/reasoning-then-call",
            Start().Reasoning("rs_1", "gAAAAABo2==").Call("call_1", "get_price", "{\"", "symbol", "\":\"BTC", "USDT\"}").Complete(50, 70, reasoning: 58),
            calls with { Usage = new(50, 70, Reasoning: 58) });

        yield return new(
            "responses/parallel-calls",
            Start().Text("Looking.").Call("call_1", "get_price", """{"symbol":"BTCUSDT"}""").Call("call_2", "get_news", """{"limit":""", "3}").Complete(),
            calls with { Text = "Looking.", Calls = [price, new("call_2", "get_news", """{"limit":3}""")] });

        yield return new(
            "responses/call-without-arguments",
            Start().Call("call_1", "get_time").Complete(),
            calls with { Calls = [new("call_1", "get_time", "")] });

        yield return new(
            "responses/cache-write",
            Start().Text("Hello there.").Complete(100, 4, cached: 30, cacheWrite: 50),
            hello with { Usage = new(100, 4, CacheRead: 30, CacheWrite: 50) });

        yield return new(
            "responses/refusal",
            Start().Refusal("I cannot ", "help with that.").Complete(20, 7),
            new ExpectedOutcome
            {
                Refusal = "I cannot help with that.",
                FinishReason = "refusal",
                RawFinishReason = "completed",
                Usage = new(20, 7),
            });

        yield return new(
            "responses/length",
            Start().Text("Hello the").Incomplete("max_output_tokens", 12, 3),
            hello with { Text = "Hello the", FinishReason = "length", RawFinishReason = "max_output_tokens", Usage = new(12, 3) });

        yield return new(
            "responses/content-filter",
            Start().Text("Hello").Incomplete("content_filter", 12, 1),
            hello with { Text = "Hello", FinishReason = "content_filter", RawFinishReason = "content_filter", Usage = new(12, 1) });

        yield return new(
            "responses/failed",
            Start().Text("Hello").Fail("server_error", "The model produced an error."),
            new ExpectedOutcome { Text = "Hello", Error = new("server_error", "The model produced an error.") });

        yield return new(
            "responses/error-event",
            Start().Text("Hello").Error("rate_limit_exceeded", "Rate limit reached."),
            new ExpectedOutcome { Text = "Hello", Error = new("rate_limit_exceeded", "Rate limit reached.") });

        yield return new(
            "responses/error-object-then-failed",
            Start().ErrorObject("insufficient_quota", "insufficient_quota", "You exceeded your quota.")
                .Fail("insufficient_quota", "You exceeded your quota."),
            new ExpectedOutcome { Error = new("insufficient_quota", "You exceeded your quota.") });
    }
}
