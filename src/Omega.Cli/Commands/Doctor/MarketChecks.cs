using Omega.Cli.Configuration;
using Omega.Cli.Markets;
using Omega.Trading;
using Omega.Trading.Feeds;

namespace Omega.Cli.Commands.Doctor;

/// <summary>Which market a turn would be about, and whether it has a price.</summary>
internal static class MarketChecks
{
    private const string Group = "Market";

    public static async Task<Check> OfAsync(CliHost host, Settings settings, CancellationToken cancellationToken)
    {
        try
        {
            var choice = MarketArguments.Configured(settings);
            if (choice is MarketChoice.Nothing)
                return new Check(Group, "none", CheckState.Off, "none was chosen; --feed sim or --candles FILE chooses one");
            await using var market = MarketFeeds.Open(host, choice, cancellationToken);
            var history = await market.Feed.GetHistoryAsync(new HistoryRequest(market.Instrument, market.Feed.Timeframes[0]) { Count = 1 }, cancellationToken).ConfigureAwait(false);
            return new Check(Group, market.Name, CheckState.Good, $"{MarketLines.Origin(market)}; {market.Instrument} {MarketLines.Price(history)}; {MarketLines.State(market.Feed.State)}");
        }
        catch (Exception exception) when (exception is CliException or TradingException)
        {
            return new Check(Group, "market", CheckState.Wrong, exception.Message);
        }
    }
}
