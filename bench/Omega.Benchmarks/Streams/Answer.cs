using System.Globalization;
using System.Text;

namespace Omega.Benchmarks.Streams;

/// <summary>One answer of 200 pieces as each wire's servers send it, one array of bytes for each read from the network.</summary>
internal static class Answer
{
    /// <summary>Pieces of text in the answer.</summary>
    public const int Pieces = 200;

    private const string Id = "D8Z5oo6uDh67AD85p73ksdT1KxhE0";
    private const string Item = "msg_0a63f40a2632b74300699f8819a5e08196ac270722d369af5a";

    private static readonly string[] Words = [" the", " price", " of", " Bit", "coin", " has", " risen", ",", " but", " volume", " has not", ".", " A", " close", " above", "\\n\\n", " **70", ",", "000", "**", " would", " confirm"];

    /// <summary>The whole answer's length in characters, for checking that a reader read all of it.</summary>
    public static int Characters { get; } = Enumerable.Range(0, Pieces).Sum(i => Piece(i).Replace("\\n", "\n", StringComparison.Ordinal).Length);

    /// <summary>The answer on a wire.</summary>
    public static byte[][] On(Wire wire) => [.. (wire switch
    {
        Wire.ChatCompletions => ChatCompletions(Pieces),
        Wire.Responses => Responses(),
        _ => Anthropic(),
    }).Select(Encoding.UTF8.GetBytes)];

    /// <summary>An answer of another length, on Chat Completions.</summary>
    public static byte[][] Of(int pieces) => [.. ChatCompletions(pieces).Select(Encoding.UTF8.GetBytes)];

    private static string Piece(int index) => Words[index % Words.Length];

    private static string Padding(int index) => "yhjoJbEFQup1BsQ3"[..(4 + (index % 12))];

    private static IEnumerable<string> ChatCompletions(int pieces)
    {
        const string head = $$"""data: {"id":"chatcmpl-{{Id}}","object":"chat.completion.chunk","created":1770933892,"model":"gpt-4.1-nano-2025-04-14","service_tier":"default","system_fingerprint":"fp_de604bd877",""";
        yield return head + """
            "choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"logprobs":null,"finish_reason":null}],"usage":null,"obfuscation":"Qup1BsQ3"}
            """ + "\n\n";
        for (var i = 0; i < pieces; i++)
            yield return head + $$"""
                "choices":[{"index":0,"delta":{"content":"{{Piece(i)}}"},"logprobs":null,"finish_reason":null}],"usage":null,"obfuscation":"{{Padding(i)}}"}
                """ + "\n\n";
        yield return head + """
            "choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}],"usage":null,"obfuscation":"oKFv"}
            """ + "\n\n";
        yield return head + """
            "choices":[],"usage":{"prompt_tokens":16,"completion_tokens":200,"total_tokens":216,"prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0,"accepted_prediction_tokens":0,"rejected_prediction_tokens":0}},"obfuscation":""}
            """ + "\n\n";
        yield return "data: [DONE]\n\n";
    }

    private static IEnumerable<string> Responses()
    {
        var text = string.Concat(Enumerable.Range(0, Pieces).Select(Piece));
        var number = 0;
        string Event(string type, string fields) => $$"""event: {{type}}{{"\n"}}data: {"type":"{{type}}",{{fields}},"sequence_number":{{(number++).ToString(CultureInfo.InvariantCulture)}}}""" + "\n\n";

        const string response = $$""" "id":"resp_{{Id}}","object":"response","created_at":1772062745,"model":"gpt-5.4-nano","service_tier":"default" """;
        var message = $$"""{"id":"{{Item}}","type":"message","status":"completed","content":[{"type":"output_text","annotations":[],"logprobs":[],"text":"{{text}}"}],"role":"assistant"}""";
        yield return Event("response.created", $$""" "response":{{{response}},"status":"in_progress","output":[],"usage":null}""");
        yield return Event("response.in_progress", $$""" "response":{{{response}},"status":"in_progress","output":[],"usage":null}""");
        yield return Event("response.output_item.added", $$""" "item":{"id":"{{Item}}","type":"message","status":"in_progress","content":[],"role":"assistant"},"output_index":0""");
        yield return Event("response.content_part.added", $$""" "content_index":0,"item_id":"{{Item}}","output_index":0,"part":{"type":"output_text","annotations":[],"logprobs":[],"text":""}""");
        for (var i = 0; i < Pieces; i++)
            yield return Event("response.output_text.delta", $$""" "content_index":0,"delta":"{{Piece(i)}}","item_id":"{{Item}}","logprobs":[],"obfuscation":"{{Padding(i)}}","output_index":0""");
        yield return Event("response.output_text.done", $$""" "content_index":0,"item_id":"{{Item}}","logprobs":[],"output_index":0,"text":"{{text}}" """);
        yield return Event("response.content_part.done", $$""" "content_index":0,"item_id":"{{Item}}","output_index":0,"part":{"type":"output_text","annotations":[],"logprobs":[],"text":"{{text}}"}""");
        yield return Event("response.output_item.done", $$""" "item":{{message}},"output_index":0""");
        yield return Event("response.completed", $$$""" "response":{{{{response}}},"status":"completed","output":[{{{message}}}],"usage":{"input_tokens":16,"input_tokens_details":{"cached_tokens":0},"output_tokens":200,"output_tokens_details":{"reasoning_tokens":0},"total_tokens":216}}""");
    }

    private static IEnumerable<string> Anthropic()
    {
        static string Event(string type, string fields) => $$"""event: {{type}}{{"\n"}}data: {"type":"{{type}}"{{fields}}}""" + "\n\n";

        yield return Event("message_start", $$$""","message":{"model":"claude-sonnet-4-5-20250929","id":"msg_{{{Id}}}","type":"message","role":"assistant","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":12,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":0},"output_tokens":1,"service_tier":"standard"}}""");
        yield return Event("content_block_start", ""","index":0,"content_block":{"type":"text","text":""}""");
        yield return Event("ping", "");
        for (var i = 0; i < Pieces; i++)
            yield return Event("content_block_delta", $$""","index":0,"delta":{"type":"text_delta","text":"{{Piece(i)}}"}""");
        yield return Event("content_block_stop", ""","index":0""");
        yield return Event("message_delta", ""","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"input_tokens":12,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":200}""");
        yield return Event("message_stop", "");
    }
}
