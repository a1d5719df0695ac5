namespace Omega.Trading.Risk;

/// <summary>
/// Sizes positions, in decimal. Quantities are rounded down to the market's step; a size below the smallest order is 0 and says so; the
/// whole with its fee never exceeds the equity. Nonsense is refused. Pure functions.
/// </summary>
public static class PositionSizer
{
    private const decimal Most = 1_000_000_000_000_000m;
    private const decimal Least = 0.00000001m;

    /// <summary>A fraction of the equity: ⌊equity × fraction / (price × (1 + fee)) / step⌋ × step.</summary>
    /// <param name="request">What for.</param>
    /// <param name="fraction">Above 0 to 1.</param>
    /// <exception cref="TradingException">A value makes no sense; the message names it and the remedy.</exception>
    public static PositionSize FixedFraction(SizingRequest request, decimal fraction)
    {
        Check(request);
        Within("fraction", fraction, 1);
        return Size(request, "fixed_fraction", Affordable(request, fraction), []);
    }

    /// <summary>
    /// The size that loses a fraction of the equity at a stop, both fees included: equity × risk / (|price − stop| + fee × (price + stop)).
    /// </summary>
    /// <param name="request">What for.</param>
    /// <param name="risk">The fraction of the equity to lose at the stop; above 0 to 1.</param>
    /// <param name="stop">Below the price for a long position, above it for a short one.</param>
    /// <exception cref="TradingException">A value makes no sense; the message names it and the remedy.</exception>
    public static PositionSize FixedRisk(SizingRequest request, decimal risk, decimal stop)
    {
        Check(request);
        Within("risk", risk, 1);
        Stops.Check(request.Side, request.Price, stop, "price");
        var (budget, most, loss) = (request.Equity * risk, Affordable(request, request.MostFraction), LossOfOne(request, stop));

        // Compared before dividing: a stop next to the price would ask for more than a decimal holds.
        return most * loss <= budget
            ? Size(request, "fixed_risk", most, [$"The risk would allow more; without leverage {request.MostFraction} × equity is the most."], stop)
            : Size(request, "fixed_risk", budget / loss, [], stop);
    }

    /// <summary>The size whose volatility is a target: fraction = target / volatility, at most the whole equity (Moskowitz, Ooi and Pedersen, 2012).</summary>
    /// <param name="request">What for.</param>
    /// <param name="target">Volatility a year of the whole account, a fraction; above 0 to 10.</param>
    /// <param name="volatility">Volatility a year of the market, a fraction; above 0 to 100.</param>
    /// <exception cref="TradingException">A value makes no sense; the message names it and the remedy.</exception>
    public static PositionSize VolatilityTarget(SizingRequest request, double target, double volatility)
    {
        Check(request);
        Within("target volatility", target, 10);
        Within("volatility of the market", volatility, 100);
        var fraction = target / volatility;
        List<string> notes = fraction > (double)request.MostFraction
            ? [FormattableString.Invariant($"The target would take {fraction:0.####} × equity; {request.MostFraction} is the most.")]
            : [];
        return Size(request, "volatility_target", Affordable(request, (decimal)Math.Min(fraction, 1)), notes);
    }

