namespace Omega.Trading.Strategies;

/// <summary>
/// What a strategy wants done at the next open. The default value is: nothing. Where an exit of the position is set, entries are ignored;
/// so are a long and a short entry at once.
/// </summary>
public record struct Decision
{
    // What it wants in one byte: the engine asks after every bar whether it is empty.
    private Wish _wishes;

    [Flags]
    private enum Wish : byte
    {
        EnterLong = 1,
        EnterShort = 2,
        ExitLong = 4,
        ExitShort = 8,
    }

    /// <summary>Buy to open. Ignored while a position is open, unless <see cref="AddsToPosition"/>.</summary>
    public bool EnterLong
    {
        readonly get => (_wishes & Wish.EnterLong) != 0;
        set => Set(Wish.EnterLong, value);
    }

    /// <summary>Sell to open; needs an account that allows shorts.</summary>
    public bool EnterShort
    {
        readonly get => (_wishes & Wish.EnterShort) != 0;
        set => Set(Wish.EnterShort, value);
    }

    /// <summary>Close a long position.</summary>
    public bool ExitLong
    {
        readonly get => (_wishes & Wish.ExitLong) != 0;
        set => Set(Wish.ExitLong, value);
    }

    /// <summary>Close a short position.</summary>
    public bool ExitShort
    {
        readonly get => (_wishes & Wish.ExitShort) != 0;
        set => Set(Wish.ExitShort, value);
    }

    /// <summary>Whether an entry on the position's own side adds to it.</summary>
    public bool AddsToPosition { get; set; }

    /// <summary>How large the entry is. The default value is all of the cash.</summary>
    public EntrySize Size { get; set; }

    /// <summary>Protective stop of the entry. The default value is none.</summary>
    public PriceRule Stop { get; set; }

    /// <summary>Profit target of the entry. The default value is none.</summary>
    public PriceRule Target { get; set; }

    /// <summary>Trailing stop of the entry: follows the best close at this distance. The default value is none.</summary>
    public PriceRule Trail { get; set; }

    /// <summary>Whether it neither enters nor exits.</summary>
    public readonly bool IsEmpty => _wishes == 0;

    private void Set(Wish wish, bool value) => _wishes = value ? _wishes | wish : _wishes & ~wish;
}

/// <summary>What an <see cref="EntrySize"/> counts.</summary>
public enum EntrySizeKind
{
    /// <summary>All of the free cash.</summary>
    AllCash,

    /// <summary>A fraction of the free cash, 0 to 1.</summary>
    CashFraction,

    /// <summary>An amount of quote currency, costs included.</summary>
    Quote,

    /// <summary>A fraction of the equity lost when the stop is hit; needs a stop.</summary>
    RiskFraction,
}

/// <summary>How large an entry is. The default value is all of the cash.</summary>
/// <param name="Kind">What <paramref name="Value"/> counts.</param>
/// <param name="Value">The value; ignored for <see cref="EntrySizeKind.AllCash"/>.</param>
public readonly record struct EntrySize(EntrySizeKind Kind, double Value);

/// <summary>How a stop or a target is measured.</summary>
public enum PriceRuleKind
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>A fraction of the average fill price, away from it.</summary>
    Fraction,

    /// <summary>A distance in quote currency from the average fill price (an ATR multiple taken at the decision's bar).</summary>
    Distance,

    /// <summary>A price.</summary>
    Price,
}

/// <summary>Where a stop or a target lies. The default value is: none.</summary>
/// <param name="Kind">How it is measured.</param>
/// <param name="Value">The fraction, distance or price; above zero.</param>
public readonly record struct PriceRule(PriceRuleKind Kind, double Value);
