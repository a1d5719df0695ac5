using System.Text.Json;
using Omega.Gpt.Tests.Providers.Http;
using static Omega.Gpt.Tests.Providers.Responses.ResponsesFixtures;

namespace Omega.Gpt.Tests.Providers.Responses;

/// <summary>Streams of real providers against what a simple reader of their JSON finds in them.</summary>
public sealed class ResponsesRecordedTests
{
    [Fact]
    public void Parse_RecordedStream_GivesWhatItsWholesHold()
    {
        foreach (var (name, bytes) in WireReading.Recorded("responses"))
        {
            var events = WireReading.Events(bytes).ToList();
            var outcome = WireReading.Read(Parser(), bytes);

            Assert.Equal(Strings(events, "response.output_text.done", "text"), outcome.Text);
            Assert.Equal(
                events.Where(json => IsType(json, "response.output_item.done")).Select(json => json.GetProperty("item")).Where(item => IsType(item, "function_call"))
                    .Select(item => (item.GetProperty("name").GetString()!, item.GetProperty("arguments").GetString()!)),
                outcome.Calls);
            var end = events[^1];
            if (IsType(end, "response.completed"))
            {
                Assert.True(outcome.IsFinished, name);
                var usage = end.GetProperty("response").GetProperty("usage");
                Assert.Equal(usage.GetProperty("input_tokens").GetInt64(), outcome.Usage!.Input.Total);
                Assert.Equal(usage.GetProperty("input_tokens_details").GetProperty("cached_tokens").GetInt64(), outcome.Usage.Input.CacheRead);
                Assert.Equal(usage.GetProperty("output_tokens").GetInt64(), outcome.Usage.Output.Total);
                Assert.Equal(usage.GetProperty("output_tokens_details").GetProperty("reasoning_tokens").GetInt64(), outcome.Usage.Output.Reasoning);
                Assert.Equal(outcome.Calls.Count > 0 ? FinishReason.FunctionCalls : FinishReason.Stop, outcome.Finished!.Reason);
            }
            else
            {
                var code = events.First(json => IsType(json, "error")).GetProperty("error").GetProperty("code").GetString();
                Assert.Equal(code == "insufficient_quota" ? GptErrorKind.QuotaExceeded : GptErrorKind.Server, Assert.IsType<GptException>(outcome.Error).Kind);
            }

            Assert.True(outcome.Agrees(WireReading.Read(Parser(), bytes, 1)), $"{name}: byte by byte differs");
        }
    }

    [Fact]
    public void Parse_RecordedPhases_GoBackAroundTheirTexts()
    {
        var (_, bytes) = WireReading.Recorded("responses").First(stream => stream.Name.Contains("phase", StringComparison.Ordinal));
        var done = WireReading.Events(bytes).Where(json => IsType(json, "response.output_item.done")).Select(json => json.GetProperty("item")).ToList();

        var input = WireReading.Body(Provider(), Request(WireReading.Read(Parser(), bytes).ToMessage()))["input"]!.AsArray();

        Assert.Equal(done.Count, input.Count);
        for (var i = 0; i < done.Count; i++)
        {
            Assert.Equal(done[i].GetProperty("id").GetString(), input[i]!["id"]!.GetValue<string>());
            Assert.Equal(done[i].GetProperty("phase").GetString(), input[i]!["phase"]!.GetValue<string>());
            Assert.Equal(done[i].GetProperty("content")[0].GetProperty("text").GetString(), input[i]!["content"]![0]!["text"]!.GetValue<string>());
        }
    }

    private static bool IsType(JsonElement json, string type) => json.GetProperty("type").GetString() == type;

    private static string Strings(IEnumerable<JsonElement> events, string type, string field) =>
        string.Concat(events.Where(json => IsType(json, type)).Select(json => json.GetProperty(field).GetString()));
}
