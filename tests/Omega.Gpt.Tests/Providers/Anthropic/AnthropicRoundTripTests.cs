using System.Text;
using System.Text.Json;
using static Omega.Gpt.Tests.Providers.Anthropic.AnthropicFixtures;

namespace Omega.Gpt.Tests.Providers.Anthropic;

public sealed class AnthropicRoundTripTests
{
    [Fact]
    public void TwoSteps_ThinkingAndCalls_GoBackByteForByteBeforeTheirResults()
    {
        var body = Encoding.UTF8.GetString(Provider().WriteBody(Request(
            Message.User("Weather in Łódź?"),
            Read(Step).ToMessage(),
            Message.FunctionResults(
                new FunctionResultPart("t.1.0", "get_weather", JsonElement.Parse("""{"celsius":7}""")),
                new FunctionResultPart("t.1.1", "now", JsonElement.Parse("\"noon\""))))));

        // The writer escapes what lies outside the basic plane in text; state is never rewritten.
        Assert.Contains(
            $"\"content\":[{Thinking},{Redacted}," + """
            {"type":"text","text":"I look \uD83D\uDE80."},{"type":"tool_use","id":"t_1_0","name":"get_weather","input":{"city":"Łódź"}},{"type":"tool_use","id":"t_1_1","name":"now","input":{}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"t_1_0","content":"{\"celsius\":7}"},{"type":"tool_result","tool_use_id":"t_1_1","content":"noon"}]}
            """,
            body,
            StringComparison.Ordinal);
    }

    [Fact]
    public void TwoSteps_Thinking_HasTheValuesThatStreamed()
    {
        var block = JsonElement.Parse(Read(Step).Opaque[0].Json);

        Assert.Equal("They ask \"why\"\u2028 é 🚀", block.GetProperty("thinking").GetString());
        Assert.Equal("EqQB+/==", block.GetProperty("signature").GetString());
    }

    [Fact]
    public void TwoSteps_OtherModelOrProvider_LeavesTheStateOut()
    {
        var request = Request(Message.User("Hi"), Read(Step).ToMessage(), Message.User("Go on"));

        Assert.Contains("EqQB", Encoding.UTF8.GetString(Provider().WriteBody(request)), StringComparison.Ordinal);
        Assert.DoesNotContain("EqQB", Encoding.UTF8.GetString(Provider().WriteBody(request with { Model = "claude-opus-4-5" })), StringComparison.Ordinal);
        Assert.DoesNotContain("EqQB", Encoding.UTF8.GetString(Provider("bedrock").WriteBody(request)), StringComparison.Ordinal);
    }
}
