using System.ClientModel;
using System.ClientModel.Primitives;
using BenchmarkDotNet.Attributes;
using OpenAI.Responses;

namespace Omega.Benchmarks.Streams;

/// <summary>OpenAI Responses, with the official client beside it.</summary>
public class ResponsesStreamBenchmarks : StreamBenchmarks
{
    private readonly ResponsesClient _official;

    public ResponsesStreamBenchmarks()
        : base(Wire.Responses) => _official = new ResponsesClient(
            new ApiKeyCredential("no-key"),
            new ResponsesClientOptions { Endpoint = new Uri("http://memory.invalid/v1"), Transport = new HttpClientPipelineTransport(Client) });

    [Benchmark]
    public async Task<int> OfficialClient()
    {
        var characters = 0;
        await foreach (var update in _official.CreateResponseStreamingAsync("m", Prompt).ConfigureAwait(false))
        {
            if (update is StreamingResponseOutputTextDeltaUpdate text)
                characters += text.Delta.Length;
        }

        return Check(characters);
    }
}
