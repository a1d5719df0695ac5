using Omega.Trading.Analysis;
using Omega.Trading.Indicators;
using Omega.Trading.Statistics;

namespace Omega.Trading.Risk;

/// <summary>Makes one <see cref="RiskReport"/>.</summary>
internal sealed class RiskAssessment
{
    private const int ShownDays = 5;
    private const int MostReturns = 1_000_000;
    private const decimal MostMoney = 1_000_000_000_000_000m;

    private readonly CandleSeries _window;
    private readonly RiskOptions _options;
    private readonly TimeSpan _horizon;
    private readonly PositionSide _side;
    private readonly FigureNotes _notes;

    public RiskAssessment(CandleSeries window, RiskOptions options)
    {
        if (window.Count == 0)
            throw new TradingException("The window has no bars. Choose one that has.");
        (_window, _options, _notes) = (window, options, new FigureNotes(window.Count));
        _side = options.Position?.Side ?? PositionSide.Long;
        _horizon = options.Horizon ?? TimeSpan.FromMilliseconds(Math.Max(Timeframe.D1.Milliseconds, window.Timeframe.Milliseconds));
        if (_horizon <= TimeSpan.Zero || _horizon.Ticks % window.Timeframe.Duration.Ticks != 0)
            throw new TradingException($"The horizon {_horizon} is not made of whole {window.Timeframe} bars. Choose a multiple of {window.Timeframe}.");
        if (!(window.Closes.IndexOfAnyExceptInRange(double.Epsilon, double.MaxValue) < 0))
            throw new TradingException("The window has a close that is not above 0. Check the candles.");
        Check(options.Position);
        Check(options.TradeReturns);
    }

    private double Close => _window.Closes[^1];

    private double Sign => _side == PositionSide.Long ? 1 : -1;

    public RiskReport Run(CancellationToken cancellationToken)
    {
        var returns = HorizonReturns.Of(_window, _horizon, Sign);
        double[] sorted = [.. returns.Overlapping];
        sorted.AsSpan().Sort();
        var moments = Moments.Of(returns.Overlapping);
        TailRisk[] tail = [TailRisk.Of(sorted, moments, 0.95, _notes), TailRisk.Of(sorted, moments, 0.99, _notes)];
        if (returns.Independent.Length < 100)
            _notes.Add("risk.tail", $"only {returns.Independent.Length} of the {sorted.Length} returns over the horizon do not overlap; the outer quantiles rest on few events");
        var bars = new double[_window.Count - 1];
        Returns.Of(_window.Closes, bars);
        var needed = $"it needs 2 returns over the horizon, there {(sorted.Length == 1 ? "is" : "are")} {sorted.Length}";
        var unvaried = sorted.Length < 2 ? needed : "the returns do not vary";
        var report = new RiskReport
        {
            Instrument = _options.Instrument,
            Source = _window.Source,
            Timeframe = _window.Timeframe,
            From = DateTimeOffset.FromUnixTimeMilliseconds(_window.Times[0]),
            AsOf = DateTimeOffset.FromUnixTimeMilliseconds(_window.Times[^1] + _window.Timeframe.Milliseconds),
            Price = Close,
            Bars = _window.Count,
            Side = _side,
            Horizon = _horizon,
            HorizonMethod = "overlapping returns from each close to the one a horizon later by the clock; nothing is scaled by the root of time",
            HorizonReturns = sorted.Length,
            IndependentReturns = returns.Independent.Length,
            Tail = tail,
            Volatility = OrNull("risk.volatility", Moments.MeanAndDeviation(bars).Deviation * Math.Sqrt(_window.Timeframe.PerYear), "it needs 3 bars"),
            HorizonVolatility = OrNull("risk.horizon_volatility", moments.SampleDeviation, needed),
            Skew = OrNull("risk.skew", moments.Skew, unvaried),
            Kurtosis = OrNull("risk.kurtosis", moments.Kurtosis, unvaried),
            MaxDrawdown = 0,
            MaxDrawdownDuration = TimeSpan.Zero,
            AverageDrawdown = 0,
            CurrentDrawdown = 0,
            WorstDays = WorstDays(),
            Position = Position(tail),
            Ruin = Ruin(returns.Independent, cancellationToken),
            Notes = [],
        };
        return WithDrawdowns(report) with { Notes = _notes.All };
    }

    private void Check(RiskPosition? position)
    {
        if (position is null)
            return;
        if (!Enum.IsDefined(position.Side))
            throw new TradingException($"The side {position.Side} is neither long nor short.");
        if (position.Quantity is <= 0 or > MostMoney)
            throw new TradingException($"The quantity is {position.Quantity}; it must be above 0 and at most {MostMoney}. A short position is a side, not a negative quantity.");
        if (position.Equity is <= 0 or > MostMoney)
            throw new TradingException($"The equity is {position.Equity}; it must be above 0 and at most {MostMoney}.");
        if (Close > (double)MostMoney || (double)position.Quantity * Close > (double)MostMoney)
            throw new TradingException(FormattableString.Invariant($"The position of {position.Quantity} at {Close} is worth more than {MostMoney}. Check quantity and prices."));
        if (position.Stop is { } stop)
            Stops.Check(position.Side, (decimal)Close, stop, "last close");
    }

