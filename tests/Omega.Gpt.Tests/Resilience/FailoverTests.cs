using Omega.Gpt.Models;
using Omega.Gpt.Tests.Turns;
using static Omega.Gpt.Tests.Functions.TestFunctions;
using static Omega.Gpt.Tests.Turns.ScriptedProvider;

namespace Omega.Gpt.Tests.Resilience;

public sealed class FailoverTests
{
    private static readonly GptPipelineOptions Options = ScriptRig.Options with { Fallbacks = ["second/m2", "third/m3"] };

    [Theory]
    [InlineData(GptErrorKind.Authentication, true)]
    [InlineData(GptErrorKind.Permission, true)]
    [InlineData(GptErrorKind.QuotaExceeded, true)]
    [InlineData(GptErrorKind.ModelNotFound, true)]
    [InlineData(GptErrorKind.ContextWindowExceeded, true)]
    [InlineData(GptErrorKind.BadRequest, false)]
    [InlineData(GptErrorKind.ContentFilter, false)]
    [InlineData(GptErrorKind.BudgetExceeded, false)]
    public async Task Failure_ThatNoRetryMends_IsAskedOnceAndGoesOnWhereAnotherModelMayAnswer(GptErrorKind kind, bool goesOn)
    {
        var (first, second) = (new ScriptedProvider(Breaks(ScriptRig.Failure(kind))), new ScriptedProvider(Answers("ok")));
        var rig = new ScriptRig(Options, first, second);

        var (events, error) = await rig.AskAsync();

        Assert.Equal((1, goesOn ? 1 : 0), (first.Requests.Count, second.Requests.Count));
        Assert.Equal(goesOn ? null : kind, (error as GptException)?.Kind);
        Assert.Equal(goesOn, events.Any(gptEvent => gptEvent is ModelSwitchedEvent { From: "first/m1", To: "second/m2" }));
    }

    [Fact]
    public async Task Candidate_ThatCannotTakeTheRequest_IsPassedOver()
    {
        var blind = new ModelInfo { Provider = "second", Name = "m2", Capabilities = new ModelCapabilities { Images = false } };
        var (second, third) = (new ScriptedProvider(Answers("no")), new ScriptedProvider(Answers("yes")));
        var rig = new ScriptRig(Options, new ScriptedProvider(Breaks(ScriptRig.Failure(GptErrorKind.QuotaExceeded))), second, third, [blind]);
        var picture = new Message { Role = Role.User, Parts = [new TextPart("What is it?"), new ImagePart { Url = "https://example.com/a.png" }] };

        var (events, _) = await rig.AskAsync(input: picture);

        Assert.Empty(second.Requests);
        Assert.Equal(("yes", "third"), (((TurnCompletedEvent)events[^1]).Text, ((TurnCompletedEvent)events[^1]).Provider));
    }

    [Fact]
    public async Task Candidate_ThatCannotBeHeldToTheSchema_IsPassedOver()
    {
        var loose = new ModelInfo { Provider = "second", Name = "m2", Capabilities = new ModelCapabilities { JsonSchema = false } };
        var (second, third) = (new ScriptedProvider(), new ScriptedProvider(Answers("{}")));
        var rig = new ScriptRig(Options, new ScriptedProvider(Breaks(ScriptRig.Failure(GptErrorKind.QuotaExceeded))), second, third, [loose]);

        var (events, _) = await rig.AskAsync(new TurnOptions { ResponseFormat = ResponseFormat.JsonSchema("a", Json("""{"type":"object"}""")) });

        Assert.Equal("third", ((TurnCompletedEvent)events[^1]).Provider);
    }

    [Fact]
    public async Task Option_ThatTheOtherModelDoesNotTake_IsLeftOutAndSaid()
    {
        var cool = new ModelInfo { Provider = "second", Name = "m2", Capabilities = new ModelCapabilities { Temperature = false } };
        var second = new ScriptedProvider(Answers("ok"));
        var rig = new ScriptRig(Options, new ScriptedProvider(Breaks(ScriptRig.Failure(GptErrorKind.QuotaExceeded))), second, infos: [cool]);

        var (events, _) = await rig.AskAsync(new TurnOptions { Temperature = 0.5, MaxTokens = 10 });

        Assert.Equal((null, 10, "m2"), (second.Requests[0].Options.Temperature, second.Requests[0].Options.MaxTokens, second.Requests[0].Model));
        Assert.Contains(events, gptEvent => gptEvent is NoticeEvent { Code: OptionCheck.IgnoredCode });
    }

    [Fact]
    public async Task ContextExceeded_GoesToALargerModelOnly()
    {
        ModelInfo Sized(string provider, string name, int context) => new() { Provider = provider, Name = name, Context = context };
        var (second, third) = (new ScriptedProvider(), new ScriptedProvider(Answers("ok")));
        var rig = new ScriptRig(Options, new ScriptedProvider(Breaks(ScriptRig.Failure(GptErrorKind.ContextWindowExceeded))), second, third, [Sized("first", "m1", 1000), Sized("second", "m2", 1000), Sized("third", "m3", 2000)]);

        var (events, _) = await rig.AskAsync();

        Assert.Equal("third", ((TurnCompletedEvent)events[^1]).Provider);
    }

