using Omega.Gpt;

namespace Omega.Cli.Input;

/// <summary>The calls of a session that wait for results.</summary>
internal static class PendingCalls
{
    /// <summary>Calls of the last complete answer that no later message answers; empty when there are none.</summary>
    public static IReadOnlyList<FunctionCallPart> Of(Conversation conversation)
    {
        var answered = new HashSet<string>(StringComparer.Ordinal);
        for (var i = conversation.Messages.Count - 1; i >= 0; i--)
        {
            var message = conversation.Messages[i];
            answered.UnionWith(message.Parts.OfType<FunctionResultPart>().Select(result => result.Call));
            if (message.Role == Role.Assistant)
                return message.State == MessageState.Complete ? [.. message.Parts.OfType<FunctionCallPart>().Where(call => !answered.Contains(call.Call))] : [];
        }

        return [];
    }
}
