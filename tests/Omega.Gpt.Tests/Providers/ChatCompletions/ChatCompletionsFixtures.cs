using System.Text;
using Omega.Gpt.Models;
using Omega.Gpt.Providers;
using Omega.Gpt.Providers.ChatCompletions;
using Omega.Gpt.Providers.Http;
using Omega.Gpt.Tests.Providers.Http;

namespace Omega.Gpt.Tests.Providers.ChatCompletions;

/// <summary>Requests and streams that the tests of this wire share.</summary>
internal static class ChatCompletionsFixtures
{
    public const string Done = "[DONE]";

    public static ModelInfo Reasoner { get; } = new() { Provider = "test", Name = "m", Capabilities = new ModelCapabilities { Reasoning = true } };

    public static ChatCompletionsProvider Provider(bool isOpenAI = false, CallIdStyle ids = CallIdStyle.Default) =>
        new(new WireOptions { Name = "test", BaseUrl = "http://memory.invalid/v1", IsOpenAI = isOpenAI, CallIds = ids });

    public static ModelRequest Request(params Message[] messages) => new() { Model = "m", Messages = messages };

    public static ModelRequest Hi(GenerationOptions options) => Request(Message.User("Hi")) with { Options = options };

    public static ChatCompletionsParser Parser(bool acceptMissingDone = false) => new("test", "m", "req_1", acceptMissingDone);

    public static WireOutcome Read(params string[] events) => WireReading.Read(Parser(), Stream(events));

    public static byte[] Stream(params string[] events) => Encoding.UTF8.GetBytes(string.Concat(events.Select(data => $"data: {data}\n\n")));

    /// <summary>A chunk whose choice 0 holds this delta.</summary>
    public static string Chunk(string delta, string? finish = null) =>
        $$$"""{"id":"c_1","model":"m-2026","choices":[{"index":0,"delta":{{{delta}}},"finish_reason":{{{(finish is null ? "null" : $"\"{finish}\"")}}}}]}""";

    public static string Text(string text) => Chunk($$"""{"content":"{{text}}"}""");

    public static string Finish(string reason = "stop") => Chunk("{}", reason);

    public static string Calls(params string[] calls) => Chunk($$"""{"tool_calls":[{{string.Join(',', calls)}}]}""");

    public static string Tokens(string usage) => $$"""{"id":"c_1","model":"m-2026","choices":[],"usage":{{usage}}}""";

    public static Message Answer(params Part[] parts) => new() { Role = Role.Assistant, Parts = parts };
}
