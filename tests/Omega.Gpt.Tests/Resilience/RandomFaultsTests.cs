using System.Collections.Concurrent;
using System.Globalization;
using Omega.Gpt.Tests.Usage;
using Omega.TestKit;

namespace Omega.Gpt.Tests.Resilience;

/// <summary>
/// Turns of every wire whose servers fail at random, many after the first token: each ends whole or with a typed error, and no character is
/// lost or doubled; the ledger, a file, has a row for each call, and of each answer that was received whole the tokens that its server sent.
/// OMEGA_ROUNDS times 40 turns (default 5, which is 200).
/// </summary>
public sealed class RandomFaultsTests(ITestOutputHelper output)
{
    private const int Seed = 20261128;
    private const int InputTokens = 10;
    private static readonly int Turns = 40 * (int.TryParse(Environment.GetEnvironmentVariable("OMEGA_ROUNDS"), CultureInfo.InvariantCulture, out var rounds) ? rounds : 5);

    private readonly Random _random = new(Seed);
    private readonly Dictionary<string, int> _faults = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ReceivedRequest, Sent> _sent = new();
    private readonly Books _books = new();
    private string[] _words = [];
    private bool _brokeLate;

    [Fact]
    public async Task Turns_WithFaultsAtRandom_EndWholeOrWithATypedErrorAndLoseNothing()
    {
        var options = Rig.Options with
        {
            Breaker = null,
            Retry = new RetryOptions { RetriesPerMinute = 10_000 },
            // A request that was given up on its way would be one that the server has not seen.
            Timeouts = Rig.Options.Timeouts! with { Connect = null },
        };
        var outcomes = new Dictionary<string, int>(StringComparer.Ordinal);
        var (late, calls) = (0, 0);
        using var folder = new TempFolder();
        var elsewhere = new Random(Seed);
        foreach (var wire in (Wire[])[Wire.ChatCompletions, Wire.Responses, Wire.Anthropic])
        {
            await using var ledger = new UsageLedger(folder.At($"{wire}.db"));
            // Half a second: a real delay that is taken for a silence of the model is one more fault, and no harm.
            await using var rig = new Rig(options with { Usage = new UsageOptions { Ledger = ledger } }, wire, seed: Seed)
            {
                Step = TimeSpan.FromMilliseconds(500),
                IsUnreachable = () => elsewhere.Next(100) < 3,
            };
            rig.First.Respond(Answer);
            rig.Second.Respond(Answer);
            for (var turn = 0; turn < (Turns + 2) / 3; turn++)
            {
                _words = [.. Enumerable.Range(1, _random.Next(5, 60)).Select(word => string.Create(CultureInfo.InvariantCulture, $"{wire}{turn}.{word} "))];
                _brokeLate = false;
                var (began, attempts) = (Arrived(rig), rig.Attempts.Count);

                var told = await rig.AskAsync();

                var outcome = Check(told, $"{wire} turn {turn}");
                outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
                late += _brokeLate ? 1 : 0;
                // Every call of a wire has a number of its own, and the servers saw just these but for those that reached none.
                var made = rig.Attempts.Count - attempts;
                Assert.Equal(Enumerable.Range(1, made), rig.Attempts.Skip(attempts));
                Assert.Equal(rig.Calls.Skip(attempts).Count(call => call.IsReached), Arrived(rig) - began);
                calls += made;
            }

            rig.First.ThrowIfFaulted();
            rig.Second.ThrowIfFaulted();
            await CompareAsync(rig, ledger, $"{wire}");
        }

        output.WriteLine($"{outcomes.Values.Sum()} turns (seed {Seed}), {calls} calls of wires; {late} turns with a fault after the first token");
        output.WriteLine(_books.ToString());
        output.WriteLine(string.Join(", ", outcomes.OrderBy(outcome => outcome.Key).Select(outcome => $"{outcome.Value} {outcome.Key}")));
        output.WriteLine(string.Join(", ", _faults.OrderBy(fault => fault.Key).Select(fault => $"{fault.Value} {fault.Key}")));
        Assert.True(late >= Turns * 0.3, $"only {late} of {Turns} turns broke after the first token");
        Assert.True(outcomes.GetValueOrDefault("rescued") > 0);
        Assert.Equal(calls, _books.Rows);
        Assert.True(_books is { Unreached: > 0, Whole: > 0, Estimated: > 0 }, _books.ToString());
    }

