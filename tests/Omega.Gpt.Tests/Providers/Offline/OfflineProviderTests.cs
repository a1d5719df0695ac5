using Microsoft.Extensions.Time.Testing;
using Omega.Gpt.Providers;
using Omega.Gpt.Providers.Offline;
using static Omega.Gpt.Tests.Providers.Offline.OfflineReading;

namespace Omega.Gpt.Tests.Providers.Offline;

public sealed class OfflineProviderTests
{
    [Theory]
    [InlineData("Hello")]
    [InlineData("What can you do?")]
    [InlineData("Why is the sky blue?")]
    [InlineData("")]
    public async Task StreamAsync_NoFunctions_SaysHowToAddAKeyAndThatNoModelWroteIt(string prompt)
    {
        var deltas = await AskAsync(Request(prompt));
        var text = deltas.Text();

        Assert.EndsWith("\n" + OfflineProvider.Mark, text, StringComparison.Ordinal);
        Assert.Contains("OPENAI_API_KEY", text, StringComparison.Ordinal);
        Assert.Contains("ANTHROPIC_API_KEY", text, StringComparison.Ordinal);
        Assert.Contains(".env", text, StringComparison.Ordinal);
        Assert.Contains("--api-key", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StreamAsync_AnyAnswer_StartsOnceStreamsWordsAndFinishesLast()
    {
        var deltas = await AskAsync(Request("Hello"));

        Assert.Equal(new StartedDelta(null, "analyst", null), deltas[0]);
        Assert.Equal(new FinishedDelta(FinishReason.Stop, null), deltas[^1]);
        Assert.All(deltas.Skip(1).SkipLast(1), delta => Assert.Single(Assert.IsType<TextDelta>(delta).Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        Assert.True(deltas.Count > 20, $"{deltas.Count} deltas");
    }

    [Fact]
    public async Task StreamAsync_QuestionItCannotAnswer_SaysSoAndListsTheFunctions()
    {
        var text = (await AskAsync(Request("Why is the sky blue?", Function("get_parcel", "Tracks a parcel. Needs its number.")))).Text();

        Assert.Contains("cannot answer that without a model", text, StringComparison.Ordinal);
        Assert.Contains("- get_parcel: Tracks a parcel\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StreamAsync_OtherModel_IsNotFound()
    {
        var error = await Assert.ThrowsAsync<GptException>(() => AskAsync(Request("Hello") with { Model = "gpt-4.1" }));

        Assert.Equal(GptErrorKind.ModelNotFound, error.Kind);
    }

    [Fact]
    public async Task StreamAsync_AnswerWantedAsJson_IsRefused()
    {
        var error = await Assert.ThrowsAsync<GptException>(
            () => AskAsync(Request("Hello") with { Options = new GenerationOptions { ResponseFormat = ResponseFormat.Json } }));

        Assert.Equal(GptErrorKind.BadRequest, error.Kind);
    }

    [Fact]
    public async Task StreamAsync_WordDelay_WaitsOnTheGivenClock()
    {
        var clock = new FakeTimeProvider();
        var provider = new OfflineProvider(new OfflineOptions { WordDelay = TimeSpan.FromMilliseconds(50), Clock = clock });
        await using var deltas = provider.StreamAsync(Request("Hello"), TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);

        Assert.True(await deltas.MoveNextAsync());
        var word = deltas.MoveNextAsync();
        Assert.False(word.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(50));

        Assert.True(await word);
        Assert.IsType<TextDelta>(deltas.Current);
    }

    [Fact]
    public void Constructor_WordDelayOutOfRange_Throws() =>
        Assert.Throws<GptException>(() => new OfflineProvider(new OfflineOptions { WordDelay = TimeSpan.FromSeconds(2) }));

    [Fact]
    public async Task StreamAsync_Cancelled_Stops()
    {
        using var cancellation = new CancellationTokenSource();
        await using var deltas = new OfflineProvider().StreamAsync(Request("Hello"), cancellation.Token).GetAsyncEnumerator(TestContext.Current.CancellationToken);

        Assert.True(await deltas.MoveNextAsync());
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await deltas.MoveNextAsync());
    }
}
