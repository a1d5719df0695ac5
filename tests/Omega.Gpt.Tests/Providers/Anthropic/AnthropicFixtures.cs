using Omega.Gpt.Models;
using Omega.Gpt.Providers;
using Omega.Gpt.Providers.Anthropic;
using Omega.Gpt.Providers.Http;
using Omega.Gpt.Tests.Providers.Http;

namespace Omega.Gpt.Tests.Providers.Anthropic;

/// <summary>Requests and streams that the tests of this wire share.</summary>
internal static class AnthropicFixtures
{
    public const string Started = """{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5-20250929","content":[],"stop_reason":null,"usage":{"input_tokens":12,"cache_creation_input_tokens":30,"cache_read_input_tokens":100,"output_tokens":1}}}""";

    public const string Stopped = """{"type":"message_stop"}""";

    public const string Redacted = """{"type":"redacted_thinking",  "data":"EmwK\u002b/=="}""";

    /// <summary>Thinking, redacted thinking, text and two calls: all that a step can hold.</summary>
    public static string[] Step =>
    [
        Started,
        """{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}""",
        """{"type":"ping"}""",
        """{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"They ask \"why"}}""",
        """{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"\"\u2028 é 🚀"}}""",
        """{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"EqQB+/=="}}""",
        """{"type":"content_block_stop","index":0}""",
        $$"""{"type":"content_block_start","index":1,"content_block":{{Redacted}}}""",
        """{"type":"content_block_stop","index":1}""",
        """{"type":"content_block_start","index":2,"content_block":{"type":"text","text":""}}""",
        """{"type":"content_block_delta","index":2,"delta":{"type":"text_delta","text":"I lo"}}""",
        """{"type":"content_block_delta","index":2,"delta":{"type":"citations_delta","citation":{"type":"char_location"}}}""",
        """{"type":"content_block_delta","index":2,"delta":{"type":"text_delta","text":"ok 🚀."}}""",
        """{"type":"content_block_stop","index":2}""",
        """{"type":"content_block_start","index":3,"content_block":{"type":"tool_use","id":"toolu_1","name":"get_weather","input":{}}}""",
        """{"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":""}}""",
        """{"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":"{\"city\":"}}""",
        """{"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":"\"Łódź\"}"}}""",
        """{"type":"content_block_stop","index":3}""",
        """{"type":"content_block_start","index":4,"content_block":{"type":"tool_use","id":"toolu_2","name":"now","input":{}}}""",
        """{"type":"content_block_stop","index":4}""",
        """{"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":89}}""",
        Stopped,
    ];

    /// <summary>The thinking block of <see cref="Step"/>, as it goes back.</summary>
    public const string Thinking = "{\"type\":\"thinking\",\"thinking\":\"They ask \\\"why\\\"\\u2028 é \\uD83D\\uDE80\",\"signature\":\"EqQB+/==\"}";

    public static AnthropicProvider Provider(string name = "anthropic") => new(new WireOptions { Name = name, BaseUrl = "http://memory.invalid/v1" });

    public static ModelRequest Request(params Message[] messages) => new() { Model = "claude-sonnet-4-5", Messages = messages, Options = NoCache };

    public static GenerationOptions NoCache { get; } = new() { PromptCaching = PromptCaching.Off };

    public static ModelInfo Info(int? maxOutput = null, bool jsonSchema = true) =>
        new() { Provider = "anthropic", Name = "claude-sonnet-4-5", MaxOutput = maxOutput, Capabilities = new ModelCapabilities { Reasoning = true, JsonSchema = jsonSchema } };

    public static AnthropicParser Parser() => new("anthropic", "claude-sonnet-4-5", "req_1");

    public static WireOutcome Read(params string[] events) => WireReading.Read(Parser(), WireReading.Stream(events));

    public static string Ended(string reason, string more = "") => $$$"""{"type":"message_delta","delta":{"stop_reason":"{{{reason}}}"{{{more}}}},"usage":{"output_tokens":5}}""";

    public static Message Answer(params Part[] parts) => new() { Role = Role.Assistant, Parts = parts };
}
