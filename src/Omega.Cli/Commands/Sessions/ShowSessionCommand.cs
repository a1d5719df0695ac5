using System.CommandLine;
using Omega.Cli.Screen;
using Omega.Gpt;

namespace Omega.Cli.Commands.Sessions;

/// <summary><c>omega sessions show</c>: one session to read.</summary>
internal sealed class ShowSessionCommand : Command
{
    public ShowSessionCommand(CliHost host)
        : base("show", "Show a session.")
    {
        var name = SessionsCommand.NameArgument();
        var json = OptionParsing.Switch("--json", "The whole document");
        Arguments.Add(name);
        Options.Add(json);
        SetAction(async (parsed, cancellationToken) =>
        {
            var session = await SessionsCommand.LoadAsync(host, parsed.GetValue(name)!, cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(json))
                host.Terminal.OutputText(session.ToJson());
            else
                Show(host.Terminal, session);
            return ExitCode.Answered;
        });
    }

    private static void Show(Terminal terminal, Conversation session)
    {
        terminal.OutputLine(Paint($"{session.Title ?? session.Id}", Tone.Strong));
        terminal.OutputLine(Paint($"{session.Id} · {session.Model ?? "no model yet"} · {session.Messages.Count} messages · {session.Updated.UtcDateTime:yyyy-MM-dd HH:mm} UTC", Tone.Dim));
        foreach (var message in session.Messages)
        {
            terminal.OutputLine("");
            terminal.OutputLine(Paint(SessionText.Heading(message), Tone.Accent));
            foreach (var part in message.Parts)
            {
                if (SessionText.Of(part) is { } text)
                    terminal.OutputLine(part is TextPart ? PlainText.Clean(text) : Paint(PlainText.Clean(text), Tone.Dim));
            }
        }

        string Paint(string text, Tone tone) => Tones.Paint(text, tone, terminal.OutputColour);
    }
}
