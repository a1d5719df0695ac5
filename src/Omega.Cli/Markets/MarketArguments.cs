using System.CommandLine;
using Omega.Cli.Commands;
using Omega.Cli.Commands.Backtest;
using Omega.Cli.Configuration;

namespace Omega.Cli.Markets;

/// <summary>The options that say which market; shared by <c>ask</c>, <c>chat</c>, <c>functions</c>, <c>market</c> and <c>risk</c>.</summary>
internal sealed class MarketArguments
{
    private readonly Option<MarketChoice?> _feed = new("--feed")
    {
        Description = "The market: sim or sim:SEED, made up; replay:FILE, a file of candles played back; none (default sim)",
        HelpName = "FEED",
        CustomParser = result => MarketChoice.Parse(result.Tokens[^1].Value, "--feed is", result.AddError),
    };

    private readonly Option<string?> _candles = OptionParsing.Text("--candles", "A file of candles as the market, up to its end: CSV, plain or in .gz or .zip", "FILE");

    private readonly Option<DateTimeOffset?> _from = Moments.Option("--replay-from", "Where the replay begins (UTC; default a little before the file's end)");
    private readonly Option<double?> _speed = OptionParsing.Number("--replay-speed", $"Seconds of the replay in one second; default {MarketChoice.DefaultSpeed}", "N", new NumberRange(0, 1_000_000));

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_feed, _candles, _from, _speed])
            command.Options.Add(option);
    }

    /// <summary>Whether the command line itself says which market.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetValue(_feed) is not null || parsed.GetValue(_candles) is not null;

    /// <summary>The command line over the settings.</summary>
    /// <exception cref="CliException">Two options contradict each other, or a setting is wrong.</exception>
    public MarketChoice Read(ParseResult parsed, Settings settings)
    {
        var (feed, candles) = (parsed.GetValue(_feed), parsed.GetValue(_candles));
        if (feed is not null && candles is not null)
            throw CliException.Usage("--feed and --candles both say which market: give one of the two.");
        var choice = Given(feed, candles) ?? Configured(settings);
        var (from, speed) = (parsed.GetValue(_from), parsed.GetValue(_speed));
        if (from is null && speed is null)
            return choice;
        return choice is MarketChoice.Recorded { IsPlayed: true } played
            ? played with { From = from, Speed = speed ?? played.Speed }
            : throw CliException.Usage($"{(from is null ? "--replay-speed" : "--replay-from")} is for a file that is played: --feed replay:FILE.");
    }

    /// <summary>What the settings choose, else the usual market.</summary>
    /// <exception cref="CliException">Settings contradict each other, or one is wrong.</exception>
    public static MarketChoice Configured(Settings settings)
    {
        var (feed, candles) = (settings.Find(SettingNames.Feed.Variable), settings.Find(SettingNames.Candles.Variable));
        if (feed is not null && candles is not null)
            throw CliException.Usage($"{feed.Origin} and {candles.Origin} both say which market: set one of the two.");
        return Given(feed is null ? null : MarketChoice.Parse(feed.Value, $"{feed.Origin} is", message => throw CliException.Usage(message)), candles?.Value) ?? MarketChoice.Default;
    }

    private static MarketChoice? Given(MarketChoice? feed, string? candles) => candles is null ? feed : new MarketChoice.Recorded(candles, IsPlayed: false);
}