    private static void Check(IReadOnlyList<double>? returns)
    {
        if (returns is null)
            return;
        if (returns.Count > MostReturns)
            throw new TradingException($"The rule has {returns.Count} returns; at most {MostReturns} are taken.");
        for (var i = 0; i < returns.Count; i++)
        {
            if (!(returns[i] >= -1 && double.IsFinite(returns[i])))
                throw new TradingException(FormattableString.Invariant($"Return {i} of the rule is {returns[i]}; a return is a fraction of −1 or above."));
        }
    }

    /// <summary>A short position falls as the price rises: its drawdowns are those of 1 / price.</summary>
    private RiskReport WithDrawdowns(RiskReport report)
    {
        double[] values = [.. _window.Closes];
        if (_side == PositionSide.Short)
        {
            foreach (ref var value in values.AsSpan())
                value = 1 / value;
        }

        var drawdowns = Drawdowns.Of(values, _window.Times);
        return report with
        {
            MaxDrawdown = drawdowns.Deepest,
            MaxDrawdownDuration = drawdowns.Longest,
            AverageDrawdown = drawdowns.Average,
            CurrentDrawdown = (values[^1] / values.Max()) - 1,
        };
    }

    private DayReturn[] WorstDays()
    {
        if (_window.Timeframe != Timeframe.D1 && !Timeframe.D1.IsMultipleOf(_window.Timeframe))
        {
            _notes.Add("risk.worst_days", $"{_window.Timeframe} bars have no days");
            return [];
        }

        var days = _window.Resample(Timeframe.D1);
        var changes = new List<DayReturn>();
        for (var i = 1; i < days.Count; i++)
        {
            if (days.Times[i] - days.Times[i - 1] == Timeframe.D1.Milliseconds)
                changes.Add(new(DateTimeOffset.FromUnixTimeMilliseconds(days.Times[i]), Sign * ((days.Closes[i] / days.Closes[i - 1]) - 1)));
        }

        if (changes.Count == 0)
            _notes.Add("risk.worst_days", "it needs two whole UTC days in a row");
        return [.. changes.OrderBy(day => day.Return).ThenBy(day => day.Day).Take(ShownDays)];
    }

    private PositionRisk? Position(TailRisk[] tail)
    {
        if (_options.Position is not { } position)
        {
            _notes.Add("risk.position", "no position was given");
            return null;
        }

        var (close, value) = ((decimal)Close, position.Quantity * (decimal)Close);
        decimal? Money(string figure, double? loss)
        {
            if (loss is null)
                _notes.Add(figure, "it needs the historical figure of the same name");
            return loss is { } fraction ? value * (decimal)fraction : null;
        }

        var atr = IndicatorCatalog.Find("atr").With(14).Over(_window)[0].Values[^1];
        decimal? distance = position.Stop is { } stop ? Math.Abs(close - stop) : null;
        foreach (var figure in distance is null ? (string[])["stop", "stop_distance", "stop_distance_atr", "stop_loss", "stop_loss_of_equity"] : [])
            _notes.Add($"risk.position.{figure}", "no stop was given");
        return new PositionRisk
        {
            Quantity = position.Quantity,
            Equity = position.Equity,
            Value = value,
            Exposure = (double)(value / position.Equity),
            Var95 = Money("risk.position.var_95", tail[0].HistoricalVar),
            Cvar95 = Money("risk.position.cvar_95", tail[0].HistoricalCvar),
            Var99 = Money("risk.position.var_99", tail[1].HistoricalVar),
            Cvar99 = Money("risk.position.cvar_99", tail[1].HistoricalCvar),
            Stop = position.Stop,
            StopDistance = (double?)(distance / close),
            StopDistanceAtr = distance is { } length ? _notes.Of("risk.position.stop_distance_atr", Null.Divide((double)length, atr), 15, "ATR(14) is 0") : null,
            StopLoss = distance * position.Quantity,
            StopLossOfEquity = (double?)(distance * position.Quantity / position.Equity),
        };
    }

    private RuinReport? Ruin(double[] independent, CancellationToken cancellationToken)
    {
        var exposure = _options.Position is { } position ? (double)(position.Quantity * (decimal)Close / position.Equity) : 1;
        double[] returns = _options.TradeReturns is { } given ? [.. given] : [.. independent.Select(change => exposure * change)];
        var rule = _options.TradeReturns is not null
            ? $"the {returns.Length} trades given"
            : FormattableString.Invariant($"{(_side == PositionSide.Long ? "long" : "short")} {exposure:0.####} × equity, restored after every horizon, without costs");
        if (MonteCarlo.Run(returns, _options.MonteCarlo, cancellationToken) is not { } paths)
        {
            _notes.Add("risk.ruin", $"it needs {TradeStatistics.Enough} returns that do not overlap, there are {returns.Length}");
            return null;
        }

        return new RuinReport
        {
            Rule = rule,
            Returns = returns.Length,
            Paths = paths.Paths,
            BlockLength = paths.BlockLength,
            Seed = _options.MonteCarlo.Seed,
            RuinDrawdown = _options.MonteCarlo.Ruin,
            Probability = paths.RuinProbability,
            FinalReturn5 = paths.FinalReturn5,
            FinalReturn50 = paths.FinalReturn50,
            FinalReturn95 = paths.FinalReturn95,
            Drawdown50 = paths.Drawdown50,
            Drawdown95 = paths.Drawdown95,
        };
    }

    private double? OrNull(string figure, double value, string reason)
    {
        if (double.IsFinite(value))
            return value;
        _notes.Add(figure, reason);
        return null;
    }
}
