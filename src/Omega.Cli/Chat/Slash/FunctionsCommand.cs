using Omega.Cli.Commands.Functions;
using Omega.Cli.Screen;

namespace Omega.Cli.Chat.Slash;

internal sealed class FunctionsCommand : ISlashCommand
{
    public string Name => "functions";

    public string Form => "";

    public string Does => "what the model may call";

    public ValueTask RunAsync(ChatSession chat, string argument)
    {
        var (terminal, functions) = (chat.Host.Terminal, chat.Functions.Functions);
        if (functions.Count == 0)
        {
            terminal.Line("There are no functions.", Tone.Dim);
            return ValueTask.CompletedTask;
        }

        var width = functions.Max(definition => definition.Name.Length);
        foreach (var definition in functions)
        {
            var approval = functions.FindFunction(definition.Name) is { Options.RequiresApproval: true } ? " (asks you first)" : "";
            var name = definition.Name.PadRight(width);
            terminal.Line($"  {name}  {PlainText.Line(FunctionText.Summary(definition), terminal.Width - width - 5 - approval.Length)}{approval}");
        }

        return ValueTask.CompletedTask;
    }
}
