using System.Text.Json.Nodes;

namespace Omega.TestKit;

/// <summary>Answers that give back what the request was sent with: the key in every place where a server can put it.</summary>
public static class EchoingServer
{
    public static readonly IReadOnlyDictionary<string, Func<ReceivedRequest, Reply>> Answers = new Dictionary<string, Func<ReceivedRequest, Reply>>(StringComparer.Ordinal)
    {
        ["text"] = request => Stream(stream => stream.Text("You are ", Key(request), ", are you?")),
        ["text in pieces"] = request => Stream(stream => stream.Text([.. Key(request).Chunk(3).Select(piece => new string(piece))]).Text(" it was.")),
        ["reasoning"] = request => Stream(stream => stream.Reasoning("The key is ", Key(request)[..10], Key(request)[10..], ".").Text("Hm.")),
        ["call"] = request => Reply.Stream(ChatCompletionsStream.Create().Call(0, "call_1", "note", "{\"text\":\"", Key(request)[..9], Key(request)[9..], "\"}").Finish("tool_calls").Done()),
        ["ids"] = request => Reply.Stream(ChatCompletionsStream.Create($"model-{Key(request)}", $"id-{Key(request)}").Text("Hm.").Finish("stop").Done()).WithHeader("x-request-id", $"req-{Key(request)}"),
        ["finish reason"] = request => Reply.Stream(ChatCompletionsStream.Create().Text("Hm.").Finish($"stop {Key(request)}").Done()),
        ["401"] = request => Reply.OpenAIError(401, $"Incorrect API key provided: {Key(request)}.", code: "invalid_api_key").WithHeader("x-request-id", Key(request)),
        ["429"] = request => Reply.OpenAIError(429, $"Slow down, {Key(request)} ({request.Target}).", code: "rate_limit_exceeded"),
        ["500"] = request => Reply.Document("text/html", System.Text.Encoding.UTF8.GetBytes($"<html>{string.Join("<br>", request.Headers)} {request.Target}</html>"), 500),
        ["redirect"] = request => Reply.Redirect($"https://elsewhere.invalid/?key={Key(request)}"),
        ["another type"] = request => Reply.Document($"text/{Key(request)}", System.Text.Encoding.UTF8.GetBytes(Key(request))),
        ["error in the stream"] = request => Reply.Stream(ChatCompletionsStream.Create().Text("Hm.").Error($"No more for {Key(request)}.")),
        ["no JSON"] = request => Reply.Open().Send($"data: {Key(request)} {request.Target}\n\n"),
        ["no SSE"] = request => Reply.Open().Send($"{new string('x', 100)}{Key(request)}").End(BodyEnd.CloseWithoutLastChunk),
        ["bad status line"] = request => Reply.Raw($"HTTP/1.1 {Key(request)}\r\n\r\n"),
        ["bad header"] = request => Reply.Raw($"HTTP/1.1 200 OK\r\n{Key(request)}\r\n\r\n"),
        ["cut"] = request => Reply.Stream(ChatCompletionsStream.Create().Text("Hm. ", Key(request)[..^1])).End(BodyEnd.Reset),
        ["raw JSON"] = request => Reply.Json(new JsonObject { ["message"] = Key(request), ["echo"] = request.Target }, 400),
    };

    public static string Key(ReceivedRequest request) => request.Header("Authorization")!["Bearer ".Length..];

    private static Reply Stream(Func<ChatCompletionsStream, ChatCompletionsStream> write) => Reply.Stream(write(ChatCompletionsStream.Create()).Finish("stop").Done());
}
