using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Omega.Cli.Commands;
using Omega.Cli.Commands.Backtest;
using Omega.Cli.Commands.Data;
using Omega.Cli.Commands.Doctor;
using Omega.Cli.Commands.Functions;
using Omega.Cli.Commands.Indicators;
using Omega.Cli.Commands.Keys;
using Omega.Cli.Commands.Market;
using Omega.Cli.Commands.Models;
using Omega.Cli.Commands.Recording;
using Omega.Cli.Commands.Risk;
using Omega.Cli.Commands.Sessions;
using Omega.Cli.Commands.Strategies;
using Omega.Cli.Commands.Usage;
using Omega.Cli.Editing;
using Omega.Cli.Screen;
using Omega.Desk;
using Omega.Gpt;
using Omega.Trading;

namespace Omega.Cli;

/// <summary>The composition root: builds the commands, runs one, and turns every error into a sentence and an exit code.</summary>
internal static class Program
{
    // A file named on the command line as @file is a word of the prompt like any other.
    private static readonly ParserConfiguration Parser = new() { ResponseFileTokenReplacer = null };

    public static Task<int> Main(string[] args)
    {
        Func<string, string?> environment = Environment.GetEnvironmentVariable;
        var host = new CliHost(Terminal.OfProcess(environment), environment, Environment.CurrentDirectory, TimeProvider.System) { Keyboard = new ConsoleKeyboard() };
        return RunAsync(host, args);
    }

    /// <summary>Parses and runs; never throws.</summary>
    internal static async Task<int> RunAsync(CliHost host, string[] args)
    {
        var code = await AnswerAsync(host, args).ConfigureAwait(false);
        await host.EndTelemetryAsync().ConfigureAwait(false);
        return code;
    }

    private static async Task<int> AnswerAsync(CliHost host, string[] args)
    {
        try
        {
            return await InvokeAsync(host, args).ConfigureAwait(false);
        }
        catch (OutputClosedException)
        {
            return ExitCode.OutputClosed;
        }
        catch (Exception exception)
        {
            host.Terminal.Marked("error", host.Debug ? exception.ToString() : Sentence(exception), Tone.Error);
            return exception switch
            {
                CliException cli => cli.ExitCode,
                GptException gpt => ExitCode.Of(gpt),
                _ => ExitCode.Failed,
            };
        }
    }

    private static async Task<int> InvokeAsync(CliHost host, string[] args)
    {
        // Asked for by scripts again and again: it does not wait for the other commands to be built.
        if (args is ["version"])
            return VersionCommand.Run(host);
        var parsed = Tree(host).Parse(args, Parser);
        if (parsed.Errors.Count > 0)
        {
            host.Terminal.Marked("error", string.Join(" ", parsed.Errors.Select(error => error.Message).Distinct()), Tone.Error);
            host.Terminal.Line($"See: {Path(parsed.CommandResult)} --help", Tone.Dim);
            return ExitCode.Usage;
        }

        // Signals are handled by the commands, which know what to keep.
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        if (host.Help is not null)
            configuration.Output = host.Help;
        return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
    }

    // People get a line, never a stack trace.
    private static string Sentence(Exception exception) => exception is CliException or GptException or TradingException or DeskException
        ? exception.Message
        : $"Unexpected: {exception.Message.ReplaceLineEndings(" ")} (OMEGA_DEBUG=1 shows more)";

    private static RootCommand Tree(CliHost host)
    {
        var chat = new ChatCommand(host);
        var root = new RootCommand("Omega: real-time GPT. Without a command it starts a chat.")
        {
            new AskCommand(host),
            chat,
            new ModelsCommand(host),
            new KeysCommand(host),
            new FunctionsCommand(host),
            new ReplayCommand(host),
            new SessionsCommand(host),
            new UsageCommand(host),
            new MarketCommand(host),
            new RiskCommand(host),
            new DataCommand(host),
            new IndicatorsCommand(host),
            new StrategiesCommand(host),
            new BacktestCommand(host),
            new CompareCommand(host),
            new DoctorCommand(host),
            new VersionCommand(host),
        };
        root.Directives.Clear();
        root.Action = chat.Action;
        foreach (var option in root.Options)
        {
            if (option is HelpOption { Action: HelpAction help })
                option.Action = new ExamplesHelp(help, host.Terminal.Width);
            else if (option is VersionOption)
                option.Action = new VersionAction(host);
        }

        return root;
    }

    private static string Path(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{Path(parent)} {command.Command.Name}" : "omega";
}
