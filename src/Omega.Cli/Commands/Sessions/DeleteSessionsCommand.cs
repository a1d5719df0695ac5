using System.CommandLine;
using Omega.Cli.Screen;

namespace Omega.Cli.Commands.Sessions;

/// <summary><c>omega sessions delete</c>: asks on a terminal; elsewhere it wants <c>--yes</c>.</summary>
internal sealed class DeleteSessionsCommand : Command
{
    public DeleteSessionsCommand(CliHost host)
        : base("delete", "Delete sessions for good.")
    {
        var names = new Argument<string[]>("name") { Description = "The sessions' names", Arity = ArgumentArity.OneOrMore };
        var yes = OptionParsing.Switch("--yes", "Do not ask", "-y");
        Arguments.Add(names);
        Options.Add(yes);
        SetAction(async (parsed, cancellationToken) =>
        {
            var code = ExitCode.Answered;
            foreach (var name in parsed.GetValue(names)!.Distinct(StringComparer.Ordinal))
            {
                if (!parsed.GetValue(yes) && !Asks(host.Terminal, name))
                    continue;
                if (await host.Store.DeleteAsync(name, cancellationToken).ConfigureAwait(false))
                {
                    host.Terminal.Line($"Deleted {name}.", Tone.Dim);
                    continue;
                }

                host.Terminal.Marked("error", SessionsCommand.Missing(name).Message, Tone.Error);
                code = ExitCode.Failed;
            }

            return code;
        });
    }

    private static bool Asks(Terminal terminal, string name)
    {
        if (!terminal.IsInputTerminal)
            throw CliException.Usage($"Deleting asks first, and there is no terminal to ask on: omega sessions delete {name} --yes");
        terminal.Prompt($"Delete {name} for good? [y/N] ");
        var yes = Console.In.ReadLine()?.Trim() is "y" or "Y" or "yes";
        if (!yes)
            terminal.Line($"Kept {name}.", Tone.Dim);
        return yes;
    }
}
