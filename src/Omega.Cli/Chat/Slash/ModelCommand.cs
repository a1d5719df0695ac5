using Omega.Cli.Screen;

namespace Omega.Cli.Chat.Slash;

internal sealed class ModelCommand : ISlashCommand
{
    public string Name => "model";

    public string Form => "[PROVIDER/MODEL]";

    public string Does => "who answers, or another one from now on; omega models lists them";

    public ValueTask RunAsync(ChatSession chat, string argument)
    {
        if (argument.Length > 0)
            chat.UseModel(argument);
        chat.Host.Terminal.Line($"{chat.Model.Model} answers: {chat.Model.Reason}", Tone.Dim);
        return ValueTask.CompletedTask;
    }
}