    private static int Arrived(Rig rig) => rig.First.Requests.Count + rig.Second.Requests.Count;

    /// <summary>Holds each row of the ledger against what the server did with its request.</summary>
    private async Task CompareAsync(Rig rig, UsageLedger ledger, string wire)
    {
        var rows = await Ledgers.RowsAsync(ledger);
        foreach (var (provider, server) in new[] { ("first", rig.First), ("second", rig.Second) })
        {
            var calls = rig.Calls.Where(call => call.Provider == provider).ToList();
            var of = rows.Where(row => row.Provider == provider).ToList();
            Assert.Equal(calls.Count, of.Count);
            using var requests = server.Requests.OrderBy(request => request.Number).GetEnumerator();
            foreach (var (call, row) in calls.Zip(of))
            {
                Sent? sent = null;
                if (call.IsReached)
                {
                    Assert.True(requests.MoveNext(), $"{wire}: row {row.Id} without a request");
                    sent = _sent[requests.Current];
                }

                if (_books.Take(row, sent) is { } wrong)
                    Assert.Fail($"{wire}: {wrong}: {row}, {sent}");
            }

            Assert.False(requests.MoveNext(), $"{wire}: a request of {provider} without a row");
        }
    }

    private string Check(TurnTold told, string what)
    {
        // Where nothing had been shown, another answer is as good as any; never a mixture.
        var whole = string.Concat(_words);
        if (told.Text.Length > 0 && char.IsAsciiLetterUpper(told.Text[1]))
            whole = whole.ToUpperInvariant();
        if (told.Completed is { } completed)
        {
            Assert.True(whole == told.Text && whole == completed.Text, $"{what}: \"{told.Text}\" instead of \"{whole}\"");
            return told.Events.Any(gptEvent => gptEvent is StreamInterruptedEvent) ? "rescued" : told.Events.Any(gptEvent => gptEvent is RetryScheduledEvent or ModelSwitchedEvent) ? "retried" : "undisturbed";
        }

        var failed = Assert.IsType<TurnFailedEvent>(told.Events[^1]);
        Assert.True(whole.StartsWith(told.Text, StringComparison.Ordinal) && failed.PartialText == told.Text, $"{what}: \"{told.Text}\" is no beginning of \"{whole}\"");
        Assert.Equal(failed.Kind, Assert.IsType<GptException>(told.Error, exactMatch: false).Kind);
        return $"failed ({failed.Kind})";
    }

    private Reply Answer(ReceivedRequest request)
    {
        var wire = request.Wire;
        var fault = _random.Next(100) switch
        {
            < 38 => "none",
            < 44 => "rate limit",
            < 48 => "server",
            < 52 => "overloaded",
            < 55 => "reset before headers",
            < 57 => "web page",
            < 59 => "context",
            < 70 => "cut cleanly",
            < 78 => "cut",
            < 84 => "reset",
            < 90 => "stall",
            < 94 => "malformed",
            < 97 => "error in the stream",
            _ => "another answer",
        };
        if (fault == "another answer" && !_brokeLate)
            fault = "none";
        _faults[fault] = _faults.GetValueOrDefault(fault) + 1;
        _sent[request] = new Sent(fault, fault is "none" or "another answer" ? (InputTokens, _words.Length) : null);
        return fault switch
        {
            "rate limit" => Reply.RateLimited(wire, _random.Next(2) == 0 ? TimeSpan.FromSeconds(1) : null),
            "server" => Reply.Error(wire, 500, "Broken."),
            "overloaded" => Reply.Error(wire, 503, "Overloaded."),
            "reset before headers" => Reply.ResetBeforeHead(),
            "web page" => Reply.Html(),
            "context" => Reply.Error(wire, 400, "This model's maximum context length is 100000 tokens."),
            "cut cleanly" => Cut(wire, BodyEnd.EndCleanly),
            "cut" => Cut(wire, BodyEnd.CloseWithoutLastChunk),
            "reset" => Cut(wire, BodyEnd.Reset),
            "stall" => Cut(wire, BodyEnd.Stall),
            "malformed" => Late(Reply.Stream([.. Stream(wire, _words[..^1]).Chunks.Take(_words.Length / 2 + 2), "event: text\ndata: {\"choices\": [{\n\n"u8.ToArray()])),
            "error in the stream" => Late(Reply.Stream(Failing(wire, _words[..(_words.Length / 2)]))),
            "another answer" => Reply.Stream(Whole(wire, [.. _words.Select(word => word.ToUpperInvariant())])),
            _ => Reply.Stream(Whole(wire, _words)),
        };
    }

