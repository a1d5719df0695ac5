using System.Globalization;
using Omega.Gpt.CrashHost;
using Omega.TestKit;

namespace Omega.Gpt.Tests.Promises;

/// <summary>
/// A program that spends a day's budget in parallel turns is killed with -9 at random moments and started again until nothing is left: every
/// request that was sent has a row, and all of them together cost no more than the budget. OMEGA_ROUNDS sets the rounds (default 5).
/// </summary>
public sealed class BudgetCrashTests(ITestOutputHelper output)
{
    private const int Seed = 20261128;

    [Fact]
    public async Task Kill_AtAnyMoment_LosesNoSpendingAndOverrunsNoBudget()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no kill -9.");
        var rounds = int.TryParse(Environment.GetEnvironmentVariable("OMEGA_ROUNDS"), CultureInfo.InvariantCulture, out var asked) ? asked : 5;
        var random = new Random(Seed);
        var (kills, open) = (0, 0);
        for (var round = 1; round <= rounds; round++)
        {
            using var folder = new TempFolder();
            for (var kill = 0; kill < 2; kill++)
                kills += await KillAsync(folder.Path, lines: random.Next(1, 14), spin: random.Next(0, 6)) ? 1 : 0;
            await using (var last = Start(folder.Path))
            {
                Assert.Equal(0, await last.WaitForExitAsync());
                Assert.True(last.Error.Text.Length == 0, last.Error.Text);
            }

            var lines = await File.ReadAllLinesAsync(SpendingTurns.LinesOf(folder.Path), TestContext.Current.CancellationToken);
            await using var ledger = new UsageLedger(SpendingTurns.LedgerOf(folder.Path));
            var rows = new List<UsageRecord>();
            await foreach (var row in ledger.ReadAsync(cancellationToken: TestContext.Current.CancellationToken))
                rows.Add(row);

            var sent = lines.Where(line => line.StartsWith("sent ", StringComparison.Ordinal)).Select(line => line[5..]).ToList();
            var billed = lines.Count(line => line.StartsWith("billed ", StringComparison.Ordinal));
            Assert.True(sent.ToHashSet().IsSubsetOf(rows.Select(row => row.Turn!)), $"round {round}: a request without a row");
            var cost = rows.Sum(row => row.Outcome == AttemptOutcome.Open ? row.ReservedUsd!.Value : row.Cost!.Usd);
            Assert.True(billed * SpendingTurns.Bill <= cost, $"round {round}: {billed} billed, {cost} dollars in the ledger");
            // One that is killed between its row and its bill counts as what it reserved; nothing counts twice, and little is left.
            Assert.InRange(cost, SpendingTurns.PerDay - SpendingTurns.Bill, SpendingTurns.PerDay);
            Assert.All(rows, row => Assert.Equal(SpendingTurns.Bill, row.Outcome == AttemptOutcome.Open ? row.ReservedUsd : row.Cost!.Usd));
            open += rows.Count(row => row.Outcome == AttemptOutcome.Open);
        }

        output.WriteLine($"{rounds} rounds, {kills} kills, {open} requests in the air when they fell, none lost");
    }

    /// <summary>Runs the program and kills it after so many more requests.</summary>
    /// <returns>Whether it had not ended by itself.</returns>
    private static async Task<bool> KillAsync(string home, int lines, int spin)
    {
        var before = Count(home);
        await using var run = Start(home);
        await Patience.UntilAsync(() => run.HasExited || Count(home) >= before + lines, null, "requests");
        if (spin > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(spin), TimeProvider.System);
        if (run.HasExited)
            return false;
        run.Send(ProcessSignal.Kill);
        await run.WaitForExitAsync();
        return true;
    }

    private static int Count(string home) => File.Exists(SpendingTurns.LinesOf(home)) ? File.ReadLines(SpendingTurns.LinesOf(home)).Count() : 0;

    private static ProcessRun Start(string home) => ProcessRun.StartDotnet(typeof(SpendingTurns).Assembly.Location, [home, "spend"]);
}
