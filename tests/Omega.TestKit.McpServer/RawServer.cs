using System.Text.Json;

namespace Omega.TestKit.Mcp;

/// <summary>
/// A server that speaks the protocol by hand, and wrongly where its script says so: <c>silent</c> never answers, <c>gone</c> ends at
/// once, <c>garbage</c> writes no JSON, <c>schemas</c> lists tools of which most are unusable, <c>endless</c> answers a call with a line
/// that never ends, <c>old</c> speaks the protocol's first version and is sound, <c>pages</c> lists tools page after page without end.
/// </summary>
internal static class RawServer
{
    private const string Tools = """
        [
          {"name": "good", "description": "Stays.", "inputSchema": {"type": "object", "properties": {"n": {"type": "integer"}}}},
          {"name": "text", "inputSchema": {"type": "string"}},
          {"name": "broken", "inputSchema": {"type": "object", "properties": {"n": {"type": "whole"}}}},
          {"name": "elsewhere", "inputSchema": {"type": "object", "properties": {"n": {"$ref": "https://example.com/schema.json"}}}},
          {"name": "bad name!", "inputSchema": {"type": "object"}},
          {"name": "good", "inputSchema": {"type": "object"}},
          {"description": "Has no name.", "inputSchema": {"type": "object"}},
          {"name": "plain", "inputSchema": {"type": "object"}}
        ]
        """;

    public static async Task<int> RunAsync(string script)
    {
        if (script == "gone")
        {
            await Console.Error.WriteLineAsync("no licence found");
            return 3;
        }

        await using var output = Console.OpenStandardOutput();
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var request = JsonElement.Parse(line);
            if (script == "silent" || !request.TryGetProperty("id", out var id))
                continue;
            if (script == "garbage")
            {
                await output.WriteAsync("<html>not found</html>\n"u8.ToArray());
                continue;
            }

            var method = request.GetProperty("method").GetString();
            var answer = (method, script) switch
            {
                ("initialize", _) => """{"protocolVersion": "2024-11-05", "capabilities": {"tools": {}}, "serverInfo": {"name": "raw", "version": "1"}}""",
                ("tools/list", "schemas") => "{\"tools\": " + Tools.ReplaceLineEndings(" ") + "}",
                ("tools/list", "pages") => $$"""{"tools": [{"name": "tool_{{id}}", "inputSchema": {"type": "object"} }], "nextCursor": "more"}""",
                ("tools/list", _) => """{"tools": [{"name": "call", "inputSchema": {"type": "object"}}]}""",
                ("tools/call", "endless") => "",
                ("tools/call", _) => """{"content": [{"type": "text", "text": "{\"answer\": 42}"}]}""",
                _ => null,
            };
            if (answer is null)
                await WriteAsync(output, $$$"""{"jsonrpc": "2.0", "id": {{{id.GetRawText()}}}, "error": {"code": -32601, "message": "no such method"}}""" + "\n");
            else if (answer.Length == 0)
                await WriteForeverAsync(output);
            else
                await WriteAsync(output, $$$"""{"jsonrpc": "2.0", "id": {{{id.GetRawText()}}}, "result": {{{answer}}} }""" + "\n");
        }

        return 0;
    }

    private static async Task WriteForeverAsync(Stream output)
    {
        var piece = new byte[64 * 1024];
        piece.AsSpan().Fill((byte)' ');
        // Until the client has had enough: the pipe breaks.
        while (true)
            await output.WriteAsync(piece);
    }

    private static async Task WriteAsync(Stream output, string text)
    {
        await output.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text));
        await output.FlushAsync();
    }
}
