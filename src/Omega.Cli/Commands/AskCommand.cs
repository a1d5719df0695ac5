using System.CommandLine;
using Omega.Cli.Input;
using Omega.Cli.Markets;
using Omega.Cli.Turns;
using Omega.Gpt;

namespace Omega.Cli.Commands;

/// <summary><c>omega ask</c>: one turn, from arguments and standard input.</summary>
internal sealed class AskCommand : Command, IExamples
{
    private readonly CliHost _host;
    private readonly Argument<string[]> _prompt = new("prompt") { Description = "What to ask; piped standard input goes behind it", Arity = ArgumentArity.ZeroOrMore };
    private readonly TurnArguments _turn = new();
    private readonly Option<string[]> _images = new("--image") { Description = "An image for the model, PNG, JPEG, GIF or WebP; may be repeated", HelpName = "FILE", DefaultValueFactory = _ => [] };
    private readonly Option<string?> _results = OptionParsing.Text("--results", "Results for the session's pending calls, as JSON", "FILE");
    private readonly Option<bool> _json = OptionParsing.Switch("--json", "One event a line on standard output, as JSON");

    public AskCommand(CliHost host)
        : base("ask", "Ask once. The answer goes to standard output, everything else to standard error.")
    {
        _host = host;
        Arguments.Add(_prompt);
        _turn.AddTo(this);
        Options.Add(_images);
        Options.Add(_results);
        Options.Add(_json);
        SetAction((parsed, _) => RunAsync(parsed));
    }

    public IReadOnlyList<string> Examples =>
    [
        "omega ask \"Analyze BTC market\"",
        "omega ask \"Is a 2 BTC long too risky with 50,000 USD?\" --candles btcusdt-1h.csv.gz",
        "omega ask \"Compare momentum and donchian on btcusdt-1h.csv.gz\"",
        "omega ask \"What can you do?\"",
        "git diff | omega ask \"Review this change\" -m anthropic/claude-sonnet-5-5",
        "omega ask -s trip \"Three days in Lisbon?\" && omega ask -s trip \"And with children?\"",
        "omega ask \"What is on this picture?\" --image photo.jpg",
        "omega ask Hello -m compatible/llama3.1 --base-url http://localhost:8000/v1",
        "omega ask \"Weather in Oslo?\" --functions functions.json",
        "omega ask \"Clean up the logs\" --functions ops.json --approve delete_file",
        "omega ask \"What is in this folder?\" --mcp \"files=npx -y @modelcontextprotocol/server-filesystem .\"",
        "omega ask \"Buy 0.1 BTC\" --functions desk.json --json --approve ask",
    ];

    private async Task<int> RunAsync(ParseResult parsed)
    {
        if (UnknownOptions.Find(parsed, _prompt) is { } unknown)
            throw CliException.Usage(unknown);
        var json = parsed.GetValue(_json);
        using var interruption = new Interruption();
        ITurnView view = json ? new JsonTurnView(_host.Terminal, _host.Time) : new TextTurnView(_host.Terminal, quiet: true, session: "");
        try
        {
            var choices = _turn.Read(parsed, _host.Settings);
            if (json && choices.TypewriterAsked)
                throw CliException.Usage("--typewriter paces text for people; leave it out with --json.");
            TurnWarnings.Tell(_host, choices);
            using var recorder = choices.Recording.Open(_host);
            var (engine, model) = TurnComposer.Compose(_host, choices, recorder?.Recorder);
            var session = await TurnSession.OpenAsync(_host, engine, choices).ConfigureAwait(false);
            await using var functions = await TurnFunctions.OpenAsync(_host, choices, json).ConfigureAwait(false);
            var input = await InputAsync(parsed, session, readsPiped: functions.Asker is not LineAsker).ConfigureAwait(false);
            var options = choices.ToTurnOptions(model.Model, functions, string.Join(' ', parsed.GetValue(_prompt)!));
            var request = new TurnRequest(session, input, options, json ? null : choices.PaceOn(_host.Terminal), functions.Asker);
            if (!json)
                view = new TextTurnView(_host.Terminal, choices.Quiet, session.Id, functions.Market?.Name);
            view.Begin(model.Model, model.Reason);
            if (!json && !choices.Quiet)
                MarketLines.TellSource(_host.Terminal, functions.Market);
            return await TurnRunner.RunAsync(engine, request, view, interruption, _host.Time).ConfigureAwait(false);
        }
        catch (GptException exception)
        {
            view.Fail(exception);
            return ExitCode.Of(exception);
        }
        catch (CliException exception) when (json)
        {
            view.Fail(new GptException(GptErrorKind.BadRequest, exception.Message));
            return exception.ExitCode;
        }
    }

    private async Task<IReadOnlyList<Message>> InputAsync(ParseResult parsed, Conversation session, bool readsPiped)
    {
        List<Message> input = [];
        if (parsed.GetValue(_results) is { } file)
            input.Add(ResultsFile.Load(file, PendingCalls.Of(session)));
        var images = parsed.GetValue(_images)!.Select(ImageFile.Load).ToList();

        var words = string.Join(' ', parsed.GetValue(_prompt)!);
        // Where answers about calls come on standard input, it holds nothing of the question.
        var piped = !readsPiped ? "" : await StandardInput.ReadAsync(_host.Terminal, _host.Time).ConfigureAwait(false);
        var prompt = (words.Trim().Length > 0, piped.Trim().Length > 0) switch
        {
            (true, true) => $"{words}\n\n{piped}",
            (true, false) => words,
            (false, true) => piped,
            _ => "",
        };
        if (prompt.Length > 0)
        {
            input.Add(Message.User(prompt, images));
            TurnSession.Name(session, prompt);
        }
        else if (images.Count > 0)
        {
            input.Add(new Message { Role = Role.User, Parts = [.. images] });
        }

        return input.Count > 0
            ? input
            : throw CliException.Usage("There is nothing to ask. Give a question: omega ask \"What can you do?\", or pipe one in. For a conversation: omega chat");
    }
}
