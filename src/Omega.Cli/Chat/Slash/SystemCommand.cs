using Omega.Cli.Screen;
using Omega.Cli.Turns;

namespace Omega.Cli.Chat.Slash;

internal sealed class SystemCommand : ISlashCommand
{
    public string Name => "system";

    public string Form => "[analyst|risk-officer|none|TEXT]";

    public string Does => "the instructions before everything: show them, or take others";

    public ValueTask RunAsync(ChatSession chat, string argument)
    {
        var terminal = chat.Host.Terminal;
        if (argument.Length > 0)
        {
            chat.System = argument switch
            {
                "none" => SystemChoice.None,
                _ when SystemChoice.IsName(argument) => SystemChoice.Named(argument, chat.Host.Settings.Folders),
                _ => SystemChoice.Own(argument),
            };
        }

        terminal.Line($"Instructions: {chat.System.Name}", Tone.Dim);
        if (argument.Length == 0 && chat.System.Text is { } text)
            terminal.Line(text);
        return ValueTask.CompletedTask;
    }
}
