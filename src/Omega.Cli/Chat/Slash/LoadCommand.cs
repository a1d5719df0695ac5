using Omega.Cli.Screen;
using Omega.Gpt;

namespace Omega.Cli.Chat.Slash;

internal sealed class LoadCommand : ISlashCommand
{
    private const int Shown = 5;

    public string Name => "load";

    public string Form => "[SESSION|FILE]";

    public string Does => "go on with another conversation; without a name, the last ones are listed";

    public async ValueTask RunAsync(ChatSession chat, string argument)
    {
        var terminal = chat.Host.Terminal;
        if (argument.Length == 0)
        {
            await ListAsync(chat).ConfigureAwait(false);
            return;
        }

        await chat.LoadAsync(argument).ConfigureAwait(false);
        var count = chat.Conversation.Messages.Count(message => message.Role == Role.User);
        terminal.Line(FormattableString.Invariant($"Session {chat.Conversation.Id} goes on, {count} question{(count == 1 ? "" : "s")} in: {chat.Conversation.Title ?? "no title"}"), Tone.Dim);
    }

    private static async ValueTask ListAsync(ChatSession chat)
    {
        var terminal = chat.Host.Terminal;
        List<ConversationHeader> headers = [];
        await foreach (var header in chat.Host.Store.ListAsync().ConfigureAwait(false))
        {
            if (header.Damage is null && headers.Count < Shown)
                headers.Add(header);
        }

        if (headers.Count == 0)
            terminal.Line("There are no sessions yet.", Tone.Dim);
        foreach (var header in headers)
            terminal.Line($"  {header.Id}  {PlainText.Line(header.Title ?? "", Math.Max(20, terminal.Width - header.Id.Length - 5))}");
    }
}
