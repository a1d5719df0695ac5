using Omega.Gpt;
using Omega.Gpt.Models;
using Omega.Gpt.Providers;
using Omega.TestKit;
using Xunit.Sdk;

namespace Omega.Live.Tests;

/// <summary>The checks themselves, against a server of ours: they pass what is right and fail what is not.</summary>
public sealed class LiveChecksTests : IAsyncLifetime
{
    private const string Model = "mistral/mistral-small-2603";
    private const string Count = "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20";

    private readonly ModelServer _server = ModelServer.Start();
    private readonly LiveBudget _budget = new(LiveBudget.RunUsd);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private LiveChecks Checks => new(Providers, _budget);

    private ProviderRegistry Providers => ProviderRegistry.Create(name =>
        name.EndsWith("_API_KEY", StringComparison.Ordinal) ? "sk-test" : name.EndsWith("_BASE_URL", StringComparison.Ordinal) ? _server.BaseUrl : null);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData(Model)]
    [InlineData("openai-responses/gpt-6-luna")]
    [InlineData("anthropic/claude-haiku-4-5")]
    public async Task Checks_RightAnswers_PassOverEachWire(string model)
    {
        _server.Enqueue(Text(model, Count), Call(model, """{"city":"Lisbon"}"""), Text(model, "yes"));

        await Checks.StreamingAsync(model, Cancellation);
        await Checks.CallingAsync(model, Cancellation);
        await Checks.UsageAsync(model, Cancellation);

        Assert.Equal(3, _server.Requests.Count);
        Assert.InRange(_budget.Taken, 0.000001m, 0.001m);
    }

    [Fact]
    public async Task Streaming_CutStream_Fails()
    {
        _server.Enqueue(Reply.Stream(ChatCompletionsStream.Create().Text(Count)));

        Assert.Equal(GptErrorKind.StreamInterrupted, (await Assert.ThrowsAsync<GptException>(() => Checks.StreamingAsync(Model, Cancellation))).Kind);
    }

    [Fact]
    public async Task Calling_OtherCity_Fails()
    {
        _server.Enqueue(Call(Model, """{"city":"Porto"}"""));

        await Assert.ThrowsAnyAsync<XunitException>(() => Checks.CallingAsync(Model, Cancellation));
    }

    [Fact]
    public async Task Usage_NotReported_FailsAndKeepsTheReservation()
    {
        _server.Enqueue(Reply.Stream(ChatCompletionsStream.Create().Text("yes").Finish("stop").Done()));

        await Assert.ThrowsAnyAsync<XunitException>(() => Checks.UsageAsync(Model, Cancellation));
        Assert.True(_budget.Taken > 0);
    }

    [Theory]
    [InlineData("1 2 3 4 5 6 7 8 9 10 11 12", true)]
    [InlineData(" 7 8 9 10 11 12", true)]
    [InlineData("Sure! 7 8 9 10 11 12", false)]
    public async Task Continuing_Mistral_PassesOnlyWhatGoesOn(string said, bool passes)
    {
        _server.Enqueue(Reply.Stream(ChatCompletionsStream.Create().Text(said).Finish("stop").Usage(20, 12).Done()));

        var error = await Record.ExceptionAsync(() => Checks.ContinuingAsync(Model, Cancellation));

        Assert.Equal(passes, error is null);
        Assert.True(_server.Requests[0].Json.GetProperty("messages")[1].GetProperty("prefix").GetBoolean());
    }

    [Fact]
    public async Task Checks_BudgetUsedUp_SendNothing()
    {
        var checks = new LiveChecks(Providers, new LiveBudget(0.000001m));

        await Assert.ThrowsAsync<InvalidOperationException>(() => checks.StreamingAsync(Model, Cancellation));
        await Assert.ThrowsAsync<InvalidOperationException>(() => checks.ContinuingAsync(Model, Cancellation));
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public void Reserve_TurnsAndCosts_NeverGoOverTheLimit()
    {
        var model = new ModelInfo { Provider = "acme", Name = "swift", Prices = [new PriceTier { Input = 1, Output = 10 }, new PriceTier { AboveInput = 5, Input = 2, Output = 20 }] };
        var budget = new LiveBudget(0.01m);

        // 500 bytes of shape and 500 of text at $2, 300 tokens at $20: $0.008.
        var reserved = budget.Reserve(model, new string('x', 500), 300);
        Assert.Equal((0.008m, 0.008m), (reserved, budget.Taken));
        Assert.Throws<InvalidOperationException>(() => budget.Reserve(model, new string('x', 500), 300));
        budget.Settle(reserved, new Cost(0.001m, Estimated: false, CostSource.Catalogue));
        Assert.Equal(0.001m, budget.Taken);
        budget.Settle(budget.Reserve(model, new string('x', 500), 300), null);
        Assert.Equal(0.009m, budget.Taken);
    }

    [Fact]
    public void Reserve_UnknownPrice_IsRefused() =>
        Assert.Throws<InvalidOperationException>(() => new LiveBudget(1).Reserve(new ModelInfo { Provider = "acme", Name = "swift" }, "", 1));

    [Fact]
    public void Wires_TheirModels_AreKnownInServiceAndCheap() => Assert.All(LiveWire.All.SelectMany(wire => wire.Models), name =>
    {
        var info = Providers.Identify(name).Info;
        Assert.NotNull(info);
        Assert.NotEqual(ModelLifecycle.Retired, info.Lifecycle);
        // Three turns of the most tokens, and one more for good measure.
        Assert.True(4 * (1000 * info.Prices[^1].Input + 1024 * info.Prices[^1].Output) / 1_000_000m < LiveBudget.RunUsd, name);
    });

    [Fact]
    public void Choose_FirstWithAKey_OrTheOneNamed()
    {
        var providers = ProviderRegistry.Create(name => name == "DEEPSEEK_API_KEY" ? "k" : null);
        Assert.Equal("deepseek/deepseek-flash", LiveWire.All[0].Choose(providers, _ => null));
        Assert.Equal("acme/x", LiveWire.All[0].Choose(providers, name => name == "OMEGA_LIVE_CHAT" ? "acme/x" : null));
        Assert.Null(LiveWire.All[1].Choose(providers, _ => null));
    }

    private static Reply Text(string model, string text)
    {
        var middle = text.Length / 2;
        string[] pieces = text.Length < 4 ? [text] : [text[..middle], text[middle..]];
        return Reply.Stream(model[0] switch
        {
            'm' => ChatCompletionsStream.Create().Text(pieces).Finish("stop").Usage(20, 40).Done(),
            'o' => ResponsesStream.Create().Text(pieces).Complete(20, 40),
            _ => (WireStream)AnthropicStream.Create(input: 20).Text(pieces).Finish("end_turn", 40).Done(),
        });
    }

    private static Reply Call(string model, string arguments) => Reply.Stream(model[0] switch
    {
        'm' => ChatCompletionsStream.Create().WholeCall(0, "c1", "get_weather", arguments).Finish("tool_calls").Usage(20, 40).Done(),
        'o' => ResponsesStream.Create().Call("call_1", "get_weather", arguments).Complete(20, 40),
        _ => (WireStream)AnthropicStream.Create(input: 20).ToolUse("toolu_1", "get_weather", arguments).Finish("tool_use", 40).Done(),
    });
}
