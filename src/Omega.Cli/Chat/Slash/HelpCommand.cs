using Omega.Cli.Screen;

namespace Omega.Cli.Chat.Slash;

internal sealed class HelpCommand : ISlashCommand
{
    private static readonly (string Keys, string Do)[] Keys =
    [
        ("Alt-Enter, Ctrl-J", "a new line without sending"),
        ("Up, Down", "what you wrote before; a line that begins with a space is not kept"),
        ("Tab", "completes a command"),
        ("Ctrl-C", "stops an answer and keeps it; twice in a row here, it leaves"),
    ];

    public string Name => "help";

    public string Form => "";

    public string Does => "this list";

    public ValueTask RunAsync(ChatSession chat, string argument)
    {
        var terminal = chat.Host.Terminal;
        var width = SlashCommands.All.Max(command => Heading(command).Length);
        foreach (var command in SlashCommands.All)
            terminal.Line($"  {Heading(command).PadRight(width)}  {command.Does}");
        if (terminal.CanBeEdited)
        {
            terminal.Line();
            foreach (var (keys, does) in Keys)
                terminal.Line($"  {keys.PadRight(width)}  {does}", Tone.Dim);
        }

        return ValueTask.CompletedTask;
    }

    private static string Heading(ISlashCommand command) => $"/{command.Name} {command.Form}".TrimEnd();
}
