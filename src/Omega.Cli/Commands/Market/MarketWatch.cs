using Omega.Cli.Markets;
using Omega.Cli.Screen;
using Omega.Trading;
using Omega.Trading.Feeds;
using static Omega.Cli.Markets.FigureText;

namespace Omega.Cli.Commands.Market;

/// <summary>
/// Shows what happens on a market until it ends or the person has seen enough: on a terminal the price in place and a line for each candle
/// that is final; through a pipe those lines; as JSON a line for each event.
/// </summary>
internal sealed class MarketWatch(CliHost host, MarketSource market, Instrument instrument, Timeframe timeframe, bool json)
{
    private double? _price;
    private double? _open;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var terminal = host.Terminal;
        if (!json)
        {
            terminal.Line($"{instrument} · {MarketLines.Origin(market)} · {timeframe} candles; Ctrl-C ends", market.Feed.IsSimulated ? Tone.Warning : Tone.Dim);
            terminal.OutputLine($"{"opens (UTC)",-16}  {"open",12}  {"high",12}  {"low",12}  {"close",12}  {"change",9}  {"volume",12}");
        }

        try
        {
            await foreach (var update in market.Feed.WatchAsync(instrument, timeframe, cancellationToken).ConfigureAwait(false))
            {
                if (json)
                    MarketJson.Write(terminal, update);
                else
                    Show(update);
            }

            return ExitCode.Answered;
        }
        finally
        {
            terminal.Live("", Tone.Dim);
        }
    }

    private void Show(MarketUpdate update)
    {
        switch (update)
        {
            case PriceUpdate price:
                _price = price.Price;
                ShowLive(price.At, price.IsSuspect ? " suspect" : "");
                break;
            case CandleUpdate { IsFinal: true, Candle: var candle }:
                _open = candle.Close;
                host.Terminal.OutputLine($"{Time(candle.OpenTime),-16}  {Price(candle.Open),12}  {Price(candle.High),12}  {Price(candle.Low),12}  {Price(candle.Close),12}  {Change((candle.Close / candle.Open) - 1),9}  {Number(candle.Volume),12}");
                break;
            case CandleUpdate { Candle: var candle } open:
                (_price, _open) = (candle.Close, candle.Open);
                ShowLive(open.At, "");
                break;
            case FeedStateUpdate { State: { Status: not FeedStatus.Live } state }:
                host.Terminal.Marked("feed", MarketLines.State(state), Tone.Warning);
                break;
        }
    }

    private void ShowLive(DateTimeOffset at, string mark) =>
        host.Terminal.Live($"{instrument} {Price(_price)}{mark} · {Change((_price / _open) - 1)} in this {timeframe} candle · {at.UtcDateTime:HH:mm:ss} UTC", Tone.Accent);
}
