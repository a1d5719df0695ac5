using System.CommandLine;
using Omega.Cli.Screen;

namespace Omega.Cli.Commands.Keys;

/// <summary><c>omega keys remove</c>: for good.</summary>
internal sealed class RemoveKeyCommand : Command
{
    public RemoveKeyCommand(CliHost host)
        : base("remove", "Remove a key from the store for good.")
    {
        var id = KeysCommand.IdArgument();
        Arguments.Add(id);
        Arguments.Add(KeyInput.Rest());
        SetAction(async (parsed, cancellationToken) =>
        {
            var name = KeysCommand.Known(host, parsed.GetValue(id)!);
            await host.Keys.RemoveAsync(name.Id, cancellationToken).ConfigureAwait(false);
            host.Terminal.Line($"Removed {name.Id}. Where it may have been seen, revoke it at {name.Provider} too.", Tone.Dim);
            return ExitCode.Answered;
        });
    }
}
