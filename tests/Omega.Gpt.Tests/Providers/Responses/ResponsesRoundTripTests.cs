using System.Text;
using System.Text.Json;
using static Omega.Gpt.Tests.Providers.Responses.ResponsesFixtures;

namespace Omega.Gpt.Tests.Providers.Responses;

public sealed class ResponsesRoundTripTests
{
    [Fact]
    public void TwoSteps_ReasoningAndCall_GoBackByteForByteBeforeTheirResult()
    {
        var first = Read(Step);

        var body = Encoding.UTF8.GetString(Provider().WriteBody(Request(
            Message.User("Weather in Łódź?"),
            first.ToMessage(),
            Message.FunctionResults(new FunctionResultPart("t.1.0", "get_weather", JsonElement.Parse("""{"celsius":7}"""))))));

        const string Expected = ReasoningItem
            + """,{"type":"message","role":"assistant","id":"msg_1","status":"completed","content":[{"type":"output_text","text":"I look 🚀.","annotations":[],"logprobs":[]}],"phase":"commentary"}"""
            + """,{"type":"function_call","call_id":"t_1_0","name":"get_weather","arguments":"{\"city\":\"Łódź\"}"}"""
            + """,{"type":"function_call_output","call_id":"t_1_0","output":"{\"celsius\":7}"}]""";
        // The writer escapes what lies outside the basic plane; as JSON that is the same text, and state is never rewritten.
        Assert.Contains(Expected, body.Replace("\\uD83D\\uDE80", "🚀", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void TwoSteps_OtherModel_LeavesTheStateOut()
    {
        var request = Request(Message.User("Hi"), Read(Step).ToMessage()) with { Model = "gpt-5.8" };

        Assert.DoesNotContain("rs_1", Encoding.UTF8.GetString(Provider().WriteBody(request)), StringComparison.Ordinal);
        Assert.DoesNotContain("msg_1", Encoding.UTF8.GetString(Provider().WriteBody(request)), StringComparison.Ordinal);
    }

    [Fact]
    public void TwoSteps_OtherProvider_LeavesTheStateOut() =>
        Assert.DoesNotContain("rs_1", Encoding.UTF8.GetString(Provider(name: "azure").WriteBody(Request(Message.User("Hi"), Read(Step).ToMessage()))), StringComparison.Ordinal);
}
