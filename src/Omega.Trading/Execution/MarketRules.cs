namespace Omega.Trading.Execution;

/// <summary>How a market rounds. Immutable.</summary>
public sealed class MarketRules
{
    // Digits after the point where the step or tick is a power of ten, which makes rounding cheap; otherwise -1.
    private readonly int _stepDigits;
    private readonly int _tickDigits;
    private readonly double _minimumOfBars;

    /// <summary>Creates the rules.</summary>
    /// <param name="step">Quantities are multiples of it, in base currency; above zero.</param>
    /// <param name="tick">Prices are multiples of it, in quote currency; above zero.</param>
    /// <param name="minimumNotional">Smallest quantity × price of an entry, in quote currency; 0 or more.</param>
    /// <exception cref="TradingException">A value is out of range.</exception>
    public MarketRules(decimal step, decimal tick, decimal minimumNotional)
    {
        if (step <= 0)
            throw new TradingException($"The step is {step}; it must be above zero.");
        if (tick <= 0)
            throw new TradingException($"The tick is {tick}; it must be above zero.");
        if (minimumNotional < 0)
            throw new TradingException($"The minimum notional is {minimumNotional}; it must be 0 or more.");
        (Step, Tick, MinimumNotional) = (step, tick, minimumNotional);
        (_stepDigits, _tickDigits) = (DigitsOf(step), DigitsOf(tick));
        (StepOfBars, _minimumOfBars) = ((double)step, (double)minimumNotional);
    }

    /// <summary>What holds where nothing is known of a market: step 0.00001, tick 0.01, minimum notional 5.</summary>
    public static MarketRules Default { get; } = new(0.00001m, 0.01m, 5m);

    /// <summary>How an instrument's market rounds.</summary>
    public static MarketRules Of(Instrument instrument) => new(instrument.Step, instrument.Tick, instrument.MinimumNotional);

    /// <summary>Quantities are multiples of it, in base currency.</summary>
    public decimal Step { get; }

    /// <summary>Prices are multiples of it, in quote currency.</summary>
    public decimal Tick { get; }

    /// <summary>Smallest quantity × price of an entry, in quote currency.</summary>
    public decimal MinimumNotional { get; }

    internal double StepOfBars { get; }

    /// <summary>The largest multiple of the step that is not above a quantity.</summary>
    /// <param name="quantity">Base currency, 0 or more.</param>
    public decimal RoundQuantity(decimal quantity) =>
        _stepDigits >= 0 ? decimal.Round(quantity, _stepDigits, MidpointRounding.ToZero) : decimal.Floor(quantity / Step) * Step;

    /// <summary>The nearest multiple of the tick on one side of a price; never below one tick.</summary>
    /// <param name="price">Quote currency.</param>
    /// <param name="up">Whether the multiple may not be below the price, rather than not above it.</param>
    public decimal RoundPrice(decimal price, bool up)
    {
        // Nearly every price of a market is on its tick already.
        if (_tickDigits >= 0 && price.Scale <= _tickDigits && !decimal.IsNegative(price))
            return price;
        var rounded = _tickDigits >= 0
            ? decimal.Round(price, _tickDigits, up ? MidpointRounding.ToPositiveInfinity : MidpointRounding.ToNegativeInfinity)
            : (up ? decimal.Ceiling(price / Tick) : decimal.Floor(price / Tick)) * Tick;
        return rounded < Tick ? Tick : rounded;
    }

    /// <summary>Whether quantity × price reaches the minimum; in decimal only where double cannot tell.</summary>
    internal bool IsLargeEnough(decimal quantity, decimal price, double priceOfBars) =>
        (double)quantity * priceOfBars > _minimumOfBars * 1.000001 || quantity * price >= MinimumNotional;

    /// <summary>So many steps.</summary>
    internal decimal Steps(long count) => _stepDigits >= 0
        ? new decimal((int)count, (int)(count >> 32), 0, isNegative: false, (byte)_stepDigits)
        : count * Step;

    private static int DigitsOf(decimal value)
    {
        var digits = 0;
        while (value < 1 && digits < 28)
        {
            value *= 10;
            digits++;
        }

        return value == 1 ? digits : -1;
    }
}
