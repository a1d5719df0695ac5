using Omega.Cli.Markets;
using Omega.Cli.Screen;

namespace Omega.Cli.Chat;

/// <summary>What a chat begins with: the first time what this is and what to try, later only who answers and over which market.</summary>
internal static class ChatGreeting
{
    private static readonly string[] ToTry =
    [
        "Analyze BTC market",
        "Is a 2 BTC long too risky with 50,000 USD?",
        "Backtest an EMA cross on BTC and tell me if it is any good",
    ];

    public static async ValueTask TellAsync(ChatSession chat)
    {
        var terminal = chat.Host.Terminal;
        var isFirst = chat.Functions.Market is not null && await IsFirstAsync(chat).ConfigureAwait(false);
        terminal.Line(isFirst ? "Omega answers questions about the BTC market in words; every figure comes from a function that computed it." : "Omega", Tone.Strong);
        terminal.Line($"{chat.Model.Model} answers: {chat.Model.Reason}", Tone.Dim);
        if (chat.Functions.Market is { } market)
            terminal.Line($"The market is {MarketLines.Origin(market)}.{(market.Feed.IsSimulated ? " /market FILE takes a real one." : "")}", Tone.Dim);
        if (chat.Conversation.Messages.Count > 0)
            terminal.Line($"Session {chat.Conversation.Id} goes on: {chat.Conversation.Title}", Tone.Dim);
        if (isFirst)
        {
            terminal.Line("Try:", Tone.Dim);
            foreach (var prompt in ToTry)
                terminal.Line($"  {prompt}", Tone.Accent);
        }

        terminal.Line("/help lists what else there is; Ctrl-C stops an answer, Ctrl-D leaves.", Tone.Dim);
    }

    private static async ValueTask<bool> IsFirstAsync(ChatSession chat)
    {
        await foreach (var _ in chat.Host.Store.ListAsync().ConfigureAwait(false))
            return false;
        return true;
    }
}
