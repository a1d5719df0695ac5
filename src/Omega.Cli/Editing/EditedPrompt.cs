using Omega.Cli.Input;
using Omega.Cli.Screen;

namespace Omega.Cli.Editing;

/// <summary>
/// Asks on a terminal, with an editor: several lines, history, completion, whole pastes. A key that comes after a question was given up is
/// the next question's. Not thread-safe.
/// </summary>
/// <param name="terminal">Where it is drawn.</param>
/// <param name="keyboard">Where the keys come from.</param>
internal sealed class EditedPrompt(Terminal terminal, IKeyboard keyboard) : IPrompt
{
    // Columns that are left for the answer.
    private const int LeastRoom = 24;
    private const string Bell = "\a";

    // So that a terminal says where a paste begins and ends.
    private const string MarkPastes = "\e[?2004h";
    private const string LeavePastes = "\e[?2004l";

    private readonly KeyDecoder _keys = new();
    private Task<ConsoleKeyInfo>? _reading;

    public async ValueTask<PromptAnswer> AskAsync(PromptQuestion question, CancellationToken cancellationToken = default)
    {
        var (editor, screen) = (new LineEditor(question.History, question.Complete), new EditScreen());
        if (question.IsSpaced)
            terminal.Line();
        keyboard.TakeInterrupts(question.TakesInterrupt);
        // A signal may end the program while it waits here; the terminal outlives it.
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        terminal.Draw(MarkPastes);
        try
        {
            var end = await EditAsync(question, editor, screen, cancellationToken).ConfigureAwait(false);
            return new PromptAnswer(end, editor.Text);
        }
        finally
        {
            terminal.Draw(screen.Leave() + LeavePastes);
            AppDomain.CurrentDomain.ProcessExit -= OnExit;
            keyboard.TakeInterrupts(false);
            question.History?.Leave();
        }
    }

    private async ValueTask<PromptEnd> EditAsync(PromptQuestion question, LineEditor editor, EditScreen screen, CancellationToken cancellationToken)
    {
        Draw(question, editor, screen);
        while (true)
        {
            var input = _keys.Decode(await ReadAsync(cancellationToken).ConfigureAwait(false));
            var outcome = editor.Apply(input);
            switch (outcome)
            {
                case EditOutcome.Submitted:
                    Draw(question, editor, screen);
                    return PromptEnd.Line;
                case EditOutcome.Interrupted:
                    return PromptEnd.Interrupt;
                case EditOutcome.Left:
                    return PromptEnd.EndOfInput;
                case EditOutcome.Cleared:
                    terminal.Draw(screen.Clear());
                    break;
                case EditOutcome.Refused:
                    terminal.Draw(Bell);
                    if (input.Key == EditKey.Insert)
                        TellTooLong(screen);
                    break;
            }

            // What comes in one piece is drawn once.
            if (!_keys.IsPasting && !keyboard.IsKeyWaiting)
                Draw(question, editor, screen);
        }
    }

    private void TellTooLong(EditScreen screen)
    {
        terminal.Draw(screen.Leave());
        terminal.Marked("note", FormattableString.Invariant($"That would be more than {EditBuffer.MaxLength:N0} characters and was left out. Pipe it in instead: omega ask \"…\" < FILE"), Tone.Warning);
    }

    private void Draw(PromptQuestion question, LineEditor editor, EditScreen screen)
    {
        var (width, height) = keyboard.Size;
        var invitation = PlainText.Line(question.Invitation, Math.Max(width - LeastRoom, LeastRoom));
        var layout = EditLayout.Of(PlainText.Columns(invitation), editor.Text, editor.Cursor, width, height);
        terminal.Draw(screen.Draw(Tones.Paint(invitation, Tone.Accent, terminal.ErrorColour), layout));
    }

    private async ValueTask<ConsoleKeyInfo> ReadAsync(CancellationToken cancellationToken)
    {
        // The console reads on the calling thread; the wait needs a thread of its own.
        _reading ??= Task.Run(keyboard.ReadKey, CancellationToken.None);
        var key = await _reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        _reading = null;
        return key;
    }

    private void OnExit(object? sender, EventArgs arguments) => terminal.Draw(LeavePastes);
}
