using System.Text;
using System.Text.Json;
using Omega.Gpt.Providers;
using Omega.Gpt.Tests.Providers.Http;
using Omega.TestKit;

namespace Omega.Gpt.Tests.Providers.ChatCompletions;

/// <summary>Streams of real providers against what a simple reader of their JSON finds in them.</summary>
public sealed class ChatCompletionsRecordedTests
{
    [Fact]
    public void Parse_RecordedStream_GivesWhatItsJsonHolds()
    {
        Assert.SkipUnless(RecordedStreams.Available, RecordedStreams.WhyNot);
        foreach (var stream in RecordedStreams.All.Where(stream => stream.Wire == Wire.ChatCompletions))
        {
            var outcome = WireReading.Read(ChatCompletionsFixtures.Parser(), stream.Bytes);
            var expected = new SimpleReading(stream.Bytes);

            Assert.Equal(expected.Text.ToString(), outcome.Text);
            Assert.Equal(expected.Reasoning.ToString(), outcome.Reasoning);
            Assert.Equal(expected.Calls.Values.Select(call => (call.Name, call.Arguments.ToString())), outcome.Calls);
            if (expected.Error is { } error)
            {
                Assert.Equal($"test: {error.GetProperty("message").GetString()}", Assert.IsType<GptException>(outcome.Error).Message);
                Assert.False(outcome.IsFinished, stream.Name);
            }
            else
            {
                Assert.Null(outcome.Error);
                Assert.Equal(expected.Finish, outcome.Finished!.Raw);
            }

            AssertUsage(expected.Usage!.Value, Assert.Single(outcome.Deltas.OfType<UsageDelta>()));
        }
    }

    [Fact]
    public void Parse_RecordedStreamInOddReads_GivesTheSame()
    {
        Assert.SkipUnless(RecordedStreams.Available, RecordedStreams.WhyNot);
        foreach (var stream in RecordedStreams.All.Where(stream => stream.Wire == Wire.ChatCompletions))
        {
            var whole = WireReading.Read(ChatCompletionsFixtures.Parser(), stream.Bytes);
            foreach (var sizes in new int[][] { [1], [7, 100, 3], [1000] })
                Assert.True(WireReading.Read(ChatCompletionsFixtures.Parser(), stream.Bytes, sizes).Agrees(whole), $"{stream} in reads of {string.Join(", ", sizes)}");
        }
    }

    private static void AssertUsage(JsonElement usage, UsageDelta read)
    {
        var prompt = usage.GetProperty("prompt_tokens").GetInt64();
        var completion = usage.GetProperty("completion_tokens").GetInt64();
        var reasoning = usage.GetProperty("completion_tokens_details").GetProperty("reasoning_tokens").GetInt64();
        var isApart = usage.GetProperty("total_tokens").GetInt64() == prompt + completion + reasoning;
        Assert.Equal(prompt, read.Usage.Input.Total);
        Assert.Equal(usage.GetProperty("prompt_tokens_details").GetProperty("cached_tokens").GetInt64(), read.Usage.Input.CacheRead);
        Assert.Equal(isApart ? completion + reasoning : completion, read.Usage.Output.Total);
        Assert.Equal(reasoning, read.Usage.Output.Reasoning);
        decimal? cost = usage.TryGetProperty("cost_in_usd_ticks", out var ticks) ? ticks.GetDecimal() / 10_000_000_000m
            : usage.TryGetProperty("cost", out var usd) ? usd.GetDecimal() : null;
        Assert.Equal(cost, read.BilledUsd);
    }

    /// <summary>The whole stream as documents, with no care for anything but these recordings.</summary>
    private sealed class SimpleReading
    {
        public SimpleReading(byte[] stream)
        {
            var lines = Encoding.UTF8.GetString(stream).Split('\n').Where(line => line.StartsWith("data: {", StringComparison.Ordinal));
            foreach (var chunk in lines.Select(line => JsonElement.Parse(line["data: ".Length..])))
            {
                if (chunk.TryGetProperty("error", out var error))
                    Error = error;
                if (chunk.TryGetProperty("usage", out var usage) && usage.ValueKind == JsonValueKind.Object)
                    Usage = usage;
                foreach (var choice in chunk.GetProperty("choices").EnumerateArray())
                    Add(choice);
            }
        }

        public StringBuilder Text { get; } = new();

        public StringBuilder Reasoning { get; } = new();

        public SortedDictionary<int, (string Name, StringBuilder Arguments)> Calls { get; } = [];

        public string? Finish { get; private set; }

        public JsonElement? Usage { get; private set; }

        public JsonElement? Error { get; private set; }

        private void Add(JsonElement choice)
        {
            Finish = String(choice, "finish_reason") ?? Finish;
            var delta = choice.GetProperty("delta");
            Text.Append(String(delta, "content"));
            Reasoning.Append(String(delta, "reasoning_content") ?? String(delta, "reasoning"));
            if (!delta.TryGetProperty("tool_calls", out var calls))
                return;
            foreach (var call in calls.EnumerateArray())
            {
                var index = call.GetProperty("index").GetInt32();
                if (!Calls.ContainsKey(index))
                    Calls[index] = (call.GetProperty("function").GetProperty("name").GetString()!, new StringBuilder());
                Calls[index].Arguments.Append(String(call.GetProperty("function"), "arguments"));
            }
        }

        private static string? String(JsonElement json, string name) =>
            json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }
}
