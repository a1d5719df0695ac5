using Omega.Cli.Screen;

namespace Omega.Cli.Chat.Slash;

internal sealed class UsageCommand : ISlashCommand
{
    public string Name => "usage";

    public string Form => "";

    public string Does => "tokens and money of this chat so far";

    public ValueTask RunAsync(ChatSession chat, string argument)
    {
        List<string> lines = [.. chat.Usage.Lines()];
        foreach (var line in lines)
            chat.Host.Terminal.Line(line);
        if (lines.Count == 0)
            chat.Host.Terminal.Line("Nothing was asked yet.", Tone.Dim);
        return ValueTask.CompletedTask;
    }
}
