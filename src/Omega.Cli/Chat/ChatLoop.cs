using Omega.Cli.Editing;
using Omega.Cli.Input;
using Omega.Cli.Screen;

namespace Omega.Cli.Chat;

/// <summary>Line after line, until the person leaves or the input ends: a turn, a slash command, or a word of leaving.</summary>
internal sealed class ChatLoop
{
    private readonly ChatSession _chat;
    private readonly Interruption _interruption;
    private readonly HistoryFile _file;
    private readonly LineHistory? _history;
    private bool _mayLeave;

    public ChatLoop(ChatSession chat, Interruption interruption)
    {
        (_chat, _interruption) = (chat, interruption);
        _file = new HistoryFile(Path.Combine(chat.Host.Settings.Folders.Data, "history"));
        _history = Terminal.CanBeEdited ? _file.Load() : null;
    }

    private Terminal Terminal => _chat.Host.Terminal;

    /// <returns>With which code the program ends: through a pipe, that of the first turn that failed.</returns>
    public async Task<int> RunAsync()
    {
        var code = ExitCode.Answered;
        while (!_chat.IsOver)
        {
            var answer = await _chat.Host.Prompt.AskAsync(Question()).ConfigureAwait(false);
            if (answer.End == PromptEnd.EndOfInput)
                break;
            if (answer.End == PromptEnd.Interrupt)
            {
                if (_mayLeave)
                    return ExitCode.Interrupted;
                _mayLeave = true;
                Terminal.Line("Ctrl-C again leaves; so does Ctrl-D.", Tone.Dim);
                continue;
            }

            _mayLeave = false;
            if (_history?.Add(answer.Text) is true)
                _file.Append(answer.Text);
            if (await TakeAsync(answer.Text.Trim()).ConfigureAwait(false) is not { } ended)
                continue;
            if (ended is ExitCode.Terminated or ExitCode.OutputClosed || (ended == ExitCode.Interrupted && !Terminal.IsInputTerminal))
                return ended;
            if (!Terminal.IsInputTerminal && code == ExitCode.Answered)
                code = ended;
        }

        return code;
    }

    private PromptQuestion Question() => new(Terminal.CanBeEdited ? _chat.Invitation : "> ")
    {
        IsSpaced = !_mayLeave,
        History = _history,
        Complete = SlashCommands.Complete,
        TakesInterrupt = true,
    };

    /// <summary>What a line asks for. A turn's code; null where there was none.</summary>
    private async ValueTask<int?> TakeAsync(string line)
    {
        if (line.Length == 0)
            return null;
        if (line is "exit" or "quit")
        {
            _chat.IsOver = true;
            return null;
        }

        if (SlashCommands.Read(line) is var (name, argument))
            return await CommandAsync(name, argument).ConfigureAwait(false);
        var ended = await _chat.AskAsync(line.StartsWith("//", StringComparison.Ordinal) ? line[1..] : line, _interruption).ConfigureAwait(false);
        if (!Terminal.IsOutputTerminal && ended == ExitCode.Answered)
            Terminal.OutputLine("");
        return ended;
    }

    private async ValueTask<int?> CommandAsync(string name, string argument)
    {
        try
        {
            await SlashCommands.Find(name).RunAsync(_chat, argument).ConfigureAwait(false);
            return null;
        }
        catch (CliException exception)
        {
            Terminal.Marked("error", exception.Message, Tone.Error);
            return exception.ExitCode;
        }
    }
}
