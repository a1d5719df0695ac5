using System.CommandLine;
using Omega.Cli.Screen;

namespace Omega.Cli.Commands.Keys;

/// <summary><c>omega keys rotate</c>: another key under the same id. Running programs take it at their next call.</summary>
internal sealed class RotateKeyCommand : Command
{
    public RotateKeyCommand(CliHost host)
        : base("rotate", "Replace a key of the store; the new one is read from standard input.")
    {
        var id = KeysCommand.IdArgument();
        Arguments.Add(id);
        Arguments.Add(KeyInput.Rest());
        SetAction(async (parsed, cancellationToken) =>
        {
            var name = KeysCommand.Known(host, parsed.GetValue(id)!);
            var secret = await KeyInput.ReadAsync(host, $"New key for {name.Id}", $"omega keys rotate {name.Id}", cancellationToken).ConfigureAwait(false);
            await host.Keys.RotateAsync(name.Id, secret, cancellationToken).ConfigureAwait(false);
            host.Terminal.Line($"Replaced {name.Id}. Programs that run take the new key at their next call.", Tone.Dim);
            return ExitCode.Answered;
        });
    }
}
