using Omega.Cli.Screen;

namespace Omega.Cli.Chat.Slash;

internal sealed class SaveCommand : ISlashCommand
{
    public string Name => "save";

    public string Form => "[FILE]";

    public string Does => "where this conversation is kept; with a file, a copy of it there";

    public async ValueTask RunAsync(ChatSession chat, string argument)
    {
        var terminal = chat.Host.Terminal;
        if (argument.Length > 0)
        {
            await chat.SaveAsync(argument).ConfigureAwait(false);
            terminal.Line($"Saved to {argument}. Take it up again with /load {argument}", Tone.Dim);
        }
        else if (chat.Conversation.Messages.Count == 0)
        {
            terminal.Line("There is nothing to keep yet.", Tone.Dim);
        }
        else
        {
            terminal.Line($"Kept in session {chat.Conversation.Id} after every turn. Take it up again with /load {chat.Conversation.Id}", Tone.Dim);
        }
    }
}
