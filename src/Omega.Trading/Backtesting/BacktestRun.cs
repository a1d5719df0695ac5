using Omega.Trading.Execution;
using Omega.Trading.Strategies;

namespace Omega.Trading.Backtesting;

/// <summary>
/// One strategy walked over one window, bar by bar: fill, mark, decide. All strategies take this one path. What happens on every bar is
/// kept to a few nanoseconds: money moves in decimal only where an order fills, and the figures of the equity curve are computed from
/// the finished curve afterwards.
/// </summary>
internal sealed class BacktestRun
{
    // Cancellation and progress are looked at once per so many bars.
    private const int Chunk = 1 << 16;

    private readonly CandleSeries _series;
    private readonly BacktestWindow _window;
    private readonly StrategyRun _strategy;
    private readonly OrderMatcher _matcher;
    private readonly BacktestOrders _orders;
    private readonly bool _fillsOnSignalClose;
    private int _openings;
    private int _entryBar;

    /// <summary>Prepares the walk.</summary>
    /// <param name="strategy">The strategy.</param>
    /// <param name="series">The candles.</param>
    /// <param name="options">How; checked.</param>
    /// <param name="window">Where.</param>
    /// <param name="fillsOnSignalClose">For tests of the look-ahead proof alone: cheats by filling at the close that was decided on.</param>
    public BacktestRun(IStrategy strategy, CandleSeries series, BacktestOptions options, BacktestWindow window, bool fillsOnSignalClose = false)
    {
        (_series, _window, _fillsOnSignalClose) = (series, window, fillsOnSignalClose);
        _strategy = strategy.Start(series.Timeframe);
        Portfolio = new Portfolio(options.Cash);
        _matcher = new OrderMatcher(new FillModel(options.Fills, options.Instrument is { } instrument ? MarketRules.Of(instrument) : MarketRules.Default), Portfolio);
        _orders = new BacktestOrders(_matcher, options.Fills.AllowShort);
        Equity = GC.AllocateUninitializedArray<double>(window.Bars);
    }

    public Portfolio Portfolio { get; }

    public OrderMatcher Matcher => _matcher;

    public BacktestOrders Orders => _orders;

    /// <summary>Equity at each close of the window.</summary>
    public double[] Equity { get; }

    /// <summary>Bars of the window that were walked: fewer than all where the account was ruined.</summary>
    public int Bars { get; private set; }

    /// <summary>Closes at which a position was open.</summary>
    public int BarsInPosition { get; private set; }

    /// <summary>Sum over the closes of the position's signed value as a fraction of the equity.</summary>
    public double ExposureSum { get; private set; }

    public int WarmUpBars => _strategy.WarmUpBars;

    /// <summary>Where decisions are written down, for the look-ahead proof; null for nowhere.</summary>
    public List<DecisionAt>? Decisions { get; init; }

    /// <summary>Walks the window.</summary>
    public void Walk(IProgress<BacktestProgress>? progress, CancellationToken cancellationToken)
    {
        var total = _window.End - _window.WarmFrom;
        for (var i = _window.WarmFrom; i < _window.End;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var until = Math.Min(i + Chunk, i < _window.Start ? _window.Start : _window.End);
            if (i < _window.Start)
                WarmUp(i, until);
            else if (!Trade(i, until))
                return;
            i = until;
            progress?.Report(new(i - _window.WarmFrom, total));
        }
    }

    private void WarmUp(int from, int until)
    {
        var flat = PositionView.Flat;
        for (var i = from; i < until; i++)
        {
            var (bar, ignored) = (_series[i], default(Decision));
            _strategy.OnBar(bar, flat, ref ignored);
        }
    }

    /// <summary>Walks some bars of the window; false where the account was ruined.</summary>
    private bool Trade(int from, int until)
    {
        var count = until - from;
        var times = _series.Times.Slice(from, count);
        var opens = _series.Opens.Slice(from, count);
        var highs = _series.Highs.Slice(from, count);
        var lows = _series.Lows.Slice(from, count);
        var closes = _series.Closes.Slice(from, count);
        var volumes = _series.Volumes.Slice(from, count);
        var equities = Equity.AsSpan(from - _window.Start, count);
        var strategy = _strategy;
        var (cash, quantity, entry) = (Portfolio.CashOfBars, Portfolio.QuantityOfBars, Portfolio.EntryOfBars);
        var (inPosition, exposure) = (0, 0.0);
        var view = PositionView.Flat;
        for (var i = 0; i < count; i++)
        {
            var bar = new Candle(times[i], opens[i], highs[i], lows[i], closes[i], volumes[i]);
            if (!_matcher.IsIdle)
            {
                var before = i > 0 ? new Candle(times[i - 1], opens[i - 1], highs[i - 1], lows[i - 1], closes[i - 1], volumes[i - 1]) : Before(from);
                Match(bar, before, from + i);
                (cash, quantity, entry) = (Portfolio.CashOfBars, Portfolio.QuantityOfBars, Portfolio.EntryOfBars);
            }

            var equity = cash + (quantity * bar.Close);
            equities[i] = equity;
            if (quantity != 0)
            {
                var side = quantity > 0 ? 1 : -1;
                view = new PositionView(side, from + i - _entryBar + 1, entry, side * ((bar.Close / entry) - 1));
                inPosition++;
                exposure += quantity * bar.Close / equity;
            }
            else if (view.Side != 0)
            {
                view = PositionView.Flat;
            }

            if (equity <= 0)
            {
                Note(i + 1, inPosition, exposure);
                return false;
            }

            var decision = default(Decision);
            strategy.OnBar(bar, view, ref decision);
            if (decision.IsEmpty)
                continue;
            Decide(decision, from + i, bar);
            if (_fillsOnSignalClose)
                (cash, quantity, entry) = (Portfolio.CashOfBars, Portfolio.QuantityOfBars, Portfolio.EntryOfBars);
        }

        Note(count, inPosition, exposure);
        return true;
    }

    private Candle Before(int index) => _series[Math.Max(index - 1, 0)];

    private void Match(in Candle bar, in Candle before, int index)
    {
        _matcher.OnOpenAndInside(bar, before);
        if (Portfolio.Openings != _openings)
            (_openings, _entryBar) = (Portfolio.Openings, index);
        if (!_matcher.IsIdle)
            _matcher.OnClose(bar, bar.Time + _series.Timeframe.Milliseconds);
    }

    private void Decide(in Decision decision, int index, in Candle bar)
    {
        Decisions?.Add(new(index, decision));
        _orders.Take(decision, bar.Time + _series.Timeframe.Milliseconds);
        if (_fillsOnSignalClose && !_matcher.IsIdle)
            Match(bar with { Open = bar.Close, High = bar.Close, Low = bar.Close }, bar, index);
    }

    private void Note(int bars, int inPosition, double exposure) =>
        (Bars, BarsInPosition, ExposureSum) = (Bars + bars, BarsInPosition + inPosition, ExposureSum + exposure);
}

/// <summary>A decision and the bar at whose close it was made.</summary>
/// <param name="Bar">Index into the series.</param>
/// <param name="Decision">The decision.</param>
internal readonly record struct DecisionAt(int Bar, Decision Decision);
