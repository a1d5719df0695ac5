namespace Omega.Trading.Execution;

/// <summary>
/// Whether, at what price and at what cost an order fills in a bar. The same rules for back-tests and paper trading; knows no account.
/// Immutable and thread-safe.
/// </summary>
/// <remarks>
/// A bar says nothing of the path inside it, so the rules assume against the trader: a stop fills on touch, a limit only when the price
/// went strictly through it, and slippage, like the cap on volume, is measured on the bar before.
/// </remarks>
public sealed class FillModel
{
    private readonly bool _slips;
    private readonly double _takerCostOfBars;

    /// <summary>Creates the model.</summary>
    /// <param name="options">Costs.</param>
    /// <param name="rules">How the market rounds.</param>
    /// <exception cref="TradingException">An option is out of range.</exception>
    public FillModel(FillOptions options, MarketRules rules)
    {
        options.Check();
        (Options, Rules) = (options, rules);
        _slips = options.Slippage > 0 || options.RangeSlippage > 0;
        TakerCost = 1 + options.TakerFee;
        _takerCostOfBars = (double)TakerCost;
    }

    /// <summary>Costs.</summary>
    public FillOptions Options { get; }

    /// <summary>How the market rounds.</summary>
    public MarketRules Rules { get; }

    /// <summary>1 + the taker's fee.</summary>
    internal decimal TakerCost { get; }

    /// <summary>Whether the open is at or beyond a stop: it then fills at the open.</summary>
    public static bool IsStopPassed(OrderSide side, double stop, double open) => side == OrderSide.Buy ? open >= stop : open <= stop;

    /// <summary>Whether a bar touches a stop.</summary>
    public static bool IsStopTouched(OrderSide side, double stop, in Candle bar) => side == OrderSide.Buy ? bar.High >= stop : bar.Low <= stop;

    /// <summary>Whether the open is strictly beyond a limit: it then fills at the open.</summary>
    public static bool IsLimitPassed(OrderSide side, double limit, double open) => side == OrderSide.Buy ? open < limit : open > limit;

    /// <summary>Whether a bar trades strictly through a limit.</summary>
    public static bool IsLimitTraded(OrderSide side, double limit, in Candle bar) => side == OrderSide.Buy ? bar.Low < limit : bar.High > limit;

    /// <summary>The price of a market or stop fill: slippage and the rounding to the tick are against the trader.</summary>
    /// <param name="side">Which way.</param>
    /// <param name="price">The open, or the stop's price.</param>
    /// <param name="previous">The final bar before.</param>
    public decimal MarketPrice(OrderSide side, decimal price, in Candle previous)
    {
        if (_slips)
        {
            var slippage = (price * Options.Slippage) + (Options.RangeSlippage > 0 ? (decimal)(previous.High - previous.Low) * Options.RangeSlippage : 0);
            price = side == OrderSide.Buy ? price + slippage : price - slippage;
        }

        return Rules.RoundPrice(price, up: side == OrderSide.Buy);
    }

    /// <summary>A limit's own price on the tick: buy limits go down, sell limits up.</summary>
    public decimal LimitPrice(OrderSide side, decimal price) => Rules.RoundPrice(price, up: side == OrderSide.Sell);

    /// <summary>A stop's price on the tick, against the trader.</summary>
    public decimal StopPrice(OrderSide side, decimal price) => Rules.RoundPrice(price, up: side == OrderSide.Buy);

    /// <summary>Fee of a notional.</summary>
    public decimal Fee(decimal notional, bool isMaker) => notional * (isMaker ? Options.MakerFee : Options.TakerFee);

    /// <summary>Whether fills are bounded by the volume of the bar before.</summary>
    public bool IsCapped => Options.VolumeCap is not null;

    /// <summary>The most base currency that fills of a bar may take: a share of the volume of the bar before.</summary>
    public decimal Capacity(in Candle previous) =>
        Options.VolumeCap is { } cap ? Rules.RoundQuantity((decimal)Math.Clamp(previous.Volume, 0, 1e15) * cap) : decimal.MaxValue;

    /// <summary>
    /// The largest quantity whose notional and taker's fee a budget can pay: ⌊budget / (price × (1 + fee)) / step⌋ × step.
    /// </summary>
    /// <param name="budget">Quote currency.</param>
    /// <param name="price">Fill price.</param>
    public decimal Affordable(decimal budget, decimal price) => Affordable(budget, (double)budget, price, (double)price);

    /// <summary>The same where both are at hand in double: making them of decimals takes as long as the rest.</summary>
    internal decimal Affordable(decimal budget, double budgetOfBars, decimal price, double priceOfBars)
    {
        var steps = budgetOfBars / (priceOfBars * _takerCostOfBars * Rules.StepOfBars);
        if (steps <= 0)
            return 0;

        // The quotient in double is off by less than 1e-14 of itself: where that cannot cross a whole number, its floor is exact, and
        // a decimal division (the slowest step of a fill) is saved.
        var whole = Math.Floor(steps);
        var margin = steps * 1e-14;
        if (steps < 1e12 && steps - whole > margin && whole + 1 - steps > margin)
            return Rules.Steps((long)whole);
        var unit = price * TakerCost;
        return Rules.RoundQuantity(budget / unit) is var quantity && quantity * unit > budget ? quantity - Rules.Step : quantity;
    }
}
