using Microsoft.Extensions.Time.Testing;
using Omega.Gpt.Providers;
using Omega.Gpt.Resilience;
using Omega.TestKit;

namespace Omega.Gpt.Tests.Resilience.Keys;

public sealed class KeyRingTests : IDisposable
{
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;
    private static readonly KeyOptions Options = new() { CoolingFor = TimeSpan.FromSeconds(20), ExhaustedFor = TimeSpan.FromHours(1) };

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly Dictionary<string, string?> _variables = new() { ["A_KEY"] = "a1", ["A_KEY_2"] = "a2", ["A_KEY_5"] = "a5", ["B_KEY"] = "b1" };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Describe_Variables_NumberedOnesFollowTheirOwnAndGapsDoNotMatter()
    {
        _variables["A_KEY_6"] = " ";
        _variables["A_KEY_7"] = "a1";
        Assert.Equal(["A_KEY", "A_KEY_2", "A_KEY_5"], Ring().Describe().Select(key => key.Id));
        Assert.All(Ring().Describe(), key => Assert.Equal(("a", KeyState.Active, 1, null, false), (key.Provider, key.State, key.Weight, key.Since, key.IsStored)));
    }

    [Fact]
    public void Describe_SecondVariable_CountsForWantOfTheFirst()
    {
        foreach (var name in (string[])["A_KEY", "A_KEY_2", "A_KEY_5"])
            _variables.Remove(name);
        Assert.Equal("B_KEY", Assert.Single(Ring().Describe()).Id);
    }

    [Fact]
    public async Task Choose_Weights_AreKeptOverEveryRound()
    {
        var store = await StoreAsync(("heavy", "h", 5), ("light", "l", 1));
        _variables.Clear();
        _variables["A_KEY"] = "a1";
        var ring = Ring(store);

        for (var round = 0; round < 20; round++)
        {
            var chosen = Enumerable.Range(0, 7).Select(_ => ring.Choose()!.Id).ToList();
            Assert.Equal([("A_KEY", 1), ("heavy", 5), ("light", 1)], chosen.GroupBy(id => id, (id, all) => (id, all.Count())).Order());
            // Spread, not in one run: between two others there are never all five.
            Assert.NotEqual(["heavy", "heavy", "heavy", "heavy", "heavy"], chosen.SkipWhile(id => id != "heavy").Take(5));
        }
    }

    public static TheoryData<GptErrorKind, int?, KeyState, double?> Refusals => new()
    {
        { GptErrorKind.RateLimit, 7, KeyState.Cooling, 7 },
        { GptErrorKind.RateLimit, null, KeyState.Cooling, 20 },
        { GptErrorKind.QuotaExceeded, null, KeyState.Exhausted, 3600 },
        { GptErrorKind.Authentication, null, KeyState.Revoked, null },
        { GptErrorKind.Server, 7, KeyState.Active, null },
        { GptErrorKind.Permission, null, KeyState.Active, null },
        { GptErrorKind.StreamInterrupted, null, KeyState.Active, null },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Refused_Kind_MakesTheStateAndTimeEndsIt(GptErrorKind kind, int? retryAfter, KeyState state, double? seconds)
    {
        var ring = Ring();
        var key = ring.Choose()!;
        ring.Refused(key, new GptException(kind, "no") { RetryAfter = retryAfter is { } wait ? TimeSpan.FromSeconds(wait) : null }, Options);

        var status = ring.Describe().Single(one => one.Id == key.Id);
        Assert.Equal((state, seconds), (status.State, (status.Until - _time.GetUtcNow())?.TotalSeconds));
        Assert.Equal(state == KeyState.Active, Enumerable.Range(0, 8).Any(_ => ring.Choose()!.Id == key.Id));
        if (seconds is not { } until)
            return;
        _time.Advance(TimeSpan.FromSeconds(until) - TimeSpan.FromMilliseconds(1));
        Assert.DoesNotContain(Enumerable.Range(0, 8), _ => ring.Choose()!.Id == key.Id);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Contains(Enumerable.Range(0, 8), _ => ring.Choose()!.Id == key.Id);
    }

    [Fact]
    public void Choose_AllRest_TakesTheOneThatIsBackFirstAndNeverForASecondTry()
    {
        _variables["A_KEY_20"] = "a20";
        var ring = Ring();
        foreach (var (key, kind, wait) in ring.All().Zip([GptErrorKind.Authentication, GptErrorKind.QuotaExceeded, GptErrorKind.RateLimit, GptErrorKind.RateLimit], [0, 0, 30, 10]).ToList())
            ring.Refused(key, new GptException(kind, "no") { RetryAfter = TimeSpan.FromSeconds(wait) }, Options);

        Assert.Equal("A_KEY_20", ring.Choose()!.Id);
        Assert.Null(ring.ChooseOther(["A_KEY_20"]));
        ring.Accepted(ring.All()[0]);
        Assert.Equal("A_KEY", ring.Choose()!.Id);
    }

    [Fact]
    public void Choose_RevokedVariableThatWasReplaced_IsInUseAgain()
    {
        _variables.Clear();
        _variables["A_KEY"] = "old";
        var ring = Ring();
        var old = ring.Choose()!;
        ring.Refused(old, new GptException(GptErrorKind.Authentication, "no"), Options);
        Assert.Equal(KeyState.Revoked, Assert.Single(ring.Describe()).State);

        _variables["A_KEY"] = "new";
        Assert.Equal(("new", KeyState.Active), (ring.Choose()!.Secret, Assert.Single(ring.Describe()).State));
        // A call with the old one that ends only now says nothing of the new one.
        ring.Refused(old, new GptException(GptErrorKind.Authentication, "no"), Options);
        Assert.Equal(KeyState.Active, Assert.Single(ring.Describe()).State);
    }

    [Fact]
    public async Task Choose_StoreChangedByAnotherProgram_FollowsItWhileRunning()
    {
        _variables.Clear();
        var ring = Ring(new KeyStore(_folder.At("keys.json")));
        Assert.Null(ring.Choose());

        var other = await StoreAsync(("one", "k1", 1));
        Assert.Equal("k1", ring.Choose()!.Secret);
        await other.RotateAsync("one", "k2", None);
        Assert.Equal("k2", ring.Choose()!.Secret);
        await other.DisableAsync("one", cancellationToken: None);
        Assert.Null(ring.Choose());
        Assert.Equal(KeyState.Disabled, Assert.Single(ring.Describe()).State);
    }

    [Fact]
    public async Task Choose_StoreThatCannotBeRead_LeavesTheVariablesAndKeepsTheReason()
    {
        await File.WriteAllTextAsync(_folder.At("keys.json"), "{", None);
        var ring = Ring(new KeyStore(_folder.At("keys.json")));

        Assert.Equal("A_KEY", ring.Choose()!.Id);
        Assert.Contains("is damaged", ring.Check()!.Message, StringComparison.Ordinal);
    }

    private KeyRing Ring(KeyStore? store = null) => new("a", ["A_KEY", "B_KEY"], _variables.GetValueOrDefault, store, ProviderAuth.Bearer, _time);

    private async Task<KeyStore> StoreAsync(params (string Id, string Secret, int Weight)[] keys)
    {
        var store = new KeyStore(_folder.At("keys.json"));
        foreach (var (id, secret, weight) in keys)
            await store.AddAsync("a", secret, id, weight, None);
        return store;
    }
}
