using System.CommandLine;

namespace Omega.Cli.Commands.Keys;

/// <summary>A key as a person or a program hands it in: on standard input, never on the command line.</summary>
internal static class KeyInput
{
    /// <summary>Takes what follows on the command line and refuses it unseen: it may be a key, and an error that repeats it would show it.</summary>
    public static Argument<string[]> Rest()
    {
        var rest = new Argument<string[]>("rest") { Arity = ArgumentArity.ZeroOrMore, Hidden = true };
        rest.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0)
                result.AddError("Nothing more is taken on the command line: a key there would be seen by others on this machine and kept in the shell's history. It is read from standard input.");
        });
        return rest;
    }

    /// <summary>The key. A person is asked and types it unseen; a pipe gives one line.</summary>
    /// <param name="host">Whose input it is.</param>
    /// <param name="what">What it is for, for the prompt.</param>
    /// <param name="command">The command, for the remedy.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CliException">There is none, or more than one line.</exception>
    public static async Task<string> ReadAsync(CliHost host, string what, string command, CancellationToken cancellationToken)
    {
        if (host.Terminal.IsInputTerminal)
        {
            host.Terminal.Prompt($"{what} (not shown): ");
            var typed = host.Hidden();
            host.Terminal.Line();
            return typed?.Trim() is { Length: > 0 } key ? key : throw CliException.Usage("No key was given; nothing is changed.");
        }

        var line = (await host.Lines.ReadAsync(cancellationToken).ConfigureAwait(false))?.Trim();
        if (line is not { Length: > 0 })
            throw CliException.Usage($"The key is read from standard input, and there is none: {command} < FILE, or printf %s \"$KEY\" | {command}");
        while (await host.Lines.ReadAsync(cancellationToken).ConfigureAwait(false) is { } more)
        {
            if (more.Trim().Length > 0)
                throw CliException.Usage("Standard input has more than one line; one key is wanted.");
        }

        return line;
    }
}
