using System.CommandLine;
using Omega.Cli.Screen;

namespace Omega.Cli.Commands.Sessions;

/// <summary><c>omega sessions rename</c>: another title.</summary>
internal sealed class RenameSessionCommand : Command
{
    private const int MaxTitle = 200;

    public RenameSessionCommand(CliHost host)
        : base("rename", "Give a session another title; its name stays.")
    {
        var name = SessionsCommand.NameArgument();
        var title = new Argument<string[]>("title") { Description = "The new title", Arity = ArgumentArity.OneOrMore };
        Arguments.Add(name);
        Arguments.Add(title);
        SetAction(async (parsed, cancellationToken) =>
        {
            var text = string.Join(' ', parsed.GetValue(title)!).Trim();
            if (text.Length is 0 or > MaxTitle)
                throw CliException.Usage($"The title has {text.Length} characters; allowed: 1 to {MaxTitle}.");
            await using var held = await host.Store.LockAsync(parsed.GetValue(name)!, cancellationToken).ConfigureAwait(false);
            var session = await SessionsCommand.LoadAsync(host, parsed.GetValue(name)!, cancellationToken).ConfigureAwait(false);
            session.Title = text;
            await host.Store.SaveAsync(session, cancellationToken).ConfigureAwait(false);
            host.Terminal.Line($"{session.Id} is now \"{text}\".", Tone.Dim);
            return ExitCode.Answered;
        });
    }
}