    /// <summary>A cut anywhere before the stream's last event, for the most part behind its first word.</summary>
    private Reply Cut(Wire wire, BodyEnd how)
    {
        var stream = Whole(wire, _words);
        var first = stream.Chunks.Take(6).Sum(chunk => chunk.Length);
        var at = _random.Next(10) == 0 ? _random.Next(first) : _random.Next(first, stream.TerminalLength!.Value);
        _brokeLate |= at >= first;
        return Reply.Stream(stream).CutAt(at, how);
    }

    private Reply Late(Reply reply)
    {
        _brokeLate = true;
        return reply;
    }

    private static WireStream Stream(Wire wire, string[] words) => wire switch
    {
        Wire.Responses => ResponsesStream.Create().Text(words),
        Wire.Anthropic => AnthropicStream.Create().Text(words),
        _ => ChatCompletionsStream.Create().Text(words),
    };

    private static WireStream Whole(Wire wire, string[] words) => wire switch
    {
        Wire.Responses => ResponsesStream.Create().Text(words).Complete(InputTokens, words.Length),
        Wire.Anthropic => AnthropicStream.Create(input: InputTokens).Text(words).Finish("end_turn", words.Length).Done(),
        _ => ChatCompletionsStream.Create().Text(words).Finish("stop").Usage(InputTokens, words.Length).Done(),
    };

    private static WireStream Failing(Wire wire, string[] words) => wire switch
    {
        Wire.Responses => ResponsesStream.Create().Text(words).Error("server_error", "Broken."),
        Wire.Anthropic => AnthropicStream.Create().Text(words).Error("overloaded_error", "Overloaded."),
        _ => ChatCompletionsStream.Create().Text(words).Error("Broken."),
    };

    /// <summary>What a server did with a request, and the tokens that it sent where its answer is whole.</summary>
    private sealed record Sent(string Fault, (int Input, int Output)? Usage);

    /// <summary>The ledger's rows beside what the servers sent.</summary>
    private sealed class Books
    {
        private static readonly string[] Refusals = ["rate limit", "server", "overloaded", "reset before headers", "web page", "context"];

        private long _rowTokens;
        private long _sentTokens;
        private int _free;

        public int Rows { get; private set; }

        public int Unreached { get; private set; }

        public int Whole { get; private set; }

        public int Estimated { get; private set; }

        /// <returns>What is wrong with the row; null where nothing is.</returns>
        public string? Take(UsageRecord row, Sent? sent)
        {
            Rows++;
            if (row.Outcome == AttemptOutcome.Completed)
            {
                if (sent?.Usage is not { } usage)
                    return "completed, and the answer was not whole";
                Whole++;
                _rowTokens += (row.Usage?.Input.Total + row.Usage?.Output.Total) ?? 0;
                _sentTokens += usage.Input + usage.Output;
                return row is { IsUsageEstimated: false, Cost.Estimated: false } && (row.Usage?.Input.Total, row.Usage?.Output.Total) == (usage.Input, usage.Output) ? null : "not the tokens that were sent";
            }

            if (row.Outcome == AttemptOutcome.Open)
                return "still open";
            // A whole answer is left unread where its text differs from what was shown, or where the machine was too slow for the clock.
            if (sent?.Fault == "none" && row.Error != "timeout")
                return "a whole answer that was not read";
            Unreached += sent is null ? 1 : 0;
            if (row.Usage is null)
            {
                _free++;
                return row.Cost is { Usd: 0 } && (sent is null ? row.Error == "connection" : Refusals.Contains(sent.Fault) || row.Error == "timeout") ? null : "no tokens, and it was not refused";
            }

            Estimated++;
            if (sent is null || Refusals.Contains(sent.Fault))
                return "tokens of a call that nobody answered";
            return row is { IsUsageEstimated: true, Cost.Estimated: true } ? null : "not marked as an estimate";
        }

        public override string ToString() =>
            $"{Rows} rows in the ledger, {Rows - Unreached} requests at the servers, {Unreached} calls that reached none; {Whole} answers received whole, {_rowTokens} tokens in the ledger, {_sentTokens} sent; {Estimated} broken ones estimated; {_free} refused or unsent, free";
    }
}
