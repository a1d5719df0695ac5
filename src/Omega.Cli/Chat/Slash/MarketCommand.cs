using Omega.Cli.Markets;

namespace Omega.Cli.Chat.Slash;

internal sealed class MarketCommand : ISlashCommand
{
    public string Name => "market";

    public string Form => "[sim[:SEED]|replay:FILE|FILE]";

    public string Does => "the market as it is, or another one from now on";

    public async ValueTask RunAsync(ChatSession chat, string argument)
    {
        if (argument.Length > 0)
            await chat.UseMarketAsync(Read(argument)).ConfigureAwait(false);
        if (chat.Functions.Market is { } market)
            await MarketLines.TellAsync(chat.Host.Terminal, market).ConfigureAwait(false);
        else
            throw CliException.Usage("There is no market here: the chat was begun without one. Choose one with /market sim.");
    }

    private static MarketChoice Read(string argument)
    {
        // A path may hold a colon too; what exists is a file.
        if (File.Exists(argument) || !argument.Contains(':', StringComparison.Ordinal) && argument.Contains('.', StringComparison.Ordinal))
            return new MarketChoice.Recorded(argument, IsPlayed: false);
        return MarketChoice.Parse(argument, "The market is", message => throw CliException.Usage(message))!;
    }
}
