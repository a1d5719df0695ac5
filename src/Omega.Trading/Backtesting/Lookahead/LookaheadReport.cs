using System.Globalization;
using System.Text.Json;

namespace Omega.Trading.Backtesting;

/// <summary>What a proof came to.</summary>
public enum LookaheadVerdict
{
    /// <summary>Nothing depended on the future, and later decisions did change with it.</summary>
    Holds,

    /// <summary>Something depended on what had not happened yet.</summary>
    LooksAhead,

    /// <summary>No decision changed whatever was altered, so nothing is proven: a failure.</summary>
    NoPower,
}

/// <summary>How the future was altered.</summary>
public enum FutureAlteration
{
    /// <summary>All later bars in another order.</summary>
    Shuffled,

    /// <summary>All later prices and volumes times a factor.</summary>
    Scaled,

    /// <summary>All later bars taken away.</summary>
    Removed,

    /// <summary>As shuffled, and the bar's own close and volume too: what fills inside a bar cannot know them.</summary>
    OwnClose,
}

/// <summary>Where a look-ahead was found.</summary>
/// <param name="AlteredAfter">Open time of the last bar that was left as it was (of the bar itself for <see cref="FutureAlteration.OwnClose"/>).</param>
/// <param name="Alteration">How the future was altered.</param>
/// <param name="At">Open time of the bar where the difference showed.</param>
/// <param name="What">What differed, in a sentence.</param>
public sealed record LookaheadFinding(DateTimeOffset AlteredAfter, FutureAlteration Alteration, DateTimeOffset At, string What);

/// <summary>What a proof found.</summary>
/// <param name="Verdict">The outcome.</param>
/// <param name="Points">Times after which the future was altered.</param>
/// <param name="Runs">Altered runs in all.</param>
/// <param name="Bars">Bars that the proof covered.</param>
/// <param name="Decisions">Decisions of the unaltered run.</param>
/// <param name="Fills">Fills of the unaltered run.</param>
/// <param name="LaterChanges">Runs in which later decisions changed with the future: the proof's power.</param>
/// <param name="Finding">The first look-ahead, or null.</param>
public sealed record LookaheadReport(LookaheadVerdict Verdict, int Points, int Runs, int Bars, int Decisions, int Fills, int LaterChanges, LookaheadFinding? Finding)
{
    /// <summary>Whether it proves that the strategy does not see the future.</summary>
    public bool IsProven => Verdict == LookaheadVerdict.Holds;

    /// <summary>The outcome in a sentence.</summary>
    public override string ToString() => Verdict switch
    {
        LookaheadVerdict.Holds => string.Create(CultureInfo.InvariantCulture, $"No look-ahead: the future was altered after {Points} times ({Runs} runs over {Bars} bars); {Decisions} decisions and {Fills} fills stayed the same up to each, and later ones changed."),
        LookaheadVerdict.NoPower => Decisions == 0
            ? "No power: the strategy decided nothing, so nothing is proven."
            : string.Create(CultureInfo.InvariantCulture, $"No power: no later decision changed however the future was altered ({Points} times), so nothing is proven."),
        _ => string.Create(CultureInfo.InvariantCulture, $"Look-ahead: with the future {Words(Finding!.Alteration)} after {Finding.AlteredAfter:yyyy-MM-dd HH:mm} UTC, {Finding.What} (bar of {Finding.At:yyyy-MM-dd HH:mm} UTC)."),
    };

    /// <summary>Writes it as one JSON object.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("verdict", Verdict switch { LookaheadVerdict.Holds => "holds", LookaheadVerdict.NoPower => "no_power", _ => "looks_ahead" });
        writer.WriteNumber("points", Points);
        writer.WriteNumber("runs", Runs);
        writer.WriteNumber("bars", Bars);
        writer.WriteNumber("decisions", Decisions);
        writer.WriteNumber("fills", Fills);
        writer.WriteNumber("later_changes", LaterChanges);
        if (Finding is null)
        {
            writer.WriteNull("finding");
        }
        else
        {
            writer.WriteStartObject("finding");
            writer.WriteString("altered_after", Finding.AlteredAfter.UtcDateTime);
            writer.WriteString("alteration", Words(Finding.Alteration).Replace(' ', '_'));
            writer.WriteString("at", Finding.At.UtcDateTime);
            writer.WriteString("what", Finding.What);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static string Words(FutureAlteration alteration) => alteration switch
    {
        FutureAlteration.Shuffled => "shuffled",
        FutureAlteration.Scaled => "scaled",
        FutureAlteration.Removed => "removed",
        _ => "shuffled with own close",
    };
}
