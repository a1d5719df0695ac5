using System.CommandLine;
using Omega.Cli.Screen;

namespace Omega.Cli.Commands.Keys;

/// <summary><c>omega keys disable</c> and <c>omega keys enable</c>.</summary>
internal sealed class UseKeyCommand : Command
{
    public UseKeyCommand(CliHost host, bool isDisabled)
        : base(isDisabled ? "disable" : "enable", isDisabled ? "Put a key of the store out of use, and keep it." : "Put a key back into use.")
    {
        var id = KeysCommand.IdArgument();
        Arguments.Add(id);
        Arguments.Add(KeyInput.Rest());
        SetAction(async (parsed, cancellationToken) =>
        {
            var name = KeysCommand.Known(host, parsed.GetValue(id)!).Id;
            await host.Keys.DisableAsync(name, isDisabled, cancellationToken).ConfigureAwait(false);
            host.Terminal.Line(isDisabled ? $"{name} is out of use." : $"{name} is in use.", Tone.Dim);
            return ExitCode.Answered;
        });
    }
}
