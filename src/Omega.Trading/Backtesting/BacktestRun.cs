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

    /// <summary>Whether <see cref="ExposureSum"/> is wanted: it takes a division on every bar in position.</summary>
    public bool MeasuresExposure { get; init; } = true;

    public int WarmUpBars => _strategy.WarmUpBars;

    /// <summary>Where decisions are written down, for the look-ahead proof; null for nowhere.</summary>
    public Ledger<DecisionAt>? Decisions { get; init; }

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
        var bars = new BarColumns(_series, from, until - from);
        for (var i = 0; i < bars.Count; i++)
        {
            var (bar, ignored) = (bars[i], default(Decision));
            _strategy.OnBar(bar, flat, ref ignored);
        }
    }

    /// <summary>
    /// Walks some bars of the window; false where the account was ruined. Between fills nothing about the account changes, so the bars
    /// that no order waits for are walked by one of two short loops, flat or in position. Where an order works, each stretch is one bar.
    /// </summary>
    private bool Trade(int from, int until)
    {
        var bars = new BarColumns(_series, from, until - from);
        var equities = Equity.AsSpan(from - _window.Start, bars.Count);
        var (inPosition, exposure, isRuined) = (0, 0.0, false);
        var i = 0;
        while (i < bars.Count && !isRuined)
        {
            if (!_matcher.IsIdle)
                Match(bars[i], i > 0 ? bars[i - 1] : _series[Math.Max(from - 1, 0)], from + i);
            var end = _matcher.IsIdle ? bars.Count : i + 1;
            var begin = i;
            if (Portfolio.Side == 0)
            {
                i = Watch(bars, equities, begin, end, from, out isRuined);
            }
            else
            {
                i = Hold(bars, equities, begin, end, from, ref exposure, out isRuined);
                inPosition += i - begin;
            }
        }

        (Bars, BarsInPosition, ExposureSum) = (Bars + i, BarsInPosition + inPosition, ExposureSum + exposure);
        return !isRuined;
    }

    /// <summary>Flat: marks and decides from one bar on, to the end or until an order works; returns the bar after the last one taken.</summary>
    private int Watch(in BarColumns bars, Span<double> equities, int begin, int end, int from, out bool isRuined)
    {
        var (strategy, equity, view) = (_strategy, Portfolio.CashOfBars, PositionView.Flat);
        isRuined = equity <= 0;
        if (isRuined)
        {
            equities[begin] = equity;
            return begin + 1;
        }

        for (var i = begin; i < end; i++)
        {
            equities[i] = equity;
            var bar = bars[i];
            var decision = default(Decision);
            strategy.OnBar(bar, view, ref decision);
            if (!decision.IsEmpty && Decide(decision, from + i, bar))
                return i + 1;
        }

        return end;
    }

    /// <summary>In position: as <see cref="Watch"/>.</summary>
    private int Hold(in BarColumns bars, Span<double> equities, int begin, int end, int from, ref double exposure, out bool isRuined)
    {
        var strategy = _strategy;
        var (cash, quantity, entry) = (Portfolio.CashOfBars, Portfolio.QuantityOfBars, Portfolio.EntryOfBars);
        var side = quantity > 0 ? 1 : -1;
        var held = from - _entryBar + 1;
        isRuined = false;
        var i = begin;
        while (i < end)
        {
            // Of the column, not of the bar: that is on its way through memory.
            var (bar, close) = (bars[i], bars.Close(i));
            var equity = cash + (quantity * close);
            equities[i] = equity;
            if (equity <= 0)
            {
                isRuined = true;
                i++;
                break;
            }

            var view = new PositionView(side, held + i, entry, close);
            var decision = default(Decision);
            strategy.OnBar(bar, view, ref decision);
            i++;
            if (!decision.IsEmpty && Decide(decision, from + i - 1, bar))
                break;
        }

        if (MeasuresExposure)
            exposure = Expose(exposure, bars, equities, begin, i, quantity);
        return i;
    }

    /// <summary>Adds the exposure of some bars in position, oldest first. By itself: the divisions overlap, and searches do without.</summary>
    private static double Expose(double sum, in BarColumns bars, ReadOnlySpan<double> equities, int begin, int end, double quantity)
    {
        for (var i = begin; i < end; i++)
            sum += quantity * bars.Close(i) / equities[i];
        return sum;
    }

    private void Match(in Candle bar, in Candle before, int index)
    {
        _matcher.OnOpenAndInside(bar, before);
        if (Portfolio.Openings != _openings)
            (_openings, _entryBar) = (Portfolio.Openings, index);
        if (!_matcher.IsIdle)
            _matcher.OnClose(bar, bar.Time + _series.Timeframe.Milliseconds);
    }

    /// <summary>Turns a decision into orders; true where the account may be another at the next bar.</summary>
    private bool Decide(in Decision decision, int index, in Candle bar)
    {
        Decisions?.Add(new(index, decision));
        _orders.Take(decision, bar.Time + _series.Timeframe.Milliseconds);
        if (_fillsOnSignalClose && !_matcher.IsIdle)
            Match(bar with { Open = bar.Close, High = bar.Close, Low = bar.Close }, bar, index);
        return _fillsOnSignalClose || !_matcher.IsIdle;
    }
}

/// <summary>A decision and the bar at whose close it was made.</summary>
/// <param name="Bar">Index into the series.</param>
/// <param name="Decision">The decision.</param>
internal readonly record struct DecisionAt(int Bar, Decision Decision);
