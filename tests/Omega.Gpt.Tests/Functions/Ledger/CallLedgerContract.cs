using CsCheck;
using static Omega.Gpt.Tests.Functions.TestFunctions;

namespace Omega.Gpt.Tests.Functions.Ledger;

/// <summary>What every ledger promises.</summary>
public abstract class CallLedgerContract : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    protected abstract ICallLedger Open();

    public virtual void Dispose() => GC.SuppressFinalize(this);

    [Fact]
    public async Task Start_OfANewCall_MayRunOnce()
    {
        var ledger = Open();

        Assert.Null(await ledger.FindAsync(Key("t")));
        Assert.Null(await ledger.StartAsync(Key("t"), "order", At));
        var known = await ledger.StartAsync(Key("t"), "order", At.AddMinutes(1));

        Assert.Equal(new CallRecord(Key("t"), "order", At), known);
        Assert.Equal(known, await ledger.FindAsync(Key("t")));
    }

    [Theory]
    [InlineData("""{"filled":1.50,"note":"é \" \u2028"}""", null)]
    [InlineData("""{"error":{"kind":"function_execution"}}""", GptErrorKind.FunctionExecution)]
    [InlineData("null", null)]
    public async Task Finish_KeepsTheResult(string result, GptErrorKind? error)
    {
        var ledger = Open();
        await ledger.StartAsync(Key("t"), "order", At);

        await ledger.FinishAsync(Key("t"), Json(result), error, At.AddSeconds(1));
        await ledger.FinishAsync(Key("t"), Json("\"second\""), GptErrorKind.Timeout, At.AddSeconds(2));

        var known = (await ledger.StartAsync(Key("t"), "order", At))!;
        Assert.Equal((result, error, At.AddSeconds(1)), (known.Result!.Value.GetRawText(), known.Error, known.FinishedAt!.Value));
    }

    [Fact]
    public async Task Finish_OfACallThatNeverBegan_IsRefused() =>
        await Assert.ThrowsAsync<KeyNotFoundException>(async () => await Open().FinishAsync(Key("t"), Json("1"), null, At));

    [Fact]
    public async Task Start_ByManyAtOnce_LetsOneRun()
    {
        var ledgers = new[] { Open(), Open() };
        var first = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(async () => await ledgers[i % 2].StartAsync(Key("t"), "order", At))));
        // Where two are opened on one file they are one ledger; in memory each is its own.
        Assert.Equal(SharesAFile ? 1 : 2, first.Count(known => known is null));
    }

    [Fact]
    public async Task Ledger_AnyHistory_AgreesWithAModel() => await Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2], Gen.Int[0, 99]).Array[1, 20].SampleAsync(
        async steps =>
        {
            var ledger = Open();
            var prefix = Guid.NewGuid().ToString("N");
            var model = new Dictionary<int, (int Started, int? Result)>();
            foreach (var (call, what, value) in steps)
            {
                var key = Key($"{prefix}{call}");
                var known = what switch
                {
                    0 => await ledger.StartAsync(key, $"f{value}", At),
                    1 when model.ContainsKey(call) => await FinishAsync(ledger, key, value),
                    _ => await ledger.FindAsync(key),
                };
                if (what == 0 && model.TryAdd(call, (value, null)))
                {
                    Assert.Null(known);
                    continue;
                }

                if (what == 1 && model.TryGetValue(call, out var begun))
                    model[call] = (begun.Started, begun.Result ?? value);
                Assert.Equal(
                    model.TryGetValue(call, out var expected) ? $"f{expected.Started} {expected.Result}" : null,
                    known is null ? null : $"{known.Name} {known.Result?.GetRawText()}");
            }
        },
        iter: 40,
        threads: 1);

    [Fact]
    public void Key_OfEquivalentArguments_IsTheSame_OfOthersNot()
    {
        var key = CallKey.Of("c", "t", 1, 0, Json("""{"a":1,"b":{"x":"é","y":[1,2]}}"""));

        Assert.Equal(key.Id, CallKey.Of("c", "t", 1, 0, Json("""{ "b" : {"y":[1,2],"x":"\u00e9"}, "a":1 }""")).Id);
        string[] others =
        [
            CallKey.Of("c", "t", 1, 0, Json("""{"a":1,"b":{"x":"é","y":[2,1]}}""")).Id,
            CallKey.Of("d", "t", 1, 0, Json("""{"a":1,"b":{"x":"é","y":[1,2]}}""")).Id,
            CallKey.Of("c", "u", 1, 0, Json("""{"a":1,"b":{"x":"é","y":[1,2]}}""")).Id,
            CallKey.Of("c", "t", 2, 0, Json("""{"a":1,"b":{"x":"é","y":[1,2]}}""")).Id,
            CallKey.Of("c", "t", 1, 1, Json("""{"a":1,"b":{"x":"é","y":[1,2]}}""")).Id,
            CallKey.Of("ct", "", 1, 0, Json("""{"a":1,"b":{"x":"é","y":[1,2]}}""")).Id,
        ];
        Assert.DoesNotContain(key.Id, others);
        Assert.Equal(others.Length, others.Distinct().Count());
        Assert.Matches("^[0-9a-f]{32}$", key.Id);
    }

    protected abstract bool SharesAFile { get; }

    protected static CallKey Key(string turn) => CallKey.Of("c", turn, 1, 0, Json("""{"symbol":"A"}"""));

    private static async Task<CallRecord?> FinishAsync(ICallLedger ledger, CallKey key, int value)
    {
        await ledger.FinishAsync(key, Json($"{value}"), null, At);
        return await ledger.FindAsync(key);
    }
}
