using Omega.Cli.Screen;

namespace Omega.Cli.Chat.Slash;

internal sealed class ClearCommand : ISlashCommand
{
    public string Name => "clear";

    public string Form => "";

    public string Does => "begin a new conversation; this one is kept";

    public ValueTask RunAsync(ChatSession chat, string argument)
    {
        var left = chat.Conversation;
        chat.Begin();
        chat.Host.Terminal.Line(left.Messages.Count > 0 ? $"A new conversation. The one before is kept: /load {left.Id}" : "A new conversation.", Tone.Dim);
        return ValueTask.CompletedTask;
    }
}
