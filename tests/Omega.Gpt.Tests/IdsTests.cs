using Microsoft.Extensions.Time.Testing;

namespace Omega.Gpt.Tests;

public sealed class IdsTests
{
    private static readonly DateTimeOffset Morning = new(2026, 11, 23, 3, 1, 30, TimeSpan.Zero);

    [Fact]
    public void NextTurn_Once_IsTimeAndChanceInLowerCase()
    {
        var id = new TurnIds(new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddMilliseconds(33)), new Random(1)).NextTurn();
        Assert.Matches("^[0-9a-hjkmnp-tv-z]{18}$", id);
        Assert.StartsWith("0000000011", id, StringComparison.Ordinal);
    }

    [Fact]
    public void NextTurn_ManyWithinAMillisecondAndWithAClockThatGoesBack_AreDistinctAndInOrder()
    {
        var time = new FakeTimeProvider(Morning);
        var ids = new TurnIds(time, new Random(2));
        var given = new List<string>();
        for (var i = 0; i < 3000; i++)
        {
            if (i == 1000)
                time.Advance(TimeSpan.FromMilliseconds(1));
            if (i == 2000)
                time.AdjustTime(Morning.AddHours(-1));
            given.Add(ids.NextTurn());
        }

        Assert.Equal(given.Order(StringComparer.Ordinal), given);
        Assert.Equal(given.Count, given.Distinct().Count());
    }

    [Fact]
    public void NextTurn_SameClockAndSeed_CanBeHadAgain()
    {
        string[] Take() => [.. Enumerable.Range(0, 5).Select(new Func<int, string>(_ => new TurnIds(new FakeTimeProvider(Morning), new Random(3)).NextTurn()))];
        Assert.Equal(Take(), Take());
    }

    [Fact]
    public void NextTurn_SecureChance_DiffersBetweenSources()
    {
        var time = new FakeTimeProvider(Morning);
        var given = Enumerable.Range(0, 100).Select(_ => new TurnIds(time).NextTurn()).ToList();
        Assert.Equal(100, given.Distinct().Count());
        Assert.Single(given.Select(id => id[..10]).Distinct());
    }

    [Fact]
    public async Task NextTurn_FromManyThreads_NeverRepeats()
    {
        var ids = new TurnIds(new FakeTimeProvider(Morning));
        var given = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 2000).Select(_ => ids.NextTurn()).ToList())));
        Assert.Equal(16_000, given.SelectMany(list => list).Distinct().Count());
    }

    [Fact]
    public void NextConversation_Once_IsReadableAndAConversationsName()
    {
        var id = new TurnIds(new FakeTimeProvider(Morning), new Random(4)).NextConversation();
        Assert.Matches("^2026-11-23-0301-[0-9a-hjkmnp-tv-z]{4}$", id);
        Assert.Equal(id, new Conversation(id, Morning).Id);
    }
}
