namespace Omega.Gpt.Providers.Offline;

/// <summary>What the offline analyst says in one step: calls, or a text.</summary>
/// <param name="Text">The whole text; empty when there are calls.</param>
/// <param name="Calls">The calls, in order; empty when there is text.</param>
internal sealed record OfflineReply(string Text, IReadOnlyList<OfflineCall> Calls)
{
    public static OfflineReply Say(string text) => new(text, []);
}

/// <summary>One call of a function.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="Arguments">Complete arguments as JSON text.</param>
internal sealed record OfflineCall(string Name, string Arguments);