    /// <summary>
    /// A part of the Kelly fraction W − (1 − W) / payoff, never above a cap (Kelly, 1956). Estimates of W and payoff are uncertain, and full
    /// Kelly on an estimate ruins: the part is a half unless given.
    /// </summary>
    /// <param name="request">What for.</param>
    /// <param name="winRate">W, 0 to 1.</param>
    /// <param name="payoff">Mean win over mean loss; above 0 to 1,000.</param>
    /// <param name="part">The part of the Kelly fraction to take; above 0 to 1.</param>
    /// <param name="cap">The most of the equity; above 0 to 1.</param>
    /// <exception cref="TradingException">A value makes no sense; the message names it and the remedy.</exception>
    public static PositionSize CappedKelly(SizingRequest request, double winRate, double payoff, double part = 0.5, double cap = 0.25)
    {
        Check(request);
        if (!(winRate is >= 0 and <= 1))
            throw new TradingException(FormattableString.Invariant($"The win rate is {winRate}; it is a fraction from 0 to 1."));
        Within("payoff", payoff, 1000);
        Within("part of Kelly", part, 1);
        Within("cap", cap, 1);
        var kelly = winRate - ((1 - winRate) / payoff);
        var fraction = Math.Min(part * kelly, cap);
        if (fraction <= 0)
            return Size(request, "capped_kelly", 0, ["These figures have no edge: the Kelly fraction is not above 0."]) with { Kelly = kelly };
        List<string> notes = part * kelly > cap ? [FormattableString.Invariant($"The cap of {cap} bounds {part * kelly:0.####}.")] : [];
        return Size(request, "capped_kelly", Affordable(request, (decimal)fraction), notes) with { Kelly = kelly };
    }

    /// <summary>What one unit of base currency loses at a stop, both fees included.</summary>
    private static decimal LossOfOne(SizingRequest request, decimal stop) => Math.Abs(request.Price - stop) + (request.Fee * (request.Price + stop));

    private static decimal Affordable(SizingRequest request, decimal fraction) => request.Equity * fraction / (request.Price * (1 + request.Fee));

    private static PositionSize Size(SizingRequest request, string method, decimal wanted, List<string> notes, decimal? stop = null)
    {
        var most = Affordable(request, request.MostFraction);
        if (wanted > most && notes.Count == 0)
            notes.Add($"Without leverage {request.MostFraction} × equity is the most.");
        var rules = request.Rules;
        var quantity = rules.RoundQuantity(Math.Min(wanted, most));
        var worth = quantity * request.Price;
        var isWanted = wanted > 0 || notes.Count == 0;
        if (isWanted && (quantity == 0 || worth < rules.MinimumNotional))
        {
            notes.Add(quantity == 0
                ? $"The size is below one step of {rules.Step}: no order is possible."
                : FormattableString.Invariant($"{quantity} is worth {worth:0.########}, below the smallest order of {rules.MinimumNotional}: no order is possible."));
            quantity = 0;
        }

        var notional = quantity * request.Price;
        decimal? loss = stop is { } at ? quantity * LossOfOne(request, at) : null;
        return new PositionSize
        {
            Method = method,
            Side = request.Side,
            Price = request.Price,
            Quantity = quantity,
            Notional = notional,
            Fraction = (double)(notional / request.Equity),
            Fee = notional * request.Fee,
            Stop = stop,
            LossAtStop = loss,
            LossOfEquity = (double?)(loss / request.Equity),
            Notes = notes,
        };
    }

    private static void Check(SizingRequest request)
    {
        if (!Enum.IsDefined(request.Side))
            throw new TradingException($"The side {request.Side} is neither long nor short.");
        if (request.Equity is <= 0 or > Most)
            throw new TradingException($"The equity is {request.Equity}; it must be above 0 and at most {Most}.");
        if (request.Price is < Least or > Most)
            throw new TradingException($"The price is {request.Price}; it must be from {Least} to {Most}.");
        if (request.Fee is < 0 or > 0.1m)
            throw new TradingException($"The fee is {request.Fee}; it is a fraction from 0 to 0.1 (10 bps are 0.001).");
        Within("most fraction", request.MostFraction, 1);
    }

    private static void Within(string name, decimal value, decimal most)
    {
        if (value <= 0 || value > most)
            throw new TradingException($"The {name} is {value}; it is a fraction above 0 and at most {most} (1 % is 0.01).");
    }

    private static void Within(string name, double value, double most)
    {
        if (!(value > 0 && value <= most))
            throw new TradingException(FormattableString.Invariant($"The {name} is {value}; it must be above 0 and at most {most}."));
    }
}
