using Omega.Gpt.Providers;
using Omega.Gpt.Resilience.Retrying;
using Omega.Gpt.Tests.Turns;
using Omega.TestKit;
using static Omega.Gpt.Tests.Functions.TestFunctions;
using static Omega.Gpt.Tests.Turns.ScriptedProvider;

namespace Omega.Gpt.Tests.Resilience;

public sealed class RetryTests
{
    private static ScriptedProvider.Script[] Times(int count, GptException failure) => [.. Enumerable.Repeat(Breaks(failure), count)];

    [Fact]
    public async Task RetryAfter_WithinTheCap_IsKeptToTheMillisecond()
    {
        var rig = new ScriptRig(ScriptRig.Options, new ScriptedProvider([.. Times(1, ScriptRig.Failure(GptErrorKind.RateLimit, TimeSpan.FromMilliseconds(1234))), Answers("ok")]));

        var (events, _) = await rig.AskAsync();

        var retry = Assert.Single(events.OfType<RetryScheduledEvent>());
        Assert.Equal((2, 1234, GptErrorKind.RateLimit), (retry.Attempt, retry.DelayMs, retry.Kind));
        Assert.Equal(1234, ((TurnCompletedEvent)events[^1]).Timing.TotalMs);
    }

    [Fact]
    public async Task RetryAfter_BeyondTheCap_FailsAtOnceAndSaysTheTime()
    {
        var rig = new ScriptRig(ScriptRig.Options, new ScriptedProvider(Breaks(ScriptRig.Failure(GptErrorKind.RateLimit, TimeSpan.FromMinutes(5)))));

        var (events, error) = await rig.AskAsync();

        Assert.Contains("It asks to wait 300 s; longer than 60 s is not waited", error!.Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromMinutes(5), ((GptException)error).RetryAfter);
        Assert.DoesNotContain(events, gptEvent => gptEvent is RetryScheduledEvent);
    }

    [Fact]
    public async Task Pauses_GrowAndStayBelowTheMost()
    {
        var rig = new ScriptRig(
            ScriptRig.Options with { Breaker = null, Retry = new RetryOptions { MaxAttempts = 9, MaxDelay = TimeSpan.FromSeconds(10) } },
            new ScriptedProvider(Times(9, ScriptRig.Failure(GptErrorKind.Server))));

        var (events, error) = await rig.AskAsync();

        var pauses = events.OfType<RetryScheduledEvent>().Select(retry => retry.DelayMs).ToList();
        Assert.Equal(8, pauses.Count);
        Assert.InRange(pauses[0], 1, 1500);
        Assert.All(pauses, pause => Assert.InRange(pause, 1, 10_000));
        Assert.True(pauses[^1] > 4 * pauses[0], string.Join(" ", pauses));
        Assert.Equal(9, ((GptException)error!).Attempt);
    }

    [Fact]
    public async Task Outage_OverManyTurns_GetsNoMoreRetriesThanItsBudget()
    {
        var first = new ScriptedProvider(Times(1000, ScriptRig.Failure(GptErrorKind.Server)));
        var rig = new ScriptRig(ScriptRig.Options with { Breaker = null, Retry = new RetryOptions { RetriesPerMinute = 6, RetryShare = 0.1, Delay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(1) } }, first);

        for (var turn = 0; turn < 100; turn++)
            await rig.AskAsync();

        // A request a turn, the six of the minute, and a tenth of the requests.
        Assert.InRange(first.Requests.Count, 110, 117);
    }

    [Fact]
    public async Task Remark_OfEachCall_IsToldOnce()
    {
        var remark = new NoticeDelta(new NoticeEvent("option_ignored", "Seed was left out."));
        var rig = new ScriptRig(ScriptRig.Options, new ScriptedProvider(Breaks(ScriptRig.Failure(GptErrorKind.Server), remark), Says(remark, new TextDelta("ok"), Done())));

        var (events, _) = await rig.AskAsync();

        Assert.Single(events.OfType<NoticeEvent>());
    }

