namespace Omega.Gpt.Providers.Offline;

/// <summary>Decides what to do in a step: call, ask, tell results, or explain. Pure.</summary>
internal static class Analyst
{
    public static OfflineReply Answer(ModelRequest request)
    {
        var prompt = request.Messages.LastOrDefault(message => message.Role == Role.User)?.Text ?? "";
        return OfflineReply.Say(Speech.Introduction(prompt, request.Functions));
    }
}
