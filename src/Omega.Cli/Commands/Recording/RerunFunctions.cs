using Omega.Cli.Functions;
using Omega.Cli.Markets;
using Omega.Cli.Screen;
using Omega.Gpt;

namespace Omega.Cli.Commands.Recording;

/// <summary>
/// The functions of a replay that are run anew: those that are given, and those of the market that the turn was over, at the times of its calls.
/// </summary>
/// <param name="host">Where it is said what is not run.</param>
/// <param name="sources">The functions that are given.</param>
/// <param name="market">The market that the command line says; null where the recording says it.</param>
/// <param name="configured">The market of the settings.</param>
internal sealed class RerunFunctions(CliHost host, FunctionSources sources, MarketChoice? market, MarketChoice? configured)
{
    private readonly RecordedTime _time = new(DateTimeOffset.UnixEpoch);
    private MarketChoice? _open;
    private Dictionary<string, DateTimeOffset> _calls = [];

    /// <summary>Whether a turn of a recording has a function that can be run.</summary>
    public bool CanRun(SessionRecording recording) => sources.Outside.Count > 0 || recording.Turns.Any(turn => ChoiceFor(SourceOf(turn)) is not null);

    /// <summary>The functions for a turn. Says which of those that it called are not among them.</summary>
    /// <exception cref="Trading.TradingException">The market's file cannot be used.</exception>
    /// <exception cref="CliException">A function from outside has the name of one of the desk's.</exception>
    public async ValueTask<FunctionSet> ForAsync(RecordedTurn turn, CancellationToken cancellationToken)
    {
        _calls = turn.Events.OfType<FunctionCallExecutingEvent>().GroupBy(call => call.Call, StringComparer.Ordinal).ToDictionary(call => call.Key, call => call.First().At, StringComparer.Ordinal);
        _time.Set(turn.At);
        var functions = await UseMarketAsync(turn, cancellationToken).ConfigureAwait(false) ? sources.For(turn.Prompt) : sources.Outside;
        if (NotRun(turn, functions) is { Count: > 0 } left)
            host.Terminal.Marked("note", $"Answered from the recording and not run in turn {turn.Id}: {string.Join(", ", left)}.", Tone.Warning);
        return functions;
    }

    /// <summary>Puts the market's clock to the time of a call that is about to be run.</summary>
    public void See(GptEvent gptEvent)
    {
        if (gptEvent is FunctionCallStartedEvent started && _calls.TryGetValue(started.Call, out var time))
            _time.Set(time);
    }

    /// <returns>Whether there is a market for the turn.</returns>
    private async ValueTask<bool> UseMarketAsync(RecordedTurn turn, CancellationToken cancellationToken)
    {
        if (SourceOf(turn) is not { } source || ChoiceFor(source) is not { } choice)
            return false;
        if (choice != _open)
        {
            await sources.UseMarketAsync(MarketFeeds.Open(host, choice, _time, cancellationToken)).ConfigureAwait(false);
            _open = choice;
        }

        if (sources.Market!.Feed.Source != source)
            host.Terminal.Marked("warning", $"Turn {turn.Id} was over the market {MarketSource.Short(source)}, and this one is {sources.Market.Name}: its functions will return something else.", Tone.Warning);
        return true;
    }

    private MarketChoice? ChoiceFor(string? source)
    {
        if (source is null || market is not null)
            return source is null || market is MarketChoice.Nothing ? null : market;
        // A simulated market is all in its name; a file has to be given.
        return MarketChoice.Parse(source, "", static _ => { }) is MarketChoice.Simulated simulated ? simulated : configured as MarketChoice.Recorded;
    }

    private static string? SourceOf(RecordedTurn turn) =>
        turn.Events.OfType<AnnotationEvent>().FirstOrDefault(remark => remark.Kind == "market")?.Data is { ValueKind: System.Text.Json.JsonValueKind.Object } data && data.TryGetProperty("source", out var source) ? source.GetString() : null;

    private List<string> NotRun(RecordedTurn turn, FunctionSet functions) =>
    [
        .. turn.Events.OfType<FunctionCallStartedEvent>().Where(call => _calls.ContainsKey(call.Call)).Select(call => call.Name).Distinct(StringComparer.Ordinal)
            .Select(name => functions.FindFunction(name) switch
            {
                null => $"{name} (not given: add --functions, --mcp{(SourceOf(turn) is { } source ? $", or --candles FILE for the market {MarketSource.Short(source)}" : "")})",
                { Options.RequiresApproval: true } => $"{name} (it needs approval)",
                _ => null,
            })
            .OfType<string>(),
    ];
}