    [Fact]
    public void Budget_IsSavedUpForAMinuteAtMost()
    {
        var clock = new ClockDriver();
        var budget = new RetryBudget(new RetryOptions { RetriesPerMinute = 3, RetryShare = 0 }, clock.Time);

        Assert.Equal(3, Taken());
        clock.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(1, Taken());
        clock.Time.Advance(TimeSpan.FromHours(5));
        Assert.Equal(3, Taken());

        int Taken()
        {
            var taken = 0;
            while (budget.TryTake())
                taken++;
            return taken;
        }
    }

    [Fact]
    public async Task Breaker_WithoutAnotherModel_FailsAtOnceAndSaysWhen()
    {
        var first = new ScriptedProvider([.. Times(5, ScriptRig.Failure(GptErrorKind.Server)), Answers("back")]);
        var rig = new ScriptRig(ScriptRig.Options with { Breaker = new BreakerOptions { MinCalls = 5 } }, first);
        await rig.AskAsync();
        await rig.AskAsync();

        var (_, error) = await rig.AskAsync();

        Assert.Equal(5, first.Requests.Count);
        Assert.Contains("first/m1 has failed again and again and is being left alone for a while. It is tried again in", error!.Message, StringComparison.Ordinal);
        Assert.InRange(((GptException)error).RetryAfter!.Value.TotalSeconds, 10, 15);

        await rig.Clock.AdvanceAsync(TimeSpan.FromSeconds(15));
        var (events, _) = await rig.AskAsync();
        Assert.Equal("back", Turn.TextOf(events));
    }

    [Fact]
    public async Task BreakerOfTheSecondModel_IsTriedAgainToo()
    {
        var second = new ScriptedProvider([.. Times(5, ScriptRig.Failure(GptErrorKind.Server)), Answers("back")]);
        var first = new ScriptedProvider([.. Times(100, ScriptRig.Failure(GptErrorKind.QuotaExceeded))]);
        var rig = new ScriptRig(ScriptRig.Options with { Breaker = new BreakerOptions { MinCalls = 5 }, Fallbacks = ["second/m2"] }, first, second);
        for (var turn = 0; turn < 4; turn++)
            await rig.AskAsync();
        Assert.Equal(5, second.Requests.Count);

        await rig.Clock.AdvanceAsync(TimeSpan.FromSeconds(15));
        var (events, _) = await rig.AskAsync();

        Assert.Equal("back", Turn.TextOf(events));
    }

    [Fact]
    public async Task NotRetryable_BreaksNoBreaker()
    {
        var first = new ScriptedProvider([.. Times(20, ScriptRig.Failure(GptErrorKind.BadRequest)), Answers("ok")]);
        var rig = new ScriptRig(ScriptRig.Options, first);
        for (var turn = 0; turn < 20; turn++)
            await rig.AskAsync();

        var (events, _) = await rig.AskAsync();

        Assert.Equal("ok", Turn.TextOf(events));
    }

    [Theory]
    [InlineData("Retry.MaxAttempts is 0; allowed: 1 to 20.")]
    [InlineData("Timeouts.Idle is 00:00:00; allowed: above zero, up to 24 hours.")]
    [InlineData("Breaker.MinCalls is 1; allowed: 2 to 10000.")]
    [InlineData("Hedge.Delay is -00:00:01; allowed: above zero, up to 24 hours.")]
    public void Options_OutOfRange_AreNamed(string message)
    {
        var options = message.Split('.')[0] switch
        {
            "Retry" => new GptPipelineOptions { Retry = new RetryOptions { MaxAttempts = 0 } },
            "Timeouts" => new GptPipelineOptions { Timeouts = new TimeoutOptions { Idle = TimeSpan.Zero } },
            "Breaker" => new GptPipelineOptions { Breaker = new BreakerOptions { MinCalls = 1 } },
            _ => new GptPipelineOptions { Hedge = new HedgeOptions { Delay = TimeSpan.FromSeconds(-1) } },
        };

        var exception = Assert.Throws<GptException>(() => new ScriptRig(options, new ScriptedProvider()));

        Assert.Equal(message, exception.Message);
    }
}
