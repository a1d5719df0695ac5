using Omega.Cli.Screen;

namespace Omega.Cli.Input;

/// <summary>Asks by writing the invitation and reading a line: for pipes, which see no invitation, and terminals that cannot be drawn on.</summary>
internal sealed class LinePrompt(Terminal terminal, LineInput lines) : IPrompt
{
    public async ValueTask<PromptAnswer> AskAsync(PromptQuestion question, CancellationToken cancellationToken = default)
    {
        if (terminal.IsInputTerminal)
            terminal.Prompt((question.IsSpaced ? "\n" : "") + question.Invitation);
        try
        {
            if (await lines.ReadAsync(cancellationToken).ConfigureAwait(false) is { } line)
                return new PromptAnswer(PromptEnd.Line, line);
        }
        catch (OperationCanceledException)
        {
            Leave();
            throw;
        }

        Leave();
        return new PromptAnswer(PromptEnd.EndOfInput, "");
    }

    // The cursor stands behind the invitation.
    private void Leave()
    {
        if (terminal.IsInputTerminal)
            terminal.Line();
    }
}