    [Theory]
    // "hello" is one token, as is each " hello": 900 of them have 5,399 characters, too few for a rule of eight characters a token.
    [InlineData("o200k_base", 900, 1000, "second")]
    [InlineData("o200k_base", 900, 800, "third")]
    [InlineData(null, 900, 800, "second")] // an estimate within its margin: the model itself will say
    [InlineData(null, 900, 700, "third")]
    public async Task Request_ThatDoesNotFit_PassesTheModelOverByItsTokens(string? tokenizer, int words, int context, string answers)
    {
        var failing = new ScriptedProvider(Breaks(ScriptRig.Failure(GptErrorKind.QuotaExceeded)));
        var small = new ModelInfo { Provider = "second", Name = "m2", Context = context, Tokenizer = tokenizer };
        var rig = new ScriptRig(Options, failing, new ScriptedProvider(Answers("ok")), new ScriptedProvider(Answers("ok")), [small]);

        var (events, _) = await rig.AskAsync(input: Message.User(string.Join(' ', Enumerable.Repeat("hello", words))));

        Assert.Equal(answers, ((TurnCompletedEvent)events[^1]).Provider);
    }

    [Fact]
    public async Task Fallback_ThatIsTooSmall_IsNamedWithItsTokens()
    {
        var small = new ModelInfo { Provider = "second", Name = "m2", Context = 100 };
        var rig = new ScriptRig(Options with { Fallbacks = ["second/m2"] }, new ScriptedProvider(Breaks(ScriptRig.Failure(GptErrorKind.QuotaExceeded))), new ScriptedProvider(), infos: [small]);

        var (_, error) = await rig.AskAsync(input: Message.User(string.Join(' ', Enumerable.Repeat("hello", 900))));

        Assert.Contains("the messages do not fit its context: ~907 of 100 tokens", error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Turn_StaysWithTheModelThatServedItsStep_AndTheNextTurnBeginsWithTheFirst()
    {
        var first = new ScriptedProvider(Breaks(ScriptRig.Failure(GptErrorKind.QuotaExceeded)), Answers("first again"));
        var second = new ScriptedProvider(Writes(("price", "{\"symbol\":\"BTC\"}")), Answers("done"));
        var rig = new ScriptRig(Options, first, second);

        var (events, _) = await rig.AskAsync(new TurnOptions { Functions = new FunctionSet(Counting("price", [])) });
        var (later, _) = await rig.AskAsync();

        Assert.Equal(("done", "second", 2), (((TurnCompletedEvent)events[^1]).Text, ((TurnCompletedEvent)events[^1]).Provider, second.Requests.Count));
        Assert.Equal("first again", Turn.TextOf(later));
    }

    [Fact]
    public async Task AllFail_SaysWhoWasAskedAndWhoWasNot()
    {
        var rig = new ScriptRig(
            ScriptRig.Options with { Fallbacks = ["second/m2", "nowhere/m9"] },
            new ScriptedProvider(Breaks(ScriptRig.Failure(GptErrorKind.QuotaExceeded))),
            new ScriptedProvider(Breaks(ScriptRig.Failure(GptErrorKind.Authentication))));

        var (_, error) = await rig.AskAsync();

        Assert.Equal(GptErrorKind.Authentication, ((GptException)error!).Kind);
        Assert.Contains("Asked before: first/m1 (its quota is used up).", error.Message, StringComparison.Ordinal);
        Assert.Contains("Not asked: nowhere/m9 (Unknown provider", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_IsMarkedWithTheModelThatWroteIt()
    {
        var rig = new ScriptRig(Options, new ScriptedProvider(Breaks(ScriptRig.Failure(GptErrorKind.QuotaExceeded))), new ScriptedProvider(Answers("ok")));

        await rig.AskAsync();

        Assert.Equal("second/m2", rig.Conversation.Messages[^1].Model);
    }

    [Fact]
    public async Task Alias_NamesTheModelAndItsFallbacks()
    {
        var (first, second) = (new ScriptedProvider(Answers("first")), new ScriptedProvider(Breaks(ScriptRig.Failure(GptErrorKind.QuotaExceeded))));
        var rig = new ScriptRig(ScriptRig.Options with { Aliases = new Dictionary<string, IReadOnlyList<string>> { ["fast"] = ["second/m2", "first/m1"] } }, first, second);

        var (events, _) = await rig.AskAsync(new TurnOptions { Model = "fast" });

        Assert.Equal("first", ((TurnCompletedEvent)events[^1]).Provider);
        Assert.Equal("second/m2", ((TurnStartedEvent)events[0]).Model);
    }

    [Fact]
    public async Task EachCall_HasAnAttemptOfItsOwn()
    {
        var (first, second) = (new ScriptedProvider(Breaks(ScriptRig.Failure(GptErrorKind.Server)), Breaks(ScriptRig.Failure(GptErrorKind.QuotaExceeded))), new ScriptedProvider(Answers("ok")));
        var rig = new ScriptRig(Options, first, second);

        await rig.AskAsync();

        Assert.Equal([1, 2, 3], first.Requests.Concat(second.Requests).Select(request => request.Attempt!.Number));
    }
}
