using System.Globalization;
using Omega.TestKit;

namespace Omega.Gpt.Tests.Resilience;

/// <summary>
/// Turns of every wire whose servers fail at random, many after the first token: each ends whole or with a typed error, and no character is
/// lost or doubled. OMEGA_ROUNDS times 40 turns (default 5, which is 200).
/// </summary>
public sealed class RandomFaultsTests(ITestOutputHelper output)
{
    private const int Seed = 20261128;
    private static readonly int Turns = 40 * (int.TryParse(Environment.GetEnvironmentVariable("OMEGA_ROUNDS"), CultureInfo.InvariantCulture, out var rounds) ? rounds : 5);

    private readonly Random _random = new(Seed);
    private readonly Dictionary<string, int> _faults = new(StringComparer.Ordinal);
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
        foreach (var wire in (Wire[])[Wire.ChatCompletions, Wire.Responses, Wire.Anthropic])
        {
            // Half a second: a real delay that is taken for a silence of the model is one more fault, and no harm.
            await using var rig = new Rig(options, wire, seed: Seed) { Step = TimeSpan.FromMilliseconds(500) };
            rig.First.Respond(request => Answer(request.Wire));
            rig.Second.Respond(request => Answer(request.Wire));
            for (var turn = 0; turn < (Turns + 2) / 3; turn++)
            {
                _words = [.. Enumerable.Range(1, _random.Next(5, 60)).Select(word => string.Create(CultureInfo.InvariantCulture, $"{wire}{turn}.{word} "))];
                _brokeLate = false;
                var (began, attempts) = (rig.First.Requests.Count + rig.Second.Requests.Count, rig.Attempts.Count);

                var told = await rig.AskAsync();

                var outcome = Check(told, $"{wire} turn {turn}");
                outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
                late += _brokeLate ? 1 : 0;
                // Every call of a wire has a number of its own, and the servers saw just these.
                var made = rig.Attempts.Count - attempts;
                Assert.Equal(Enumerable.Range(1, made), rig.Attempts.Skip(attempts));
                Assert.Equal(made, rig.First.Requests.Count + rig.Second.Requests.Count - began);
                calls += made;
            }

            rig.First.ThrowIfFaulted();
            rig.Second.ThrowIfFaulted();
        }

        output.WriteLine($"{Turns} turns (seed {Seed}), {calls} calls of wires, as many at the servers; {late} turns with a fault after the first token");
        output.WriteLine(string.Join(", ", outcomes.OrderBy(outcome => outcome.Key).Select(outcome => $"{outcome.Value} {outcome.Key}")));
        output.WriteLine(string.Join(", ", _faults.OrderBy(fault => fault.Key).Select(fault => $"{fault.Value} {fault.Key}")));
        Assert.True(late >= Turns * 0.3, $"only {late} of {Turns} turns broke after the first token");
        Assert.True(outcomes.GetValueOrDefault("rescued") > 0);
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

    private Reply Answer(Wire wire)
    {
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
        Wire.Responses => ResponsesStream.Create().Text(words).Complete(10, words.Length),
        Wire.Anthropic => AnthropicStream.Create().Text(words).Finish("end_turn", words.Length).Done(),
        _ => ChatCompletionsStream.Create().Text(words).Finish("stop").Usage(10, words.Length).Done(),
    };

    private static WireStream Failing(Wire wire, string[] words) => wire switch
    {
        Wire.Responses => ResponsesStream.Create().Text(words).Error("server_error", "Broken."),
        Wire.Anthropic => AnthropicStream.Create().Text(words).Error("overloaded_error", "Overloaded."),
        _ => ChatCompletionsStream.Create().Text(words).Error("Broken."),
    };
}
