using System.Text.Json.Nodes;

namespace Omega.TestKit;

public static partial class StreamFixtures
{
    private static IEnumerable<StreamFixture> ChatCompletions()
    {
        ChatCompletionsStream Chat() => ChatCompletionsStream.Create();
        var price = new ExpectedCall("call_1", "get_price", """{"symbol":"BTCUSDT"}""");
        var calls = new ExpectedOutcome { Calls = [price], FinishReason = "function_calls", RawFinishReason = "tool_calls" };
        var hello = new ExpectedOutcome { Text = "Hello there.", FinishReason = "stop", RawFinishReason = "stop" };

        yield return new(
            "chat/text",
            Chat().Text("Hel", "lo", " there", ".").Finish("stop").Usage(12, 4).Done(),
            hello with { Usage = new(12, 4) });

        yield return new("chat/text-without-usage", Chat().Text("Hello", " there.").Finish("stop").Done(), hello);

        yield return new("chat/empty", Chat().Text("").Finish("stop").Done(), hello with { Text = "" });

        yield return new(
            "chat/crlf",
            Chat().LinesEndWith("\r\n").Text("Hello", " there.").Finish("stop").Usage(12, 4).Done(),
            hello with { Usage = new(12, 4) });

        yield return new(
            "chat/unicode",
            Chat().Text(UnicodePieces).Finish("stop").Done(),
            hello with { Text = string.Concat(UnicodePieces) });

        yield return new(
            "chat/unicode-escaped",
            Chat().Escaped().Text(UnicodePieces).Finish("stop").Done(),
            hello with { Text = string.Concat(UnicodePieces) });

        yield return new(
            "chat/reasoning-usage-with-finish",
            Chat().Reasoning("The user ", "greets.").Text("Hello there.").FinishWithUsage("stop", 30, 25, cached: 16, reasoning: 20).Done(),
            hello with { Reasoning = "The user greets.", Usage = new(30, 25, CacheRead: 16, Reasoning: 20) });

        yield return new(
            "chat/openrouter-comments-and-details",
            Chat().Comment("OPENROUTER PROCESSING").Comment("OPENROUTER PROCESSING").ReasoningIn("reasoning").Reasoning("A greeting.")
                .ReasoningDetails("""[{"type":"reasoning.encrypted","data":"gAAA+/==","id":"rs_1","format":"openai-responses-v1","index":0}]""")
                .Comment("OPENROUTER PROCESSING").Text("Hello there.").Finish("stop").Usage(9, 8).Done(),
            hello with { Reasoning = "A greeting.", Usage = new(9, 8) });

        yield return new(
            "chat/call",
            Chat().Call(0, "call_1", "get_price", "{\"", "symbol", "\":\"", "BTC", "USDT", "\"}").Finish("tool_calls").Usage(50, 12).Done(),
            calls with { Usage = new(50, 12) });

        yield return new(
            "chat/parallel-calls",
            Chat().Text("Looking.").CallStart(0, "call_1", "get_price").CallArguments(0, """{"symbol":""").CallStart(1, "call_2", "get_news")
                .CallArguments(1, """{"limit":""").CallArguments(0, "\"BTCUSDT\"}").CallArguments(1, "3}").Finish("tool_calls").Done(),
            calls with { Text = "Looking.", Calls = [price, new("call_2", "get_news", """{"limit":3}""")] });

        yield return new(
            "chat/call-without-arguments",
            Chat().CallStart(0, "call_1", "get_time").Finish("tool_calls").Done(),
            calls with { Calls = [new("call_1", "get_time", "")] });

        yield return new(
            "chat/call-with-empty-object",
            Chat().Call(0, "call_1", "get_time", "{}").Finish("tool_calls").Done(),
            calls with { Calls = [new("call_1", "get_time", "{}")] });

        yield return new(
            "chat/mistral-empty-names",
            Chat().CallStart(0, "aB3dE5fG7", "get_price", """{"symbol":""").CallArgumentsWithEmptyName(0, "\"BTC", "USDT\"}")
                .FinishWithUsage("tool_calls", 40, 11).Done(),
            calls with { Calls = [price with { Id = "aB3dE5fG7" }], Usage = new(40, 11) });

        yield return new(
            "chat/groq-whole-call",
            Chat().ReasoningIn("reasoning").Reasoning("A price is asked.").WholeCall(0, "call_1", "get_price", """{"symbol":"BTCUSDT"}""")
                .FinishWithGroqUsage("tool_calls", 70, 21).Done(),
            calls with { Reasoning = "A price is asked.", Usage = new(70, 21) });

        yield return new(
            "chat/xai-usage-beside-reasoning",
            Chat().Reasoning("Hm.").Text("Hello there.").Finish("stop").Usage(new JsonObject
            {
                ["prompt_tokens"] = 12,
                ["completion_tokens"] = 3,
                ["total_tokens"] = 355,
                ["prompt_tokens_details"] = new JsonObject { ["text_tokens"] = 12, ["cached_tokens"] = 11 },
                ["completion_tokens_details"] = new JsonObject { ["reasoning_tokens"] = 340 },
                ["cost_in_usd_ticks"] = 1_721_250,
            }).Done(),
            hello with { Reasoning = "Hm.", Usage = new(12, 343, CacheRead: 11, Reasoning: 340) });

        yield return new(
            "chat/other-choice",
            Chat().Text("Hello").Delta(new JsonObject { ["content"] = "Not this." }, null, 1).Text(" there.")
                .Delta([], "stop", 1).Finish("stop").Done(),
            hello);

        yield return new(
            "chat/refusal",
            Chat().Refusal("I cannot ", "help with that.").Finish("stop").Usage(20, 7).Done(),
            new ExpectedOutcome { Refusal = "I cannot help with that.", FinishReason = "refusal", RawFinishReason = "stop", Usage = new(20, 7) });

        yield return new(
            "chat/length",
            Chat().Text("Hello the").Finish("length").Usage(12, 3).Done(),
            hello with { Text = "Hello the", FinishReason = "length", RawFinishReason = "length", Usage = new(12, 3) });

        yield return new(
            "chat/length-inside-call",
            Chat().Call(0, "call_1", "place_order", """{"side":"buy","quan""").Finish("length").Done(),
            new ExpectedOutcome
            {
                Calls = [new("call_1", "place_order", """{"side":"buy","quan""")],
                FinishReason = "length",
                RawFinishReason = "length",
            });

        yield return new(
            "chat/content-filter",
            Chat().Text("Hello").Finish("content_filter").Done(),
            hello with { Text = "Hello", FinishReason = "content_filter", RawFinishReason = "content_filter" });

        yield return new(
            "chat/error-in-band",
            Chat().Text("Hello").Error("The server had an error.", "server_error"),
            new ExpectedOutcome { Text = "Hello", Error = new("server_error", "The server had an error.") });

        yield return new(
            "chat/error-named-event-then-done",
            Chat().Text("Hello").Error("Rate limit reached.", "rate_limit_error", "rate_limit_exceeded", name: "error").Done(),
            new ExpectedOutcome { Text = "Hello", Error = new("rate_limit_exceeded", "Rate limit reached.") });

        yield return new(
            "chat/error-after-finish-openrouter",
            Chat().ReasoningIn("reasoning").Reasoning("We need").Finish("length").ErrorBesideChoice(400, "Token limit reached").Done(),
            new ExpectedOutcome { Reasoning = "We need", Error = new("400", "Token limit reached") });
    }
}
