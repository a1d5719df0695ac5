using System.Runtime.CompilerServices;
using Omega.Gpt.Providers;
using Omega.Gpt.Tests.Turns;
using Omega.TestKit;
using static Omega.Gpt.Tests.Functions.TestFunctions;
using static Omega.Gpt.Tests.Turns.ScriptedProvider;

namespace Omega.Gpt.Tests.Resilience;

public sealed class HedgingTests
{
    private static readonly GptPipelineOptions Options = ScriptRig.Options with { Fallbacks = ["second/m2"], Hedge = new HedgeOptions { Delay = TimeSpan.FromSeconds(2) } };

    /// <summary>What time moves at once: small beside every pause.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly ClockDriver _clock = new();
    private int _abandoned;

    [Fact]
    public async Task QuickFirst_IsAskedAlone()
    {
        var second = new ScriptedProvider();
        var rig = new ScriptRig(Options, new ScriptedProvider(After(1, "first")), second, clock: _clock);

        var (events, _) = await rig.AskAsync(step: Step);

        Assert.Equal("first", Turn.TextOf(events));
        Assert.Empty(second.Requests);
        Assert.Equal(0, _clock.PendingTimers);
    }

    [Theory]
    [InlineData(10, 1, "second", 3)] // asked at 2 s, speaks at 3 s
    [InlineData(4, 10, "first", 4)]
    public async Task SlowFirst_GetsARival_AndWhoSpeaksFirstGoesOnAlone(double first, double second, string winner, double seconds)
    {
        var rig = new ScriptRig(Options, new ScriptedProvider(After(first, "first")), new ScriptedProvider(After(second, "second")), clock: _clock);
        var began = _clock.Now;

        var (events, error) = await rig.AskAsync(step: Step);

        Assert.Null(error);
        Assert.Equal(winner, Turn.TextOf(events));
        Assert.Equal(winner, ((TurnCompletedEvent)events[^1]).Provider);
        Assert.InRange((_clock.Now - began).TotalSeconds, seconds, seconds + 1);
        Assert.Equal(winner == "second", events.OfType<ModelSwitchedEvent>().Any());
        Assert.Equal(1, _abandoned);
    }

    [Theory]
    [InlineData(true, "second")]
    [InlineData(false, "first")]
    public async Task Failure_WinsNothing(bool firstFails, string winner)
    {
        ScriptedProvider.Script fails = (_, token) => Late(3, ScriptRig.Failure(GptErrorKind.BadRequest), "", token);
        var rig = new ScriptRig(
            Options,
            new ScriptedProvider(firstFails ? fails : After(6, "first")),
            new ScriptedProvider(firstFails ? After(6, "second") : fails),
            clock: _clock);

        var (events, error) = await rig.AskAsync(step: Step);

        Assert.Null(error);
        Assert.Equal(winner, Turn.TextOf(events));
    }

    [Fact]
    public async Task FirstFailsBeforeItsTime_IsRetriedAsEver()
    {
        var second = new ScriptedProvider();
        var rig = new ScriptRig(Options, new ScriptedProvider(Breaks(ScriptRig.Failure(GptErrorKind.Server)), Answers("first")), second, clock: _clock);

        var (events, _) = await rig.AskAsync(step: Step);

        Assert.Equal("first", Turn.TextOf(events));
        Assert.Empty(second.Requests);
    }

    [Fact]
    public async Task UsualTime_IsLearned()
    {
        // Twenty answers within 100 ms: from then on a second is slow.
        var rig = new ScriptRig(
            Options,
            new ScriptedProvider([.. Enumerable.Repeat(After(0.1, "first"), 20), After(60, "first")]),
            new ScriptedProvider(After(0.1, "second")),
            clock: _clock);
        for (var turn = 0; turn < 20; turn++)
            await rig.AskAsync(step: Step);

        var began = _clock.Now;
        var (events, _) = await rig.AskAsync(step: Step);

        Assert.Equal("second", Turn.TextOf(events));
        Assert.InRange((_clock.Now - began).TotalSeconds, 0.35, 1.9);
    }

    private ScriptedProvider.Script After(double seconds, string text) => (_, token) => Late(seconds, null, text, token);

    private async IAsyncEnumerable<ModelDelta> Late(double seconds, GptException? failure, string text, [EnumeratorCancellation] CancellationToken token)
    {
        yield return new StartedDelta(null, null, null);
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds), _clock.Time, token);
        }
        catch (OperationCanceledException)
        {
            _abandoned++;
            throw;
        }

        if (failure is not null)
            throw failure;
        yield return new TextDelta(text);
        yield return Done();
    }
}
