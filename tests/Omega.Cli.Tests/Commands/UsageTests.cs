using System.Text.Json;
using Microsoft.Data.Sqlite;
using Omega.Cli.Commands.Usage;
using Omega.Gpt;
using Omega.TestKit;

namespace Omega.Cli.Tests.Commands;

public sealed class UsageTests : IAsyncDisposable
{
    private readonly CliRun _cli = new();
    private readonly ModelServer _server = ModelServer.Start();

    public UsageTests() => _server.Respond(_ => Reply.Stream(ChatCompletionsStream.Create("gpt-4.1").Text("Hi", " there").Finish("stop").Usage(1_000, 50, cached: 400).Done()));

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _cli.Dispose();
    }

    [Fact]
    public async Task Usage_NothingYet_SaysSo()
    {
        var result = await _cli.RunAsync("usage");
        Assert.Equal((0, ""), (result.Code, result.Output));
        Assert.Contains("Nothing has been used yet", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_cli.Home, "usage.db")));
    }

    [Fact]
    public async Task Usage_AfterTurns_TellsWhatTheyCost()
    {
        await AskAsync("one");
        await AskAsync("two");

        // 600 × 2 + 400 × 0.5 + 50 × 8 = 1800 millionths a turn; the cache saved 400 × 1.5.
        var table = await _cli.RunAsync("usage", "--by", "model");
        Assert.Matches(@"openai/gpt-4\.1 +2 +2 +2,000 +40 % +100 +\$0\.0036 +█{12} ", table.Output);
        Assert.Contains("2 turns · 2 calls of models · 2,000 tokens in (40 % from the cache), 100 out", table.Output, StringComparison.Ordinal);
        Assert.Contains("prompt caches saved $0.0012", table.Output, StringComparison.Ordinal);

        var json = JsonElement.Parse((await _cli.RunAsync("usage", "--by", "session", "--since", "1h", "--json")).Output);
        Assert.Equal("0.0036", json.GetProperty("total").GetProperty("cost_usd").GetString());
        Assert.Equal(2, json.GetProperty("lines").GetArrayLength());

        var csv = (await _cli.RunAsync("usage", "export")).Lines;
        Assert.Equal(3, csv.Length);
        Assert.All(csv, line => Assert.Equal(csv[0].Count(c => c == ','), line.Count(c => c == ',')));

        Assert.Equal(3, (await _cli.RunAsync("usage", "--by", "session", "--csv")).Lines.Length);
        Assert.Contains("Nothing was used in that time", (await _cli.RunAsync("usage", "--until", "2020")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Usage_Prune_DeletesOldRowsAfterAYes()
    {
        await AskAsync("one");
        _cli.Typed = "n\n";
        Assert.Contains("Kept everything", (await _cli.RunAsync("usage", "prune", "--before", "2090-01-01")).Error, StringComparison.Ordinal);
        Assert.Contains("1 call of models", (await _cli.RunAsync("usage")).Output, StringComparison.Ordinal);

        Assert.Contains("Deleted 0 calls", (await _cli.RunAsync("usage", "prune", "--before", "2020-01-01", "--yes")).Error, StringComparison.Ordinal);
        Assert.Contains("Deleted 1 calls", (await _cli.RunAsync("usage", "prune", "--before", "2090-01-01", "--yes")).Error, StringComparison.Ordinal);
        Assert.Contains("Nothing has been used yet", (await _cli.RunAsync("usage")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Usage_OpenAndSettle_CorrectWhatADeadProcessLeft()
    {
        Assert.Contains("No call is open", (await _cli.RunAsync("usage", "open")).Error, StringComparison.Ordinal);
        Assert.Contains("There is no usage ledger", (await _cli.RunAsync("usage", "settle", "1", "--unsent")).Error, StringComparison.Ordinal);
        await AskAsync("one");
        // As a process leaves it that is killed between its row and its answer.
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(_cli.Home, "usage.db")};Pooling=false"))
        {
            connection.Open();
            await using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO attempts (at, session, turn, step, number, provider, model, reserved) SELECT at + 1, session, 'lost', 1, 1, provider, model, 5000000000 FROM attempts";
            command.ExecuteNonQuery();
        }

        Assert.Matches(@"(?m)^ +2 +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d +openai/gpt-4\.1 .+ +1 +1 +~\$0\.0050$", (await _cli.RunAsync("usage", "open")).Output);
        var open = JsonElement.Parse((await _cli.RunAsync("usage", "open", "--json")).Output).GetProperty("open");
        Assert.Equal((2, "lost", "0.005"), (open[0].GetProperty("id").GetInt32(), open[0].GetProperty("turn").GetString(), open[0].GetProperty("reserved_usd").GetString()));
        Assert.Contains("omega usage open", (await _cli.RunAsync("usage")).Output, StringComparison.Ordinal);

        Assert.Contains("cost $0.0120", (await _cli.RunAsync("usage", "settle", "2", "--cost", "0.012")).Error, StringComparison.Ordinal);
        Assert.Equal("0.0138", await TotalAsync());
        var settled = JsonElement.Parse((await _cli.RunAsync("usage", "settle", "2", "--unsent", "--json")).Output).GetProperty("settled")[0];
        Assert.Equal(("failed", "0"), (settled.GetProperty("outcome").GetString(), settled.GetProperty("cost_usd").GetString()));
        Assert.Equal("0.0018", await TotalAsync());

        var ended = await _cli.RunAsync("usage", "settle", "1", "--unsent");
        Assert.Equal((2, ""), (ended.Code, ended.Output));
        Assert.Contains("Call 1 has ended by itself (completed, $0.0018)", ended.Error, StringComparison.Ordinal);

        async Task<string?> TotalAsync() => JsonElement.Parse((await _cli.RunAsync("usage", "--json")).Output).GetProperty("total").GetProperty("cost_usd").GetString();
    }

    [Theory]
    [InlineData("The call's number is \"two\"; allowed: a number that omega usage open shows.", "two", "--unsent")]
    [InlineData("The call's number is \"-2\"", "--unsent", "--", "-2")]
    [InlineData("--cost is \"much\"; allowed: a number from 0 to 1000000, in US dollars.", "2", "--cost", "much")]
    [InlineData("--cost is \"1000001\"", "2", "--cost", "1000001")]
    [InlineData("give one of the two", "2", "--cost", "1", "--unsent")]
    [InlineData("Give --cost USD, or --unsent", "2")]
    public async Task Usage_SettleGivenWrongly_SaysWhatIsAllowed(string message, params string[] arguments)
    {
        var result = await _cli.RunAsync(["usage", "settle", .. arguments]);
        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_BudgetTooSmall_AsksNobodyAndSaysWhy()
    {
        var result = await AskAsync("one", "--budget", "0.00001");
        Assert.Equal((1, ""), (result.Code, result.Output));
        Assert.Contains("this turn", result.Error, StringComparison.Ordinal);
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task Ask_BudgetOfTheDay_ComesFromTheSettings()
    {
        _cli.Environment["OMEGA_BUDGET_DAY"] = "0.0019";
        Assert.Equal(0, (await AskAsync("one")).Code);
        var second = await AskAsync("two");
        Assert.Equal(1, second.Code);
        Assert.Contains("$0.0019 for this day", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_UnknownPrice_NeedsAllowUnpriced()
    {
        var refused = await _cli.RunAsync("ask", "one", "-m", "compatible/mystery", "--base-url", _server.BaseUrl + "/v1", "--budget", "1");
        Assert.Equal(1, refused.Code);
        Assert.Contains("--allow-unpriced", refused.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await _cli.RunAsync("ask", "one", "-m", "compatible/mystery", "--base-url", _server.BaseUrl + "/v1", "--budget", "1", "--allow-unpriced")).Code);
        Assert.Contains("1 call whose price is unknown", (await _cli.RunAsync("usage")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("usage", "--by", "week")]
    [InlineData("usage", "--since", "yesterdayish")]
    [InlineData("usage", "--json", "--csv")]
    [InlineData("ask", "hi", "--budget", "0")]
    [InlineData("ask", "hi", "--budget", "lots")]
    public async Task Usage_WrongOption_IsAUsageError(params string[] arguments) => Assert.Equal(2, (await _cli.RunAsync(arguments)).Code);

    [Theory]
    [InlineData("today", "2026-11-28T00:00:00Z")]
    [InlineData("90m", "2026-11-28T11:00:00Z")]
    [InlineData("24h", "2026-11-27T12:30:00Z")]
    [InlineData("30d", "2026-10-29T12:30:00Z")]
    [InlineData("2w", "2026-11-14T12:30:00Z")]
    [InlineData("2026-11", "2026-11-01T00:00:00Z")]
    [InlineData("2026-11-02T03:04", "2026-11-02T03:04:00Z")]
    [InlineData("2026-11-02T03:04+02:00", "2026-11-02T01:04:00Z")]
    [InlineData("-3d", null)]
    [InlineData("3", null)]
    [InlineData("soon", null)]
    public void Parse_Moment_IsUtc(string text, string? expected) =>
        Assert.Equal(
            expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture),
            UsageMoment.Parse(text, new DateTimeOffset(2026, 11, 28, 12, 30, 0, TimeSpan.Zero)));

    [Fact]
    public void Sentences_CallsThatWaited_SayHowLong()
    {
        var waited = UsageTable.Sentences(new UsageLine { Name = "", Attempts = 3, Queue = new UsageTimes(0, 1_500, 2_000) });
        Assert.Contains("waited for its turn 0 ms (median), 1.5 s (95 of 100), 2.0 s (99 of 100)", waited);
        Assert.DoesNotContain(UsageTable.Sentences(new UsageLine { Name = "", Attempts = 3, Queue = new UsageTimes(0, 0, 0) }), line => line.Contains("waited", StringComparison.Ordinal));
    }

    [Fact]
    public void Bar_Parts_AreEighthsOfAColumn()
    {
        Assert.Equal("████████████", UsageTable.Bar(3m, 3m));
        Assert.Equal("██████", UsageTable.Bar(1.5m, 3m));
        Assert.Equal("▏", UsageTable.Bar(0.0001m, 3m));
        Assert.Equal("", UsageTable.Bar(0m, 3m));
        Assert.Equal("", UsageTable.Bar(0m, 0m));
    }

    private Task<CliResult> AskAsync(string prompt, params string[] more) =>
        _cli.RunAsync(["ask", prompt, "-m", "openai/gpt-4.1", "--base-url", _server.BaseUrl + "/v1", "--api-key", "sk-test-0123456789", .. more]);
}
