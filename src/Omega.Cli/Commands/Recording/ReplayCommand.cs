using System.CommandLine;
using Omega.Cli.Functions;
using Omega.Cli.Markets;
using Omega.Cli.Screen;
using Omega.Cli.Turns;
using Omega.Gpt;

namespace Omega.Cli.Commands.Recording;

/// <summary><c>omega replay</c>: a recording's turns, run again without a model, and seen to come out as they were.</summary>
internal sealed class ReplayCommand : Command, IExamples
{
    private readonly CliHost _host;
    private readonly Argument<string> _file = new("file") { Description = "A recording, made with --record or by the flight recorder" };
    private readonly Option<double?> _speed = OptionParsing.Number("--speed", "How fast: 1 as it was, 10 ten times that; all at once when not given", "FACTOR", NumberRange.Speed);
    private readonly Option<bool> _rerun = OptionParsing.Switch("--rerun-functions", "Run functions anew where they need no approval, instead of answering from the recording: those given, and those of the recorded market");
    private readonly FunctionArguments _functions = new();
    private readonly Option<bool> _json = OptionParsing.Switch("--json", "One event a line on standard output, as JSON");

    public ReplayCommand(CliHost host)
        : base("replay", "Run a recording again: same requests, same results, same events, and no model.")
    {
        _host = host;
        Arguments.Add(_file);
        Options.Add(_speed);
        Options.Add(_rerun);
        _functions.AddTo(this);
        Options.Add(_json);
        SetAction((parsed, _) => RunAsync(parsed));
    }

    public IReadOnlyList<string> Examples =>
    [
        "omega ask \"Weather in Oslo?\" --functions functions.json --record oslo.jsonl && omega replay oslo.jsonl",
        "omega replay oslo.jsonl --speed 1",
        "omega replay oslo.jsonl --json > events.jsonl",
        "omega replay oslo.jsonl --rerun-functions --functions functions.json",
        "omega replay btc.jsonl --rerun-functions --candles btcusdt-1h.csv",
    ];

    private async Task<int> RunAsync(ParseResult parsed)
    {
        using var interruption = new Interruption();
        var (json, speed, rerun) = (parsed.GetValue(_json), parsed.GetValue(_speed), parsed.GetValue(_rerun));
        var recording = SessionRecording.Load(parsed.GetValue(_file)!);
        if (recording.Notice is { } notice)
            _host.Terminal.Marked("note", notice, Tone.Warning);
        var choices = rerun ? _functions.Read(parsed, _host.Settings) : new FunctionChoices(null, RunsCommands: false, [], Market: null);
        await using var sources = await FunctionSources.OpenAsync(_host, choices with { Market = null }).ConfigureAwait(false);
        var functions = rerun ? new RerunFunctions(_host, sources, _functions.SaysMarket(parsed) ? choices.Market ?? new MarketChoice.Nothing() : null, choices.Market) : null;
        if (functions?.CanRun(recording) == false)
            throw CliException.Usage("--rerun-functions needs functions to run: add --functions FILE, --mcp SERVER, or --candles FILE for those of the market.");

        var replay = new SessionReplay(recording);
        using var run = interruption.BeginTurn();
        try
        {
            foreach (var turn in recording.Turns.Where(turn => turn.Events.Count > 0))
            {
                if (turn.Obstacle is { } obstacle)
                    _host.Terminal.Marked("note", $"Turn {turn.Id} is only shown, not run again: {obstacle}.", Tone.Warning);
                else if (functions is not null)
                    replay.Functions = await functions.ForAsync(turn, run.Token).ConfigureAwait(false);
                await ShowAsync(replay, turn, functions, json, speed, run.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (run.Token.IsCancellationRequested)
        {
            return interruption.ExitCode ?? ExitCode.Interrupted;
        }

        return ExitCode.Answered;
    }

    private async Task ShowAsync(SessionReplay replay, RecordedTurn turn, RerunFunctions? functions, bool json, double? speed, CancellationToken cancellationToken)
    {
        ITurnView view = json ? new JsonTurnView(_host.Terminal, _host.Time) : new TextTurnView(_host.Terminal, quiet: false, turn.Conversation);
        if (!json)
            _host.Terminal.Line($"{turn.Id} · {turn.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC · {PlainText.Line(turn.Prompt, 80)}", Tone.Strong);
        DateTimeOffset? last = null;
        await foreach (var gptEvent in replay.RunAsync(turn, cancellationToken).ConfigureAwait(false))
        {
            if (speed is { } factor && last is { } before && gptEvent.At > before)
                await Task.Delay((gptEvent.At - before) / factor, _host.Time, cancellationToken).ConfigureAwait(false);
            last = gptEvent.At;
            functions?.See(gptEvent);
            view.Show(gptEvent);
            // What was an exception then is a line of the log now.
            if (!json && gptEvent is TurnFailedEvent failed)
                _host.Terminal.Marked("failed", failed.Message, Tone.Error);
            else if (!json && gptEvent is TurnCancelledEvent)
                _host.Terminal.Line("The turn was stopped here.", Tone.Dim);
        }
    }
}
