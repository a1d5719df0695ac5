using Omega.Gpt.Models;
using Omega.Gpt.Providers;
using Omega.Gpt.Providers.Http;
using Omega.Gpt.Providers.Responses;
using Omega.Gpt.Tests.Providers.Http;

namespace Omega.Gpt.Tests.Providers.Responses;

/// <summary>Requests and streams that the tests of this wire share.</summary>
internal static class ResponsesFixtures
{
    public const string Created = """{"type":"response.created","sequence_number":0,"response":{"id":"resp_1","model":"gpt-5.9-2026-10-01","status":"in_progress","output":[]}}""";

    public const string ReasoningItem = """{"id":"rs_1", "type":"reasoning","summary":[{"type":"summary_text","text":"First."},{"type":"summary_text","text":"Then \u00e9."}],"encrypted_content":"gAAA+/=\u003d"}""";

    /// <summary>Reasoning in two parts, a commentary, a function call: all that a step can hold.</summary>
    public static string[] Step =>
    [
        Created,
        """{"type":"response.in_progress","sequence_number":1,"response":{"id":"resp_1","model":"gpt-5.9-2026-10-01"}}""",
        """{"type":"response.output_item.added","sequence_number":2,"output_index":0,"item":{"id":"rs_1","type":"reasoning","summary":[],"encrypted_content":"gA"}}""",
        """{"type":"response.reasoning_summary_part.added","sequence_number":3,"item_id":"rs_1","output_index":0,"summary_index":0,"part":{"type":"summary_text","text":""}}""",
        """{"type":"response.reasoning_summary_text.delta","sequence_number":4,"item_id":"rs_1","output_index":0,"summary_index":0,"delta":"Fir"}""",
        """{"type":"response.reasoning_summary_text.delta","sequence_number":5,"item_id":"rs_1","output_index":0,"summary_index":0,"delta":"st."}""",
        """{"type":"response.reasoning_summary_text.done","sequence_number":6,"item_id":"rs_1","output_index":0,"summary_index":0,"text":"First."}""",
        """{"type":"response.reasoning_summary_text.delta","sequence_number":7,"item_id":"rs_1","output_index":0,"summary_index":1,"delta":"Then é."}""",
        $$"""{"type":"response.output_item.done","sequence_number":8,"output_index":0,"item":{{ReasoningItem}}}""",
        """{"type":"response.output_item.added","sequence_number":9,"output_index":1,"item":{"id":"msg_1","type":"message","status":"in_progress","content":[],"phase":"commentary","role":"assistant"}}""",
        """{"type":"response.content_part.added","sequence_number":10,"item_id":"msg_1","output_index":1,"content_index":0,"part":{"type":"output_text","annotations":[],"text":""}}""",
        """{"type":"response.output_text.delta","sequence_number":11,"item_id":"msg_1","output_index":1,"content_index":0,"delta":"I lo","logprobs":[],"obfuscation":"x"}""",
        """{"type":"response.output_text.delta","sequence_number":12,"item_id":"msg_1","output_index":1,"content_index":0,"delta":"ok 🚀."}""",
        """{"type":"response.output_text.done","sequence_number":13,"item_id":"msg_1","output_index":1,"content_index":0,"text":"I look 🚀."}""",
        """{"type":"response.content_part.done","sequence_number":14,"item_id":"msg_1","output_index":1,"content_index":0,"part":{"type":"output_text","text":"I look 🚀."}}""",
        """{"type":"response.output_item.done","sequence_number":15,"output_index":1,"item":{"id":"msg_1","type":"message","status":"completed","content":[{"type":"output_text","text":"I look 🚀."}],"phase":"commentary","role":"assistant"}}""",
        """{"type":"response.output_item.added","sequence_number":16,"output_index":2,"item":{"id":"fc_1","type":"function_call","status":"in_progress","arguments":"","call_id":"call_9","name":"get_weather"}}""",
        """{"type":"response.function_call_arguments.delta","sequence_number":17,"item_id":"fc_1","output_index":2,"delta":"{\"city\":"}""",
        """{"type":"response.function_call_arguments.delta","sequence_number":18,"item_id":"fc_1","output_index":2,"delta":"\"Łódź\"}"}""",
        """{"type":"response.function_call_arguments.done","sequence_number":19,"item_id":"fc_1","output_index":2,"arguments":"{\"city\":\"Łódź\"}"}""",
        """{"type":"response.output_item.done","sequence_number":20,"output_index":2,"item":{"id":"fc_1","type":"function_call","status":"completed","arguments":"{\"city\":\"Łódź\"}","call_id":"call_9","name":"get_weather"}}""",
        $$$$"""{"type":"response.completed","sequence_number":21,"response":{"id":"resp_1","status":"completed","output":[{{{{ReasoningItem}}}},{"id":"msg_1","type":"message","content":[{"type":"output_text","text":"I look 🚀."}]},{"id":"fc_1","type":"function_call","status":"completed","arguments":"{\"city\":\"Łódź\"}","call_id":"call_9","name":"get_weather"}],"usage":{"input_tokens":100,"input_tokens_details":{"cached_tokens":60,"cache_write_tokens":10},"output_tokens":50,"output_tokens_details":{"reasoning_tokens":20},"total_tokens":150}}}""",
    ];

    public static ModelInfo Reasoner { get; } = new() { Provider = "openai", Name = "gpt-5.9", Capabilities = new ModelCapabilities { Reasoning = true } };

    public static ResponsesProvider Provider(bool isOpenAI = true, string name = "openai") =>
        new(new WireOptions { Name = name, BaseUrl = "http://memory.invalid/v1", IsOpenAI = isOpenAI });

    public static ModelRequest Request(params Message[] messages) => new() { Model = "gpt-5.9", Messages = messages };

    public static ResponsesParser Parser() => new("openai", "gpt-5.9", "req_1");

    /// <summary>What events give; a stream that does not begin with <c>response.created</c> gets one.</summary>
    public static WireOutcome Read(params string[] events) => WireReading.Read(Parser(), WireReading.Stream(events));

    public static string Completed(string output = "[]", string more = "") =>
        $$$"""{"type":"response.completed","response":{"id":"resp_1","status":"completed","output":{{{output}}}{{{more}}}}}""";
}
