using System.Text.Json;
using Omega.Gpt.Providers;
using Omega.Gpt.Providers.Offline;
using static Omega.Gpt.Tests.Providers.Offline.OfflineReading;

namespace Omega.Gpt.Tests.Providers.Offline;

public sealed class OfflineCallTests
{
    private static readonly FunctionDefinition Weather = Function("get_weather", "Get the weather in a city",
        """{"type":"object","properties":{"city":{"type":"string"},"unit":{"type":"string","enum":["celsius","fahrenheit"]}},"required":["city"]}""");

    private static readonly FunctionDefinition Parcel = Function("track_parcel", "Track a parcel",
        """{"type":"object","properties":{"parcel_id":{"type":"string","pattern":"^P[0-9]+$"}},"required":["parcel_id"]}""");

    [Fact]
    public async Task StreamAsync_ClearPrompt_StreamsTheCallInPieces()
    {
        var deltas = await AskAsync(Request("What's the weather in Paris?", Weather, Parcel));

        Assert.Equal(("get_weather", """{"city":"Paris"}"""), Assert.Single(deltas.Calls()));
        Assert.True(deltas.OfType<CallArgumentsDelta>().Count() > 1);
        Assert.Equal(new CallEndedDelta(0), deltas[^2]);
        Assert.Equal(new FinishedDelta(FinishReason.FunctionCalls, null), deltas[^1]);
        Assert.Contains("No model wrote", Assert.Single(deltas.OfType<NoticeDelta>()).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task StreamAsync_RequiredValueMissing_AsksAndTakesTheAnswer()
    {
        var request = Request("Track my parcel", Weather, Parcel);
        var question = (await AskAsync(request)).Text();

        Assert.StartsWith("To call track_parcel I need:\n- parcel_id", question, StringComparison.Ordinal);

        var answered = await AskAsync(request with { Messages = [.. request.Messages, Message.Assistant(question), Message.User("It is P123")] });
        Assert.Equal(("track_parcel", """{"parcel_id":"P123"}"""), Assert.Single(answered.Calls()));
    }

    [Theory]
    [InlineData("""{"summary":"It is 18 degrees in Paris.","degrees":18}""", false, "It is 18 degrees in Paris.")]
    [InlineData("""{"temperature_max":18,"is_raining":false}""", false, "get_weather returned temperature max: 18; is raining: no.")]
    [InlineData("\"Sunny all day.\"", false, "Sunny all day.")]
    [InlineData("[1,2,3]", false, "get_weather returned 3 items: 1; 2; 3.")]
    [InlineData("{\"message\":\"no such city\"}", true, "get_weather failed: no such city.")]
    [InlineData("{\"error\":{\"kind\":\"approval_denied\",\"message\":\"get_weather was not run: it was denied: ask me later.\"}}", true, "get_weather was not run: it was denied: ask me later. Nothing was done.")]
    [InlineData("{\"error\":{\"kind\":\"function_execution\",\"message\":\"get_weather failed while it ran.\"}}", true, "get_weather failed while it ran.")]
    public async Task StreamAsync_FunctionResults_AreToldAndNothingIsCalledAgain(string result, bool isError, string sentence)
    {
        var request = Request("What's the weather in Paris?", Weather) with { Options = new GenerationOptions { FunctionChoice = FunctionChoice.Required } };
        var deltas = await AskAsync(request with
        {
            Messages =
            [
                .. request.Messages,
                new Message { Role = Role.Assistant, Parts = [new FunctionCallPart("t.0.0", "get_weather", """{"city":"Paris"}""")] },
                Message.FunctionResults(new FunctionResultPart("t.0.0", "get_weather", JsonElement.Parse(result)) { IsError = isError }),
            ],
        });

        Assert.Empty(deltas.Calls());
        Assert.Equal(sentence + "\n\n" + OfflineProvider.Mark, deltas.Text());
    }

    [Fact]
    public async Task StreamAsync_ChoiceNone_DoesNotCall() =>
        Assert.Empty((await ChooseAsync(FunctionChoice.None, "What's the weather in Paris?")).Calls());

    [Fact]
    public async Task StreamAsync_ChoiceOfAFunction_CallsOrAsksForThatOne()
    {
        Assert.Equal(("track_parcel", """{"parcel_id":"P9"}"""), Assert.Single((await ChooseAsync(FunctionChoice.Function("track_parcel"), "P9 please")).Calls()));
        Assert.StartsWith("To call track_parcel I need", (await ChooseAsync(FunctionChoice.Function("track_parcel"), "What's the weather in Paris?")).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task StreamAsync_ChoiceRequired_AsksWhereItCannotCall() =>
        Assert.StartsWith("To call ", (await ChooseAsync(FunctionChoice.Required, "Why do cats purr?")).Text(), StringComparison.Ordinal);

    [Theory]
    [InlineData("Backtest BTC/USDT with $50,000", """{"symbol":"BTC/USDT","capital":50000}""")]
    [InlineData("Backtest AAPL with a capital of 1.5M and a fee of 3%", """{"symbol":"AAPL","capital":1500000,"fee_percent":3}""")]
    [InlineData("Run a backtest of TSLA, capital 20k, allow shorting", """{"symbol":"TSLA","capital":20000,"allow_shorting":true}""")]
    public async Task StreamAsync_NumbersWithSuffixes_AreReadAsWritten(string prompt, string arguments)
    {
        var backtest = Function("run_backtest", "Backtest a trading strategy on past prices",
            """{"type":"object","properties":{"symbol":{"type":"string","description":"Ticker symbol"},"capital":{"type":"number","description":"Starting money"},"fee_percent":{"type":"number"},"allow_shorting":{"type":"boolean"}},"required":["symbol","capital"]}""");

        Assert.Equal(arguments, Assert.Single((await AskAsync(Request(prompt, backtest, Weather))).Calls()).Arguments);
    }

    private static Task<IReadOnlyList<ModelDelta>> ChooseAsync(FunctionChoice choice, string prompt) =>
        AskAsync(Request(prompt, Weather, Parcel) with { Options = new GenerationOptions { FunctionChoice = choice } });
}
