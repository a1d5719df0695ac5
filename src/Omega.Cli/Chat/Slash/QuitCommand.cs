namespace Omega.Cli.Chat.Slash;

internal sealed class QuitCommand : ISlashCommand
{
    public string Name => "quit";

    public string Form => "";

    public string Does => "leave; so do exit, quit and Ctrl-D";

    public ValueTask RunAsync(ChatSession chat, string argument)
    {
        chat.IsOver = true;
        return ValueTask.CompletedTask;
    }
}
