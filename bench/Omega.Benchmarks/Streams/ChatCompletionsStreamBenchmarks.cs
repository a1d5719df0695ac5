using System.ClientModel;
using System.ClientModel.Primitives;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.AI;
using Omega.Gpt;
using OpenAI;
using OpenAI.Chat;

namespace Omega.Benchmarks.Streams;

/// <summary>Chat Completions, with what the log costs, the official client, and its adapter of Microsoft.Extensions.AI beside it.</summary>
public class ChatCompletionsStreamBenchmarks : StreamBenchmarks
{
    private readonly ChatClient _official;
    private readonly IChatClient _adapter;
    private string _home = "";
    private RealTimeGpt? _stored;

    public ChatCompletionsStreamBenchmarks()
        : base(Wire.ChatCompletions)
    {
        var options = new OpenAIClientOptions { Endpoint = new Uri("http://memory.invalid/v1"), Transport = new HttpClientPipelineTransport(Client) };
        _official = new ChatClient("m", new ApiKeyCredential("no-key"), options);
        _adapter = _official.AsIChatClient();
    }

    [GlobalSetup(Target = nameof(PromptToEventsWithLog))]
    public void CreateHome()
    {
        _home = Directory.CreateTempSubdirectory("omega-bench-").FullName;
        _stored = Gpt(new FileConversationStore(_home));
    }

    [GlobalCleanup(Target = nameof(PromptToEventsWithLog))]
    public void DeleteHome() => Directory.Delete(_home, recursive: true);

    [Benchmark]
    public Task<int> PromptToEventsWithLog() => RunAsync(_stored!);

    [Benchmark]
    public async Task<int> OfficialClient()
    {
        var characters = 0;
        await foreach (var update in _official.CompleteChatStreamingAsync([new UserChatMessage(Prompt)]).ConfigureAwait(false))
        {
            foreach (var part in update.ContentUpdate)
                characters += part.Text.Length;
        }

        return Check(characters);
    }

    [Benchmark]
    public async Task<int> OfficialAdapter()
    {
        var characters = 0;
        await foreach (var update in _adapter.GetStreamingResponseAsync(Prompt).ConfigureAwait(false))
            characters += update.Text.Length;
        return Check(characters);
    }
}
