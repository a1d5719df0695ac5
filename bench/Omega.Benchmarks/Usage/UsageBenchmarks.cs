using System.Diagnostics;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.ML.Tokenizers;
using Omega.Gpt;
using Omega.Gpt.Models;
using Omega.Gpt.Providers;
using Omega.Gpt.Usage;

namespace Omega.Benchmarks.Usage;

/// <summary>What counting, metering and the ledger cost. In turns where two things are compared.</summary>
internal static class UsageBenchmarks
{
    private const int Rounds = 7;

    private static readonly ModelInfo Info = new() { Provider = "acme", Name = "swift", MaxOutput = 32_768, Prices = [new PriceTier { Input = 2m, Output = 8m }] };

    /// <param name="only"><c>first</c>, <c>count</c>, <c>meter</c>, <c>ledger</c> and <c>report</c>; none for all.</param>
    public static async Task RunAsync(string[] only)
    {
        // Before anything else has opened a ledger in this process.
        if (only is [] or ["first"])
            await FirstRowsAsync().ConfigureAwait(false);
        if (only is [] or ["count"])
            Counting();
        if (only is [] or ["meter"])
            await MeteringAsync().ConfigureAwait(false);
        if (only is not ([] or ["ledger"] or ["report"]))
            return;
        var folder = Directory.CreateTempSubdirectory("omega-bench-").FullName;
        try
        {
            if (only is not ["report"])
                await WritingAsync(Path.Combine(folder, "write.db")).ConfigureAwait(false);
            await ReportingAsync(Path.Combine(folder, "report.db")).ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Counting()
    {
        var counter = TokenCounter.For("gpt-4.1");
        var tokenizer = TiktokenTokenizer.CreateForEncoding("o200k_base");
        var text = MixedText(5_000_000);
        var ratios = new List<double>();
        var (own, bare) = (double.MaxValue, double.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            var plain = Time(() => tokenizer.CountTokens(text));
            var ours = Time(() => counter.Count(text));
            ratios.Add(ours / plain);
            (own, bare) = (Math.Min(own, ours), Math.Min(bare, plain));
        }

        ratios.Sort();
        Console.WriteLine(FormattableString.Invariant($"| count 5 MB of mixed text | {own:0} ms | the tokenizer itself {bare:0} ms | ratio {own / bare:0.000}, median {ratios[Rounds / 2]:0.000} |"));
        foreach (var unit in (string[])["字", "a", " ", "=", "\n/", ".\u0300", "🙂", "7", "QmFzZTY0"])
        {
            var run = string.Concat(Enumerable.Repeat(unit, 100_000 / unit.Length));
            Console.WriteLine(FormattableString.Invariant($"| count 100,000 characters of {Shown(unit)} | {Time(() => counter.Count(run)):0} ms |"));
        }
    }

    private static async Task MeteringAsync()
    {
        const int Pieces = 20_000;
        var deltas = Enumerable.Repeat(new TextDelta(" word"), Pieces).ToArray<ModelDelta>();
        await using var ledger = UsageLedger.InMemory();
        var plain = new Model(deltas);
        var counted = new MeteringProvider(plain, new UsageMeter(new UsageOptions { Ledger = ledger }, TimeProvider.System));
        var limited = new MeteringProvider(plain, new UsageMeter(new UsageOptions { Ledger = ledger, Budget = new Budget { PerDay = 100m }, LiveSpend = TimeSpan.FromSeconds(1) }, TimeProvider.System));
        var least = new double[3];
        var bytes = new long[3];
        Array.Fill(least, double.MaxValue);
        for (var round = 0; round < 60; round++)
        {
            for (var which = 0; which < 3; which++)
            {
                var provider = which switch { 0 => plain, 1 => counted, _ => (IModelProvider)limited };
                var before = GC.GetTotalAllocatedBytes(precise: true);
                var began = Stopwatch.GetTimestamp();
                await foreach (var delta in provider.StreamAsync(new ModelRequest { Model = "swift", Messages = [Message.User("Hello")], Info = Info }).ConfigureAwait(false))
                    _ = delta;
                least[which] = Math.Min(least[which], Stopwatch.GetElapsedTime(began).TotalNanoseconds / Pieces);
                bytes[which] = GC.GetTotalAllocatedBytes(precise: true) - before;
            }
        }

        Console.WriteLine(FormattableString.Invariant($"| a delta, bare | {least[0]:0} ns | {bytes[0] / (double)Pieces:0.0} B |"));
        Console.WriteLine(FormattableString.Invariant($"| a delta, metered | {least[1]:0} ns | {bytes[1] / (double)Pieces:0.0} B |"));
        Console.WriteLine(FormattableString.Invariant($"| a delta, metered under a budget, spending told | {least[2]:0} ns | {bytes[2] / (double)Pieces:0.0} B |"));
    }

    /// <summary>What a request waits for its row: the first of a process, which opens the file, and later ones, ten milliseconds apart as requests are.</summary>
    private static async Task FirstRowsAsync()
    {
        const int Rows = 300;
        var folder = Directory.CreateTempSubdirectory("omega-bench-").FullName;
        try
        {
            await using var ledger = new UsageLedger(Path.Combine(folder, "first.db"));
            var opening = new AttemptOpening { At = DateTimeOffset.UnixEpoch.AddYears(56), Session = "s", Turn = "t", Step = 1, Number = 1, Provider = "acme", Model = "swift" };
            var times = new List<double>();
            for (var row = 0; row < Rows; row++)
            {
                var began = Stopwatch.GetTimestamp();
                await ledger.OpenAsync(opening with { Turn = $"t{row}" }, new Demand([], Info, 100, null)).ConfigureAwait(false);
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System).ConfigureAwait(false);
            }

            var first = times[0];
            times.Sort();
            Console.WriteLine(FormattableString.Invariant($"| a request waits for its row | the process's first {first:0.0} ms | median {times[Rows / 2]:0.000} ms | 99 of 100 {times[Rows * 99 / 100]:0.000} ms |"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task WritingAsync(string path)
    {
        await using var ledger = new UsageLedger(path);
        var opening = new AttemptOpening { At = DateTimeOffset.UnixEpoch.AddYears(56), Session = "s", Turn = "t", Step = 1, Number = 1, Provider = "acme", Model = "swift" };
        await TurnAsync(opening).ConfigureAwait(false);
        foreach (var writers in (int[])[1, 64, 512])
        {
            const int Calls = 20_000;
            var (began, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            await Task.WhenAll(Enumerable.Range(0, writers).Select(async writer =>
            {
                for (var i = 0; i < Calls / writers; i++)
                    await TurnAsync(opening with { Session = $"s{writer}", Turn = $"t{writer}-{i}" }).ConfigureAwait(false);
            })).ConfigureAwait(false);
            var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
            var busy = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
            Console.WriteLine(FormattableString.Invariant($"| ledger, {writers} at one time, each call opened and completed | {Calls / took:#,0} calls/s on the clock | {Calls / busy:#,0} a second of processor time |"));
        }

        async Task TurnAsync(AttemptOpening call)
        {
            var admission = await ledger.OpenAsync(call, new Demand([(new BudgetAccount(BudgetScope.Month, "2026-01"), 1_000_000m)], Info, 100, 100)).ConfigureAwait(false);
            await ledger.CloseAsync(admission.Attempt!, new AttemptClosing
            {
                Outcome = AttemptOutcome.Completed,
                FirstToken = TimeSpan.FromMilliseconds(300),
                Total = TimeSpan.FromSeconds(2),
                Usage = new TokenUsage(new InputTokens(100), new OutputTokens(50)),
                Cost = new Cost(0.0006m, false, CostSource.Catalogue),
            }).ConfigureAwait(false);
        }
    }

    private static async Task ReportingAsync(string path)
    {
        const int Rows = 1_000_000;
        UsageSchema.Open(path).Dispose();
        await using (var connection = new SqliteConnection($"Data Source={path};Pooling=false"))
        {
            connection.Open();
            await using var command = connection.CreateCommand();
            command.CommandText =
                $"""
                PRAGMA synchronous = OFF;
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5020)
                INSERT INTO names (id, name) SELECT i, 'name-' || i FROM n;
                WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {Rows - 1})
                INSERT INTO attempts (at, session, turn, step, number, provider, model, key, reserved, outcome, first_us, total_us, input, cache_read, output,
                    cost, cost_kind, saved, functions, queue_us, connect_us, cache_write, reasoning, served, finish)
                SELECT 1790000000000 + i * 2500, 20 + i % 5000, '01K' || printf('%023d', i / 2), 1 + i % 2, 1 + (i % 50 = 0), 1 + i % 3, 4 + i % 8, 12 + i % 4, 5000000,
                    1 + (i % 97 = 0), 200000 + (i * 7919) % 900000, 2000000 + (i * 104729) % 9000000, 800 + i % 4000, i % 800, 50 + i % 700, 1234567890 + i, 0, 12345,
                    CASE i % 3 WHEN 0 THEN 'get_price' WHEN 1 THEN 'get_price analyze_market' END, i % 20 / 19 * 40000, 90000, 0, i % 40, 4 + i % 8, 'stop' FROM n;
                """;
            command.CommandTimeout = 600;
            command.ExecuteNonQuery();
        }

        await using var ledger = new UsageLedger(path);
        foreach (var by in Enum.GetValues<UsageGroup>())
        {
            var (least, busy) = (double.MaxValue, double.MaxValue);
            for (var round = 0; round < 5; round++)
            {
                var (began, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
                var report = await ledger.ReportAsync(new UsageQuery { By = by }).ConfigureAwait(false);
                least = Math.Min(least, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                busy = Math.Min(busy, (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds);
                if (report.Total.Attempts != Rows)
                    throw new InvalidOperationException($"{report.Total.Attempts} rows");
            }

            Console.WriteLine(FormattableString.Invariant($"| report over {Rows:#,0} calls by {by} | {least:0} ms on the clock | {busy:0} ms of processor time | file {new FileInfo(path).Length / 1_000_000} MB |"));
        }
    }

    private static double Time(Func<int> work)
    {
        var began = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static string Shown(string unit) => string.Concat(unit.Select(c => c is > ' ' and < '\u007f' ? c.ToString() : $"\\u{(int)c:x4}"));

    /// <summary>Prose, code, JSON, numbers and other scripts, seeded.</summary>
    private static string MixedText(int bytes)
    {
        string[] pieces =
        [
            "The quick brown fox jumps over the lazy dog. ", "if (price > average) { buy(quantity: 0.25m); }\n", "{\"symbol\":\"BTCUSDT\",\"close\":67250.12,\"volume\":1234.5}\n",
            "Die Größe der Änderung übertraf alle Erwartungen. ", "価格は昨日より三パーセント上がった。", "Цена выросла на три процента. ", "2026-11-28T12:00:00Z ", "🙂📈 ", "\n\n## Summary\n- ",
        ];
        var random = new Random(42);
        var text = new StringBuilder();
        for (var length = 0; length < bytes;)
        {
            var piece = pieces[random.Next(pieces.Length)];
            text.Append(piece);
            length += Encoding.UTF8.GetByteCount(piece);
        }

        return text.ToString();
    }

    private sealed class Model(ModelDelta[] deltas) : IModelProvider
    {
        public string Name => "acme";

        public async IAsyncEnumerable<ModelDelta> StreamAsync(ModelRequest request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.CompletedTask.ConfigureAwait(false);
            foreach (var delta in deltas)
                yield return delta;
            yield return new FinishedDelta(FinishReason.Stop, null);
        }
    }
}
