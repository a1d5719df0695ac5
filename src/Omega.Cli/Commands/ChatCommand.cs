using System.CommandLine;
using Omega.Cli.Screen;
using Omega.Cli.Turns;
using Omega.Gpt;

namespace Omega.Cli.Commands;

/// <summary><c>omega chat</c>: a conversation, line by line; kept after every turn.</summary>
internal sealed class ChatCommand : Command, IExamples
{
    private readonly CliHost _host;
    private readonly TurnArguments _turn = new();

    public ChatCommand(CliHost host)
        : base("chat", "Talk. Answers stream as they are written; everything is kept in a session.")
    {
        _host = host;
        _turn.AddTo(this);
        SetAction((parsed, _) => RunAsync(parsed));
    }

    public IReadOnlyList<string> Examples =>
    [
        "omega chat",
        "omega chat -m anthropic/claude-sonnet-5-5 --system \"Answer in one sentence.\"",
        "omega chat -s trip",
        "omega chat -c",
        "omega chat --mcp \"files=npx -y @modelcontextprotocol/server-filesystem .\"",
    ];

    private async Task<int> RunAsync(ParseResult parsed)
    {
        using var interruption = new Interruption();
        var choices = _turn.Read(parsed, _host.Settings);
        TurnWarnings.Tell(_host, choices);
        using var recorder = choices.Recording.Open(_host);
        var (engine, model) = TurnComposer.Compose(_host, choices, recorder?.Recorder);
        var session = await TurnSession.OpenAsync(_host, engine, choices).ConfigureAwait(false);
        await using var functions = await TurnFunctions.OpenAsync(_host, choices).ConfigureAwait(false);
        var options = choices.ToTurnOptions(model.Model, functions.Functions, functions.Approver);
        var view = new TextTurnView(_host.Terminal, choices.Quiet, session.Id);
        if (!choices.Quiet)
            Greet(model.Model, model.Reason, session);

        // A pipe's lines are turns too; the first that fails says how the program ends.
        var code = ExitCode.Answered;
        while (await ReadAsync().ConfigureAwait(false) is { } line)
        {
            if (line.Length == 0)
                continue;
            if (line is "exit" or "quit")
                break;
            TurnSession.Name(session, line);
            functions.TellEnded();
            var request = new TurnRequest(session, [Message.User(line)], options, choices.PaceOn(_host.Terminal), functions.Asker);
            var ended = await TurnRunner.RunAsync(engine, request, view, interruption, _host.Time).ConfigureAwait(false);
            if (!_host.Terminal.IsOutputTerminal && ended == ExitCode.Answered)
                _host.Terminal.OutputLine("");
            if (ended is ExitCode.Terminated or ExitCode.OutputClosed || (ended == ExitCode.Interrupted && !_host.Terminal.IsInputTerminal))
                return ended;
            if (!_host.Terminal.IsInputTerminal && code == ExitCode.Answered)
                code = ended;
        }

        if (!choices.Quiet && session.Messages.Count > 0)
            _host.Terminal.Line($"Kept in session {session.Id}. Go on with: omega chat -s {session.Id}", Tone.Dim);
        return code;
    }

    private void Greet(string model, string reason, Conversation session)
    {
        var terminal = _host.Terminal;
        terminal.Line("Omega: real-time GPT", Tone.Strong);
        terminal.Line($"{model} answers: {reason}", Tone.Dim);
        if (session.Messages.Count > 0)
            terminal.Line($"Session {session.Id} goes on: {session.Title}", Tone.Dim);
        terminal.Line("Ctrl-C stops an answer; exit, quit or Ctrl-D leaves.", Tone.Dim);
    }

    private async ValueTask<string?> ReadAsync()
    {
        if (_host.Terminal.IsInputTerminal)
            _host.Terminal.Prompt("\n> ");
        var line = await _host.Lines.ReadAsync().ConfigureAwait(false);
        if (line is null && _host.Terminal.IsInputTerminal)
            _host.Terminal.Line();
        return line?.Trim();
    }
}
