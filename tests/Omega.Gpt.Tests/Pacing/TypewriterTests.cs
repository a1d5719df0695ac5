using System.Runtime.CompilerServices;
using Omega.Gpt.Pacing;
using Omega.TestKit;

namespace Omega.Gpt.Tests.Pacing;

public sealed class TypewriterTests
{
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Typewrite_ABurst_IsShownAtTheRate()
    {
        var clock = new ClockDriver();
        var began = clock.Now;
        var shown = new List<(string Text, TimeSpan At)>();

        await clock.RunAsync(ReadAsync());

        Assert.Equal("hello world", string.Concat(shown.Select(s => s.Text)));
        Assert.Equal(11, shown.Count);
        // 10 characters a second: the last of 11 comes one second after the first.
        Assert.Equal(TimeSpan.FromSeconds(1), shown[^1].At - shown[0].At);

        async Task ReadAsync()
        {
            await foreach (var e in Source(new TextDeltaEvent("hello "), new TextDeltaEvent("world")).Typewrite(10, clock.Time, cancellationToken: None))
                shown.Add((((TextDeltaEvent)e).Text, clock.Now - began));
        }
    }

    [Fact]
    public async Task Typewrite_ASlowReader_DoesNotSlowTheSource()
    {
        var clock = new ClockDriver();
        var done = new TaskCompletionSource();
        var paced = Source().Typewrite(1, clock.Time, cancellationToken: None).GetAsyncEnumerator(None);

        Assert.True(await paced.MoveNextAsync());
        // One character of 2,000 is shown and the clock stands still, but the source has been read to its end.
        await done.Task.WaitAsync(TimeSpan.FromSeconds(30), None);
        await paced.DisposeAsync();

        async IAsyncEnumerable<GptEvent> Source([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            for (var i = 0; i < 2000; i++)
            {
                await Task.Yield();
                yield return new TextDeltaEvent("x");
            }

            done.SetResult();
        }
    }

    [Fact]
    public async Task Typewrite_ALongBacklog_IsShownAtOnce()
    {
        var clock = new ClockDriver();
        var began = clock.Now;
        const int Count = 128;

        var text = await clock.RunAsync(ReadAsync());

        Assert.Equal(Count, text.Length);
        // At one character a second all of it would take 128 s; what is more than half the read-ahead behind is not paced.
        Assert.True(clock.Now - began < TimeSpan.FromSeconds(Count * 0.6), $"took {clock.Now - began}");

        async Task<string> ReadAsync()
        {
            var shown = new System.Text.StringBuilder();
            await foreach (var e in Source([.. Enumerable.Repeat(new TextDeltaEvent("x"), Count)]).Typewrite(1, clock.Time, readAhead: 128, None))
            {
                if (shown.Length == 0)
                    await Task.Delay(TimeSpan.FromSeconds(1), clock.Time, None);
                shown.Append(((TextDeltaEvent)e).Text);
            }

            return shown.ToString();
        }
    }

    [Fact]
    public async Task Typewrite_Emoji_AreNotSplit()
    {
        var clock = new ClockDriver();

        var pieces = await clock.RunAsync(ReadAsync());

        Assert.Equal(["a", "👩‍👩‍👧", "e\u0301", "z"], pieces);

        async Task<List<string>> ReadAsync()
        {
            var list = new List<string>();
            await foreach (var e in Source(new TextDeltaEvent("a👩‍👩‍👧e\u0301z")).Typewrite(1000, clock.Time, cancellationToken: None))
                list.Add(((TextDeltaEvent)e).Text);
            return list;
        }
    }

    [Fact]
    public async Task Typewrite_SourceFails_ThrowsAfterAllThatCameBefore()
    {
        var clock = new ClockDriver();
        var shown = new List<GptEvent>();

        var reading = ReadAsync();
        var exception = await Assert.ThrowsAsync<GptException>(() => clock.RunAsync(reading));

        Assert.Equal(GptErrorKind.Server, exception.Kind);
        Assert.Equal("abc", string.Concat(shown.OfType<TextDeltaEvent>().Select(e => e.Text)));
        Assert.IsType<StepStartedEvent>(shown[^1]);

        async Task ReadAsync()
        {
            await foreach (var e in Fails().Typewrite(10, clock.Time, cancellationToken: None))
                shown.Add(e);
        }

        static async IAsyncEnumerable<GptEvent> Fails()
        {
            await Task.Yield();
            yield return new TextDeltaEvent("abc");
            yield return new StepStartedEvent(2);
            throw new GptException(GptErrorKind.Server, "down");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Typewrite_NotARate_IsRefused(double rate) =>
        Assert.ThrowsAny<ArgumentOutOfRangeException>(() => Source().Typewrite(rate, null, cancellationToken: None));

    private static async IAsyncEnumerable<GptEvent> Source(params GptEvent[] events)
    {
        await Task.Yield();
        foreach (var e in events)
            yield return e;
    }
}
