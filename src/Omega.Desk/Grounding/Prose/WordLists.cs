using System.Collections.Frozen;

namespace Omega.Desk.Prose;

/// <summary>Words that join, part and turn: what the grammar of a sentence with figures needs.</summary>
internal static class WordLists
{
    /// <summary>Between a name and its figure: "RSI currently stands at 63".</summary>
    public static readonly FrozenSet<string> Links = Set(
        "is was are were be being been of at to by near around about approximately roughly approx circa some only just nearly almost over under exactly stands stand sits sit "
        + "currently now still also reads reading shows came comes in out remains holds hovers hovering hits hit reached reaches reaching as equals equal totals totaled totalled totalling "
        + "a an the with from some that it its your this has had have amounts works would will could may might lies rests lands ended ends printed prints registered registers measured measures versus level "
        + "settled standing sitting coming down up above below more than less least most well barely ratio rate score value figure estimated lags led runs running");

    /// <summary>They part a sentence: what stands behind has its own subject.</summary>
    public static readonly FrozenSet<string> Parts = Set("and while whereas but against versus vs than or though although compared with plus yet because so where which alongside followed");

    /// <summary>Before a figure: it is rounded freely.</summary>
    public static readonly FrozenSet<string> About = Set("about around roughly approximately approx circa nearly almost some near close ca ~");

    /// <summary>Before a figure: the true one is somewhat above.</summary>
    public static readonly FrozenSet<string> Over = Set("over exceeding exceeds above topping");

    /// <summary>Before a figure: the true one is somewhat below.</summary>
    public static readonly FrozenSet<string> Under = Set("under below nearly almost");

    /// <summary>They make a change negative.</summary>
    public static readonly FrozenSet<string> Falls = Set(
        "gave gives down fell fall falls fallen falling drop drops dropped dropping lose loses lost losing loss losses decline declines declined declining negative minus lower shed slid slipped sank decreased decrease tumbled underwater");

    /// <summary>They make a change positive.</summary>
    public static readonly FrozenSet<string> Rises = Set("up rose rise rises risen gain gains gained gaining rally rallied climbed increase increased higher positive grew advanced jumped profit made earned");

    /// <summary>Without one of these no figure is read as computed from two others.</summary>
    public static readonly FrozenSet<string> Relations = Set(
        "above below over under higher lower more less difference gap between away from off beyond outperformed outperforms outperforming underperformed underperforms underperforming beat beats beating ahead behind trails trailed lagged lagging "
        + "premium discount upside downside ratio times twice range distance room wide wider apart versus vs against than relative compared points better worse larger smaller greater separates spread exceeds doubles half share width reward basis");

    /// <summary>"A is 3 % above B": the first is the greater.</summary>
    public static readonly FrozenSet<string> Greater = Set("above higher more over exceeds ahead outperformed outperforms beat beats better larger greater premium");

    /// <summary>"A is 3 % below B".</summary>
    public static readonly FrozenSet<string> Lesser = Set("below lower less under behind underperformed underperforms trails trailed lagged worse smaller discount beneath");

    /// <summary>Things that an answer counts of its own: three reasons, two scenarios.</summary>
    public static readonly FrozenSet<string> OwnCounts = Set(
        "reason reasons thing things scenario scenarios step steps option options way ways factor factors part parts idea ideas question questions takeaway takeaways caveat caveats tip tips rule rules "
        + "measure measures figure figures indicator indicators signal signals timeframe timeframes strategy strategies function functions call calls sentence sentences word words line lines section sections case cases "
        + "note notes risk risks item items side sides chart charts row rows column columns people person way example examples condition conditions market markets time level levels");

    /// <summary>Before a year.</summary>
    public static readonly FrozenSet<string> BeforeYears = Set(
        "in since from to until till through by year years of and during between early late mid after before january february march april may june july august september october november december "
        + "jan feb mar apr jun jul aug sep sept oct nov dec the end start over full");

    /// <summary>The months.</summary>
    public static readonly FrozenSet<string> Months = Set(
        "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec");

    /// <summary>A length of what is counted, as in "20-period".</summary>
    public static readonly FrozenSet<string> Periods = Set("period bar day hour candle minute week month year periods bars days hours candles minutes weeks months years session trade step point");

    /// <summary>Quantities that may be shown without the minus that they have.</summary>
    public static readonly FrozenSet<string> Unsigned = Set("drawdown var cvar loss average_loss worst_day worst_trade distance risk ulcer touches age depth fee slippage loss_of_equity");

    /// <summary>Quantities that rise and fall, so that a word like "down" tells their sign.</summary>
    public static readonly FrozenSet<string> Signed = Set("return change roc pnl cagr macd cmf slope skew expectancy funding alpha");

    /// <summary>Words in a key that name nothing by themselves.</summary>
    public static readonly FrozenSet<string> Empty = Set(
        "value figure figures amount number result results data last total net current rate ratio percent pct usd usdt eur btc bps price level low high mean average avg count line items list info stats statistics metrics summary "
        + "position probability size min max minimum maximum unit per in of at the by to from and or by_timeframe timeframes report output payload response item entry entries value_usd signal upper middle lower fraction historical h d day hour");

    public static IEnumerable<string> All =>
        new[] { Links, Parts, About, Over, Under, Falls, Rises, Relations, Greater, Lesser, OwnCounts, BeforeYears, Months, Periods, Empty }.SelectMany(list => list);

    private static FrozenSet<string> Set(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
