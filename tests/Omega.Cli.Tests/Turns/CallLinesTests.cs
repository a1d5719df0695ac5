using System.Text.Json;
using Omega.Cli.Tests.Screen;
using Omega.Cli.Turns;
using Omega.Gpt;

namespace Omega.Cli.Tests.Turns;

public sealed class CallLinesTests
{
    private static readonly GptEvent[] Written =
    [
        new FunctionCallStartedEvent("t.1.0", 0, "get_weather"),
        new FunctionCallArgumentsDeltaEvent("t.1.0", "{\"city\":"),
        new FunctionCallArgumentsDeltaEvent("t.1.0", "\"Oslo\"}"),
    ];

    private static readonly GptEvent[] Run =
    [
        new FunctionCallArgumentsCompletedEvent("t.1.0", "{\"city\":\"Oslo\"}"),
        new FunctionCallReadyEvent("t.1.0", "get_weather", "{\"city\":\"Oslo\"}"),
        new FunctionCallExecutingEvent("t.1.0"),
        new FunctionCallProgressEvent("t.1.0", JsonElement.Parse("""{"message": "at 3", "progress": 3, "total": 50}""")),
    ];

    private static readonly GptEvent Done = new FunctionCallCompletedEvent("t.1.0", "get_weather", JsonElement.Parse("{\"celsius\":4}"), 1234);

    private static ScreenTexts Play(bool redraws, params IEnumerable<GptEvent> events)
    {
        var screen = new ScreenTexts(isTerminal: redraws, colour: redraws, width: 40, redraws: redraws);
        var view = new TextTurnView(screen.Terminal, quiet: false, "demo");
        foreach (var gptEvent in events)
            view.Show(gptEvent);
        return screen;
    }

    [Fact]
    public void Show_OnATerminal_TheCallGrowsInPlace()
    {
        Assert.Equal(["→ get_weather"], Play(true, Written[..1]).ErrorScreen);
        Assert.Equal(["→ get_weather {\"city\":"], Play(true, Written[..2]).ErrorScreen);
        Assert.Equal(["→ get_weather {\"city\":\"Oslo\"}"], Play(true, Written).ErrorScreen);
    }

    [Fact]
    public void Show_OnATerminal_ProgressGivesWayToTheResult()
    {
        Assert.Equal(["→ get_weather {\"city\":\"Oslo\"}", "… get_weather"], Play(true, [.. Written, .. Run[..3]]).ErrorScreen);
        Assert.Equal(["→ get_weather {\"city\":\"Oslo\"}", "… get_weather: at 3 (3 of 50)"], Play(true, [.. Written, .. Run]).ErrorScreen);
        Assert.Equal(["→ get_weather {\"city\":\"Oslo\"}", "← get_weather {\"celsius\":4} 1.2 s", ""], Play(true, [.. Written, .. Run, Done]).ErrorScreen);
    }

    [Fact]
    public void Show_LongArgumentsOnATerminal_ShowTheirEndOnOneLine()
    {
        var deltas = Enumerable.Range(0, 500).Select(i => new FunctionCallArgumentsDeltaEvent("t.1.0", $"{i},"));

        var line = Assert.Single(Play(true, [Written[0], .. deltas]).ErrorScreen);

        Assert.StartsWith("→ get_weather …", line, StringComparison.Ordinal);
        Assert.EndsWith("498,499,", line, StringComparison.Ordinal);
        Assert.InRange(line.Length, 30, 39);
    }

    [Fact]
    public void Show_OffATerminal_IsALineForTheCallAndOneForItsEndWithoutAnyControl()
    {
        var screen = Play(false, [.. Written, .. Run, Done]);

        Assert.Equal("→ get_weather {\"city\":\"Oslo\"}\n← get_weather {\"celsius\":4} 1.2 s\n", screen.Error.ReplaceLineEndings("\n"));
        Assert.DoesNotContain('\r', screen.Error);
    }

    [Fact]
    public void Show_TwoCallsAtOnce_TheOneThatStillRunsStays()
    {
        var screen = Play(
            true,
            new FunctionCallExecutingEvent("t.1.0"),
            new FunctionCallStartedEvent("t.1.1", 1, "get_time"),
            new FunctionCallExecutingEvent("t.1.1"),
            new FunctionCallCompletedEvent("t.1.0", "get_weather", JsonElement.Parse("4"), 5));

        Assert.Equal(["← get_weather 4 5 ms", "… get_time"], screen.ErrorScreen);
    }

    [Theory]
    [InlineData(GptErrorKind.ApprovalDenied, "order was not run: it was denied: too much.", "✗ order was not run: it was denied: too much.")]
    [InlineData(GptErrorKind.UnknownFunction, "There is no such function.", "✗ order: There is no such function.")]
    public void Show_CallThatIsNotRun_SaysWhyEvenWhenQuiet(GptErrorKind kind, string message, string expected)
    {
        var screen = new ScreenTexts();
        var view = new TextTurnView(screen.Terminal, quiet: true, "demo");
        view.Show(new FunctionCallStartedEvent("t.1.0", 0, "order"));
        view.Show(new FunctionCallArgumentsCompletedEvent("t.1.0", "{}"));

        view.Show(new FunctionCallRejectedEvent("t.1.0", "order", kind, message));

        Assert.Equal(expected, screen.Error.TrimEnd());
    }

    [Fact]
    public void Show_ArgumentsThatTheModelForged_MoveNoCursor()
    {
        var screen = Play(false, new FunctionCallArgumentsCompletedEvent("t.1.0", "{\"a\":\"\e[2J\r\nfake\"}"), new FunctionCallFailedEvent("t.1.0", "f", GptErrorKind.FunctionExecution, "f failed: \e[31mred\nline"));

        Assert.DoesNotContain('\e', screen.Error);
        Assert.DoesNotContain('\r', screen.Error.Replace(Environment.NewLine, "", StringComparison.Ordinal));
        Assert.Equal(2, screen.Error.TrimEnd().Split('\n').Length);
    }

    [Fact]
    public void Show_EditedCall_ShowsWhatRan()
    {
        var screen = Play(false, Written[0], new FunctionCallArgumentsCompletedEvent("t.1.0", "{\"n\":5}"), new FunctionCallExecutingEvent("t.1.0", "{\"n\":1}"));

        Assert.Equal("→ get_weather {\"n\":5}\n→ get_weather {\"n\":1} (as you changed it)\n", screen.Error.ReplaceLineEndings("\n"));
    }
}
