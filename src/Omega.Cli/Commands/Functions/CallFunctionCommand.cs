using System.CommandLine;
using System.Text.Json;
using Omega.Cli.Functions;
using Omega.Cli.Screen;
using Omega.Cli.Turns;
using Omega.Gpt;
using Omega.Gpt.Providers;

namespace Omega.Cli.Commands.Functions;

/// <summary><c>omega functions call</c>: the result on standard output. Whoever calls by hand has approved.</summary>
internal sealed class CallFunctionCommand : Command, IExamples
{
    private readonly CliHost _host;
    private readonly Argument<string> _name = new("name") { Description = "The function" };
    private readonly Option<string?> _arguments = OptionParsing.Text("--args", "The arguments, as a JSON object; default {}", "JSON");
    private readonly FunctionArguments _functions = new();
    private readonly Option<bool> _json = OptionParsing.Switch("--json", "The result as JSON, even where it is a text");
    private readonly Option<bool> _quiet = OptionParsing.Switch("--quiet", "Only the result and errors", "-q");

    public CallFunctionCommand(CliHost host)
        : base("call", "Call a function, with the checks that a model's call goes through. You approve it by calling it.")
    {
        _host = host;
        Arguments.Add(_name);
        Options.Add(_arguments);
        _functions.AddTo(this);
        Options.Add(_json);
        Options.Add(_quiet);
        SetAction((parsed, _) => RunAsync(parsed));
    }

    public IReadOnlyList<string> Examples =>
    [
        "omega functions call get_weather --args '{\"city\": \"Oslo\"}' --functions functions.json",
        "omega functions call files_list_directory --args '{\"path\": \".\"}' --mcp \"files=npx -y @modelcontextprotocol/server-filesystem .\"",
    ];

    private async Task<int> RunAsync(ParseResult parsed)
    {
        using var interruption = new Interruption();
        await using var sources = await FunctionText.OpenAsync(_host, _functions.Read(parsed, _host.Settings)).ConfigureAwait(false);
        var name = parsed.GetValue(_name)!;
        ShowFunctionCommand.Find(sources, name);
        if (sources.Functions.FindFunction(name) is null)
            throw CliException.Usage($"Nobody here runs \"{name}\". Give it a \"command\" in {sources.OriginOf(name)}.");

        var call = new FunctionCallRequest(name, parsed.GetValue(_arguments) ?? "{}");
        return await CallAsync(sources.Functions, call, parsed.GetValue(_json), parsed.GetValue(_quiet), interruption).ConfigureAwait(false);
    }

    private async Task<int> CallAsync(FunctionSet functions, FunctionCallRequest call, bool json, bool quiet, Interruption interruption)
    {
        var lines = new CallLines(_host.Terminal, quiet);
        using var turn = interruption.BeginTurn();
        using var stopping = turn.Token.UnsafeRegister(_ => _host.Terminal.Stopping(lines.Running), null);
        var options = new FunctionBatchOptions
        {
            Approver = static (_, _) => ValueTask.FromResult(ApprovalDecision.Approve),
            StreamCallback = (gptEvent, _) =>
            {
                // What the person typed needs no line of its own, and the result is the output.
                var shown = gptEvent is FunctionCallReadyEvent ready ? new FunctionCallStartedEvent(ready.Call, 0, ready.Name) : gptEvent;
                if (shown is (FunctionCallStartedEvent or FunctionCallExecutingEvent or FunctionCallProgressEvent) && lines.Concerns(shown))
                    lines.Show(shown);
                return ValueTask.CompletedTask;
            },
        };
        var engine = new GptEngine(ProviderRegistry.Create(_ => null, _host.Time), time: _host.Time);
        try
        {
            var result = (await engine.RunBatchAsync(functions, [call], options, turn.Token).ConfigureAwait(false))[0];
            if (interruption.ExitCode is { } signal)
                return signal;
            if (result.Error is { } kind)
                return Fail(kind, result.Message!);
            WriteResult(result.Result, json);
            return ExitCode.Answered;
        }
        catch (OperationCanceledException) when (turn.Token.IsCancellationRequested)
        {
            return interruption.ExitCode ?? ExitCode.Interrupted;
        }
    }

    private int Fail(GptErrorKind kind, string message)
    {
        _host.Terminal.Marked("error", message, Tone.Error);
        return kind switch
        {
            GptErrorKind.FunctionArguments => ExitCode.Usage,
            GptErrorKind.Timeout => ExitCode.TimedOut,
            _ => ExitCode.Failed,
        };
    }

    private void WriteResult(JsonElement result, bool json)
    {
        var terminal = _host.Terminal;
        if (json || result.ValueKind != JsonValueKind.String)
        {
            terminal.Output(FunctionText.Indented(result.WriteTo));
            return;
        }

        var text = result.GetString()!;
        terminal.OutputLine(terminal.IsOutputTerminal ? PlainText.Clean(text) : text);
    }
}
