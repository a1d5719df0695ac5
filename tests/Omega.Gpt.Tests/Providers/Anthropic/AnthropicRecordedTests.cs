using System.Text.Json;
using Omega.Gpt.Tests.Providers.Http;
using static Omega.Gpt.Tests.Providers.Anthropic.AnthropicFixtures;

namespace Omega.Gpt.Tests.Providers.Anthropic;

/// <summary>Streams of real providers against what a simple reader of their JSON finds in them.</summary>
public sealed class AnthropicRecordedTests
{
    [Fact]
    public void Parse_RecordedStream_GivesWhatItsEventsHold()
    {
        foreach (var (name, bytes) in WireReading.Recorded("anthropic"))
        {
            var events = WireReading.Events(bytes).ToList();
            var outcome = WireReading.Read(Parser(), bytes);

            Assert.True(outcome.IsFinished, name);
            Assert.Equal(string.Concat(Deltas(events, "text_delta", "text").Select(delta => delta.Value)), outcome.Text);
            var calls = events.Where(json => IsType(json, "content_block_start") && IsType(json.GetProperty("content_block"), "tool_use"));
            Assert.Equal(
                calls.Select(json => (
                    json.GetProperty("content_block").GetProperty("name").GetString()!,
                    string.Concat(Deltas(events, "input_json_delta", "partial_json").Where(delta => delta.Index == json.GetProperty("index").GetInt32()).Select(delta => delta.Value)))),
                outcome.Calls);

            var end = events.Single(json => IsType(json, "message_delta"));
            var usage = end.GetProperty("usage");
            Assert.Equal(usage.GetProperty("output_tokens").GetInt64(), outcome.Usage!.Output.Total);
            Assert.Equal(usage.GetProperty("input_tokens").GetInt64(), outcome.Usage.Input.Uncached);
            Assert.Null(outcome.Usage.Output.Reasoning);
            Assert.Equal(end.GetProperty("delta").GetProperty("stop_reason").GetString(), outcome.Finished!.Raw);
            if (outcome.Finished.Reason == FinishReason.Refusal)
                Assert.Equal(end.GetProperty("delta").GetProperty("stop_details").GetProperty("explanation").GetString(), outcome.Refusal);

            Assert.True(outcome.Agrees(WireReading.Read(Parser(), bytes, 1)), $"{name}: byte by byte differs");
        }
    }

    private static bool IsType(JsonElement json, string type) => json.GetProperty("type").GetString() == type;

    private static IEnumerable<(int Index, string Value)> Deltas(IEnumerable<JsonElement> events, string type, string field) => events
        .Where(json => IsType(json, "content_block_delta") && IsType(json.GetProperty("delta"), type))
        .Select(json => (json.GetProperty("index").GetInt32(), json.GetProperty("delta").GetProperty(field).GetString()!));
}
