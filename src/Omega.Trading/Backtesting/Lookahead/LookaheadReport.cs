using System.Globalization;
using System.Text.Json;

namespace Omega.Trading.Backtesting;

/// <summary>What a proof came to.</summary>
public enum LookaheadVerdict
{
    /// <summary>Nothing depended on the future, and later decisions or fills did change with it.</summary>
    Holds,

    /// <summary>Something depended on what had not happened yet.</summary>
    LooksAhead,

    /// <summary>The strategy made no trade, or neither a decision nor a fill changed whatever was altered: nothing is proven, a failure.</summary>
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
public sealed record LookaheadReport
{
    /// <summary>The outcome.</summary>
    public required LookaheadVerdict Verdict { get; init; }

    /// <summary>Times after which the future was altered.</summary>
    public required int Points { get; init; }

    /// <summary>Altered runs in all.</summary>
    public required int Runs { get; init; }

    /// <summary>Bars that the proof covered.</summary>
    public required int Bars { get; init; }

    /// <summary>Decisions of the unaltered run.</summary>
    public required int Decisions { get; init; }

    /// <summary>Fills of the unaltered run.</summary>
    public required int Fills { get; init; }

    /// <summary>Runs with other later prices, to the end, in which a later decision changed.</summary>
    public required int DecisionChanges { get; init; }

    /// <summary>Runs with other later prices, to the end, in which a later fill came at another time, price or quantity.</summary>
    public required int FillChanges { get; init; }

    /// <summary>Runs without the later bars in which later decisions vanished with them.</summary>
    public required int Vanished { get; init; }

    /// <summary>The first look-ahead, or null.</summary>
    public LookaheadFinding? Finding { get; init; }

    /// <summary>Whether it proves that the strategy does not see the future.</summary>
    public bool IsProven => Verdict == LookaheadVerdict.Holds;

    /// <summary>What to know beside the verdict.</summary>
    public IReadOnlyList<string> Notes => Verdict == LookaheadVerdict.Holds && DecisionChanges == 0
        ? ["no decision changed with the prices (it follows the clock, or seldom decides); the alterations reached its fills only"]
        : [];

    /// <summary>The outcome in a sentence, and the notes.</summary>
    public override string ToString()
    {
        var culture = CultureInfo.InvariantCulture;
        var outcome = Verdict switch
        {
            LookaheadVerdict.Holds => string.Create(culture, $"No look-ahead: the future was altered after {Points} times ({Runs} runs over {Bars} bars); {Decisions} decisions and {Fills} fills stayed the same up to each, and later ones changed (decisions in {DecisionChanges} runs, fills in {FillChanges})."),
            LookaheadVerdict.NoPower when Decisions == 0 => "No power: the strategy decided nothing, so nothing is proven.",
            LookaheadVerdict.NoPower when Fills == 0 => string.Create(culture, $"No power: none of the strategy's {Decisions} decisions was filled, so nothing is proven."),
            LookaheadVerdict.NoPower => string.Create(culture, $"No power: no later decision or fill changed however the future was altered ({Points} times), so nothing is proven."),
            _ => string.Create(culture, $"Look-ahead: with the future {Words(Finding!.Alteration)} after {Finding.AlteredAfter:yyyy-MM-dd HH:mm} UTC, {Finding.What} (bar of {Finding.At:yyyy-MM-dd HH:mm} UTC)."),
        };
        return string.Concat([outcome, .. Notes.Select(note => $" Note: {note}.")]);
    }

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
        writer.WriteNumber("decision_changes", DecisionChanges);
        writer.WriteNumber("fill_changes", FillChanges);
        writer.WriteNumber("vanished", Vanished);
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

        writer.WriteStartArray("notes");
        foreach (var note in Notes)
            writer.WriteStringValue(note);
        writer.WriteEndArray();
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
