using System.Globalization;
using Omega.Trading;

namespace Omega.Cli.Markets;

/// <summary>Which market: a simulated one of a seed, a file, played back or as it stands at its end, or none.</summary>
internal abstract record MarketChoice
{
    /// <summary>A minute in a second.</summary>
    public const double DefaultSpeed = 60;

    private const string Forms = "Allowed: sim, sim:SEED with a whole number from 0, replay:FILE, or none.";

    private MarketChoice()
    {
    }

    /// <summary>The market where nobody chose one.</summary>
    public static MarketChoice Default { get; } = new Simulated(null);

    /// <summary>No market, and none of its functions.</summary>
    public sealed record Nothing : MarketChoice;

    /// <summary>A simulated market.</summary>
    /// <param name="Seed">Null for the usual one.</param>
    public sealed record Simulated(long? Seed) : MarketChoice;

    /// <summary>A file of candles.</summary>
    /// <param name="File">As the person spelled it.</param>
    /// <param name="IsPlayed">Whether it is played back bar by bar; otherwise all of it has happened.</param>
    public sealed record Recorded(string File, bool IsPlayed) : MarketChoice
    {
        /// <summary>Where playing it begins; null for a little before its end.</summary>
        public DateTimeOffset? From { get; init; }

        /// <summary>How many seconds of it go by in one.</summary>
        public double Speed { get; init; } = DefaultSpeed;

        /// <summary>What is traded; null for what the file's name says.</summary>
        public Instrument? Instrument { get; init; }
    }

    /// <summary>Reads <c>sim</c>, <c>sim:SEED</c>, <c>replay:FILE</c> or <c>none</c>.</summary>
    /// <param name="text">As given.</param>
    /// <param name="what">The beginning of the sentence about a wrong one: <c>--feed is</c>.</param>
    /// <param name="tell">Takes that sentence.</param>
    /// <returns>The market; null after telling what is wrong.</returns>
    public static MarketChoice? Parse(string text, string what, Action<string> tell)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (kind, rest) = colon < 0 ? (text.Trim(), null) : (text[..colon].Trim(), text[(colon + 1)..].Trim());
        switch (kind.ToLowerInvariant(), rest)
        {
            case ("none", null):
                return new Nothing();
            case ("sim", null):
                return new Simulated(null);
            case ("sim", _) when long.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out var seed):
                return new Simulated(seed);
            case ("replay", { Length: > 0 }):
                return new Recorded(rest, IsPlayed: true);
        }

        var near = NearNames.Find(kind.ToLowerInvariant(), ["sim", "replay", "none"]) is { } name && name != kind ? $" Did you mean {name}?" : "";
        tell($"{what} \"{text}\".{near} {Forms}");
        return null;
    }
}
