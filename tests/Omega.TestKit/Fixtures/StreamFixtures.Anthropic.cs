namespace Omega.TestKit;

public static partial class StreamFixtures
{
    private static IEnumerable<StreamFixture> Anthropic()
    {
        AnthropicStream Start() => AnthropicStream.Create(input: 12);
        var price = new ExpectedCall("toolu_1", "get_price", """{"symbol":"BTCUSDT"}""");
        var hello = new ExpectedOutcome
        {
            Text = "Hello there.",
            FinishReason = "stop",
            RawFinishReason = "end_turn",
            Usage = new(12, 4, Reasoning: null),
        };
        var calls = new ExpectedOutcome
        {
            Calls = [price],
            FinishReason = "function_calls",
            RawFinishReason = "tool_use",
            Usage = new(12, 40, Reasoning: null),
        };

        yield return new("anthropic/text", Start().Text("Hel", "lo").Ping().Text(" there", ".").Finish("end_turn", 4).Done(), hello);

        yield return new("anthropic/empty", Start().Finish("end_turn", 4).Done(), hello with { Text = "" });

        yield return new(
            "anthropic/unicode",
            Start().Text(UnicodePieces).Finish("end_turn", 4).Done(),
            hello with { Text = string.Concat(UnicodePieces) });

        yield return new(
            "anthropic/unicode-escaped",
            Start().Escaped().Text(UnicodePieces).Finish("end_turn", 4).Done(),
            hello with { Text = string.Concat(UnicodePieces) });

        yield return new(
            "anthropic/cache",
            AnthropicStream.Create(input: 12, cacheRead: 1000, cacheWrite: 200).Text("Hello there.").Finish("end_turn", 4).Done(),
            hello with { Usage = new(1212, 4, CacheRead: 1000, CacheWrite: 200, Reasoning: null) });

        yield return new(
            "anthropic/stop-sequence",
            Start().Text("Hello there.").Finish("stop_sequence", 4).Done(),
            hello with { RawFinishReason = "stop_sequence" });

        yield return new(
            "anthropic/thinking",
            Start().Thinking("ErUBCkYI+/x==", "The user ", "greets.").Text("Hello there.").Finish("end_turn", 40).Done(),
            hello with { Reasoning = "The user greets.", Usage = new(12, 40, Reasoning: null) });

        yield return new(
            "anthropic/thinking-redacted-then-call",
            Start().Thinking("ErUBCkYI1==", "A price.").RedactedThinking("EmwKAhgB+/y==").Text("Looking.")
                .ToolUse("toolu_1", "get_price", "{\"symbol", "\": \"BTC", "USDT\"}").Finish("tool_use", 40).Done(),
            calls with
            {
                Text = "Looking.",
                Reasoning = "A price.",
                Calls = [price with { Arguments = """{"symbol": "BTCUSDT"}""" }],
            });

        yield return new(
            "anthropic/parallel-calls",
            Start().ToolUse("toolu_1", "get_price", """{"symbol":""", "\"BTCUSDT\"}").Ping()
                .ToolUse("toolu_2", "get_news", """{"limit":3}""").Finish("tool_use", 40).Done(),
            calls with { Calls = [price, new("toolu_2", "get_news", """{"limit":3}""")] });

        yield return new(
            "anthropic/call-without-arguments",
            Start().ToolUse("toolu_1", "get_time").Finish("tool_use", 40).Done(),
            calls with { Calls = [new("toolu_1", "get_time", "")] });

        yield return new(
            "anthropic/length",
            Start().Text("Hello the").Finish("max_tokens", 4).Done(),
            hello with { Text = "Hello the", FinishReason = "length", RawFinishReason = "max_tokens" });

        yield return new(
            "anthropic/length-inside-call",
            Start().ToolUse("toolu_1", "place_order", """{"side":"buy","quan""").Finish("max_tokens", 40).Done(),
            calls with
            {
                Calls = [new("toolu_1", "place_order", """{"side":"buy","quan""")],
                FinishReason = "length",
                RawFinishReason = "max_tokens",
            });

        yield return new(
            "anthropic/refusal",
            Start().Refuse("cyber", "The request was declined.", 4).Done(),
            hello with { Text = "", FinishReason = "refusal", RawFinishReason = "refusal" });

        yield return new(
            "anthropic/error-in-band",
            Start().Text("Hello").Error("overloaded_error", "Overloaded"),
            new ExpectedOutcome { Text = "Hello", Usage = new(12, 1, Reasoning: null), Error = new("overloaded_error", "Overloaded") });
    }
}
