using Omega.Cli.Tests.Screen;
using Omega.Cli.Turns;
using Omega.Gpt;

namespace Omega.Cli.Tests.Turns;

public sealed class TextTurnViewTests
{
    private static TurnCompletedEvent Completed(FinishReason reason, params PendingCall[] pending) => new()
    {
        Text = "",
        FinishReason = reason,
        Model = "m",
        Provider = "p",
        Steps = 1,
        Timing = new TurnTiming(1, 2),
        Pending = pending,
    };

    [Fact]
    public void Show_ReasoningThenText_SplitsTheOutputs()
    {
        var screen = Play(quiet: false, new ReasoningDeltaEvent("Let me"), new ReasoningDeltaEvent(" see."), new TextDeltaEvent("Yes"), new TextDeltaEvent("."), Completed(FinishReason.Stop));

        Assert.Equal("Yes.", screen.Output);
        Assert.Equal(["p/m: because", "Let me see.", "p/m · 1 ms to first token, 2 ms in all · ? tokens in, ? out · $? · session demo"], Lines(screen.Error));
    }

    [Fact]
    public void Show_ReasoningOnAColourTerminal_IsDim()
    {
        var screen = new ScreenTexts(isTerminal: true, colour: true);

        new TextTurnView(screen.Terminal, quiet: false, "demo").Show(new ReasoningDeltaEvent("hm"));

        Assert.Equal("\e[2mhm\e[0m", screen.Error);
    }

    [Fact]
    public void Show_TwoCallsWhileWritten_EachHasItsLine()
    {
        var screen = Play(
            quiet: false,
            new FunctionCallStartedEvent("t.1.0", 0, "get_weather"),
            new FunctionCallArgumentsDeltaEvent("t.1.0", "{\"city\":"),
            new FunctionCallArgumentsDeltaEvent("t.1.0", "\"Oslo\"}"),
            new FunctionCallArgumentsCompletedEvent("t.1.0", "{\"city\":\"Oslo\"}"),
            new FunctionCallStartedEvent("t.1.1", 1, "get_time"),
            new FunctionCallArgumentsDeltaEvent("t.1.1", "{}"),
            new FunctionCallArgumentsCompletedEvent("t.1.1", "{}"));

        Assert.Equal("", screen.Output);
        Assert.Equal(["p/m: because", "→ get_weather {\"city\":\"Oslo\"}", "→ get_time {}"], Lines(screen.Error));
    }

    [Fact]
    public void Show_PendingCalls_SaysHowToHandBackResultsEvenWhenQuiet()
    {
        var screen = Play(quiet: true, Completed(FinishReason.FunctionCalls, new PendingCall("t.1.0", "get_weather", "{\"city\":\"Oslo\"}")));

        Assert.Contains("t.1.0  get_weather {\"city\":\"Oslo\"}", screen.Error, StringComparison.Ordinal);
        Assert.Contains("""[{"call": "t.1.0", "result": …}]""", screen.Error, StringComparison.Ordinal);
        Assert.Contains("omega ask -s demo --results results.json", screen.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FinishReason.Length, "note: The answer is cut at the output limit.")]
    [InlineData(FinishReason.Refusal, "error: The model refused to answer.")]
    [InlineData(FinishReason.ContentFilter, "error: The provider's filter stopped the answer.")]
    public void Show_UnusualEnd_IsToldEvenWhenQuiet(FinishReason reason, string expected)
    {
        var screen = Play(quiet: true, new TextDeltaEvent("par"), Completed(reason));

        Assert.Equal("par", screen.Output);
        Assert.StartsWith(expected, screen.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Show_Quiet_LeavesOutEverythingButAnswerAndRefusal()
    {
        var screen = Play(quiet: true, new ReasoningDeltaEvent("hm"), new NoticeEvent("x", "note"), new FunctionCallStartedEvent("c", 0, "f"), new TextDeltaEvent("a"), new RefusalDeltaEvent("No"), new RefusalDeltaEvent(" way."), Completed(FinishReason.Stop));

        Assert.Equal("a", screen.Output);
        Assert.Equal(["refused: No way."], Lines(screen.Error));
    }

    [Fact]
    public void Fail_AfterPartialText_SaysWhereItIsKept()
    {
        var screen = new ScreenTexts(isTerminal: true);
        var view = new TextTurnView(screen.Terminal, quiet: false, "demo");

        view.Show(new TextDeltaEvent("half"));
        view.Show(new TurnFailedEvent { Kind = GptErrorKind.Server, Phase = GptPhase.Step, Message = "openai: it broke.", PartialText = "half" });
        view.Fail(new GptException(GptErrorKind.Server, "openai: it broke.") { RequestId = "req_7" });

        Assert.Equal("half\n", screen.Output);
        Assert.Equal(["error: openai: it broke.", "request id req_7"], Lines(screen.Error));
    }

    [Theory]
    [InlineData("rate_limit", 2500.0, "waiting 2.5 s (rate_limit)")]
    [InlineData("concurrency", null, "waiting until another answer has ended")]
    [InlineData("other", null, "waiting (other)")]
    public void Show_Waiting_IsOneLineEvenWhereNobodyKnowsHowLong(string reason, double? expected, string line)
    {
        var screen = Play(quiet: false, new WaitingEvent(reason, 1, expected), new TextDeltaEvent("a"), Completed(FinishReason.Stop));

        Assert.Equal(line, Lines(screen.Error)[1]);
    }

    private static ScreenTexts Play(bool quiet, params GptEvent[] events)
    {
        var screen = new ScreenTexts();
        var view = new TextTurnView(screen.Terminal, quiet, "demo");
        view.Begin("p/m", "because");
        foreach (var gptEvent in events)
            view.Show(gptEvent);
        return screen;
    }

    private static string[] Lines(string text) => text.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
}
