using System.Globalization;
using Omega.Cli.Screen;
using Omega.Trading;
using Omega.Trading.Feeds;

namespace Omega.Cli.Markets;

/// <summary>Opens the market that a person chose.</summary>
internal static class MarketFeeds
{
    // What has happened when a file begins to be played, where nobody says.
    private const int PlayedFromEnd = 200;

    /// <param name="host">Where what is wrong with a file is said.</param>
    /// <param name="choice">The market.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TradingException">The file cannot be used.</exception>
    /// <exception cref="CliException">None was chosen.</exception>
    public static MarketSource Open(CliHost host, MarketChoice choice, CancellationToken cancellationToken = default) => Open(host, choice, host.Time, cancellationToken);

    /// <inheritdoc cref="Open(CliHost, MarketChoice, CancellationToken)"/>
    /// <param name="host">Where what is wrong with a file is said.</param>
    /// <param name="choice">The market.</param>
    /// <param name="time">The market's clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static MarketSource Open(CliHost host, MarketChoice choice, TimeProvider time, CancellationToken cancellationToken = default) => choice switch
    {
        MarketChoice.Recorded recorded => Open(host, recorded, time, cancellationToken),
        MarketChoice.Simulated simulated => new MarketSource(time, new SimulatedFeed(simulated.Seed is { } seed ? new SimulatedFeedOptions { Seed = seed } : null, time), file: null),
        _ => throw CliException.Usage("There is no market: none was chosen. Choose one with --feed sim or --candles FILE."),
    };

    private static MarketSource Open(CliHost host, MarketChoice.Recorded recorded, TimeProvider time, CancellationToken cancellationToken)
    {
        var (series, report) = CandleFile.Read(recorded.File, new CandleFileOptions(), cancellationToken: cancellationToken);
        if (report.BadRows > 0)
            host.Terminal.Marked("warning", string.Create(CultureInfo.InvariantCulture, $"{report.BadRows:N0} of {report.Rows:N0} rows of {recorded.File} are bad and were left out. See them with: omega data check {recorded.File}"), Tone.Warning);
        var options = recorded.IsPlayed
            ? new ReplayOptions { From = recorded.From ?? Moment(series.Times[Math.Max(0, series.Count - Math.Min(PlayedFromEnd, series.Count / 2))]), Speed = recorded.Speed }
            : new ReplayOptions { Speed = 0 };
        return new MarketSource(time, new ReplayFeed(series, recorded.Instrument ?? InstrumentOf(recorded.File), options, time), recorded.File);
    }

    /// <summary>What the beginning of a file's name says, as in <c>btcusdt-1h.csv</c>; else the usual market.</summary>
    private static Instrument InstrumentOf(string file)
    {
        var name = Path.GetFileName(file);
        var end = name.IndexOfAny(['-', '_', '.', ' ']);
        return end > 0 && Instrument.TryParse(name[..end], out var named) ? named : Instrument.Create("BTC", "USD");
    }

    private static DateTimeOffset Moment(long time) => DateTimeOffset.FromUnixTimeMilliseconds(time);
}
