using System.Globalization;
using System.Runtime.CompilerServices;
using Omega.Gpt.Providers;
using Omega.Gpt.Tests.Turns;
using Omega.TestKit;
using static Omega.Gpt.Tests.Turns.ScriptedProvider;

namespace Omega.Gpt.Tests.Resilience;

public sealed class TimeoutTests
{
    /// <summary>What time moves at once: small beside every limit.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    private static readonly TimeoutOptions Limits = new()
    {
        FirstChunk = TimeSpan.FromSeconds(40),
        Idle = TimeSpan.FromSeconds(7),
        Step = TimeSpan.FromSeconds(100),
        Remark = TimeSpan.FromSeconds(10),
    };

    private static GptPipelineOptions Options => new() { Timeouts = Limits };

    public static TheoryData<string, double, GptPhase?, double> Silences => new()
    {
        { "0 text", 36, null, 36 },
        { "0 text", 60, GptPhase.FirstChunk, 40 },
        { "5 started, 0 text", 36, null, 41 },
        { "5 started, 0 text", 60, GptPhase.FirstChunk, 45 },
        { "1 reasoning, 0 text", 36, null, 37 },
        { "1 reasoning, 0 text", 60, GptPhase.Idle, 41 },
        { "1 text, 0 text", 4, null, 5 },
        { "1 text, 0 text", 20, GptPhase.Idle, 8 },
        { "1 text, 4 text, 4 text, 0 text", 20, GptPhase.Idle, 16 },
    };

    [Theory]
    [MemberData(nameof(Silences))]
    public async Task Silence_IsFoundAtItsLimit(string script, double last, GptPhase? phase, double seconds)
    {
        var clock = new ClockDriver();
        var rig = new ScriptRig(Options, new ScriptedProvider((_, token) => Paced(clock, script, last, token)), clock: clock);
        var began = clock.Now;

        var (_, error) = await rig.AskAsync(step: Step);

        Assert.Equal(phase, (error as GptException)?.Phase);
        Assert.InRange((clock.Now - began).TotalSeconds, seconds, seconds + 3);
        if (phase is not null)
            Assert.Equal((GptErrorKind.Timeout, true), (((GptException)error!).Kind, ((GptException)error).IsRetryable));
        Assert.Equal(0, clock.PendingTimers);
    }

    [Fact]
    public async Task SlowConsumer_IsNotTakenForASilentModel()
    {
        var clock = new ClockDriver();
        var rig = new ScriptRig(Options, new ScriptedProvider((_, token) => Paced(clock, "1 text, 1 text, 1 text", 1, token)), clock: clock);
        var slow = new TurnOptions { StreamCallback = async (gptEvent, token) => await Task.Delay(gptEvent is TextDeltaEvent ? TimeSpan.FromMinutes(3) : TimeSpan.Zero, clock.Time, token) };

        var (events, error) = await rig.AskAsync(slow, step: TimeSpan.FromSeconds(1));

        Assert.Null(error);
        Assert.Equal("aaa", Turn.TextOf(events));
    }

    [Fact]
    public async Task Step_IsLimitedOverAllItsAttempts()
    {
        var clock = new ClockDriver();
        var silent = new ScriptedProvider([.. Enumerable.Repeat<ScriptedProvider.Script>((_, token) => Paced(clock, "0 text", 1000, token), 20)]);
        var rig = new ScriptRig(Options with { Retry = new RetryOptions { MaxAttempts = 20 } }, silent, clock: clock);
        var began = clock.Now;

        var (_, error) = await rig.AskAsync(step: Step);

        Assert.Equal((GptErrorKind.Timeout, GptPhase.Step), (((GptException)error!).Kind, ((GptException)error).Phase));
        Assert.Equal(3, silent.Requests.Count);
        Assert.InRange((clock.Now - began).TotalSeconds, 99.9, 103);
    }

    [Fact]
    public async Task Pause_ThatTheStepHasNoTimeFor_IsNotWaited()
    {
        var first = new ScriptedProvider([.. Enumerable.Repeat(Breaks(ScriptRig.Failure(GptErrorKind.RateLimit, TimeSpan.FromSeconds(45))), 20)]);
        var rig = new ScriptRig(Options with { Retry = new RetryOptions { MaxAttempts = 20 } }, first);
        var began = rig.Clock.Now;

        var (_, error) = await rig.AskAsync(step: Step);

        Assert.Equal(GptErrorKind.RateLimit, ((GptException)error!).Kind);
        Assert.Equal(3, first.Requests.Count);
        Assert.InRange((rig.Clock.Now - began).TotalSeconds, 90, 93);
    }

    [Fact]
    public async Task SlowStart_IsRemarkedUponOnce()
    {
        var clock = new ClockDriver();
        var rig = new ScriptRig(Options, new ScriptedProvider((_, token) => Paced(clock, "0 text", 35, token)), clock: clock);

        var (events, _) = await rig.AskAsync(step: Step);

        var notice = Assert.Single(events.OfType<NoticeEvent>());
        Assert.Equal(("slow_start", "first/m1 has not begun to answer after 10 s."), (notice.Code, notice.Message));
        Assert.InRange((notice.At - events[0].At).TotalSeconds, 10, 12);
    }

    [Fact]
    public async Task Cancelled_WhileTheModelIsSilent_EndsAsCancelled()
    {
        var clock = new ClockDriver();
        var rig = new ScriptRig(Options, new ScriptedProvider((_, token) => Paced(clock, "0 text", 1000, token)), clock: clock);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(12), clock.Time);

        var (events, error) = await clock.RunAsync(Turn.RunAsync(rig.Engine.RunAsync(rig.Engine.NewConversation(), [Message.User("Go.")], cancellationToken: stop.Token)), Step);

        Assert.IsType<OperationCanceledException>(error);
        Assert.IsType<TurnCancelledEvent>(events[^1]);
        Assert.Equal(0, clock.PendingTimers);
    }

    /// <summary>Waits in seconds, each before a delta; the last wait is <paramref name="last"/>.</summary>
    private static async IAsyncEnumerable<ModelDelta> Paced(ClockDriver clock, string script, double last, [EnumeratorCancellation] CancellationToken token)
    {
        var waits = script.Split(", ");
        for (var i = 0; i < waits.Length; i++)
        {
            var (seconds, what) = (waits[i].Split(' ')[0], waits[i].Split(' ')[1]);
            await Task.Delay(TimeSpan.FromSeconds(i == waits.Length - 1 ? last : double.Parse(seconds, CultureInfo.InvariantCulture)), clock.Time, token);
            yield return what switch { "started" => new StartedDelta(null, null, null), "reasoning" => new ReasoningDelta("Hm."), _ => new TextDelta("a") };
        }

        yield return Done();
    }
}
