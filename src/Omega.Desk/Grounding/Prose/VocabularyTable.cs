namespace Omega.Desk.Prose;

/// <summary>
/// The words for the figures of markets, risk and back-tests, as people write them and as results name them. A line is
/// <c>names/unit = phrases</c>: the quantities that the phrases may stand for, each phrase in the singular. Behind the unit, <c>#</c> says
/// that numbers may belong to the name (EMA 20), <c>?</c> that the word has many meanings, <c>@group:value</c> what the phrase says besides.
/// </summary>
internal static class VocabularyTable
{
    public const string Quantities =
        """
        price/currency = price, last price, last close, closing price, current price, market price, spot price, spot, mark price, quote, quoted, changes hands, changing hands
        price,trades,volume/unknown? = trade, traded, trading
        price/currency? = close, closed, last, mark
        open/currency? = open, opened
        high/currency? = high
        low/currency? = low
        ema/currency# = ema, exponential moving average, exponential average
        sma/currency# = sma, simple moving average
        ema,sma/currency# = moving average, ma
        wma/currency# = wma, weighted moving average
        hma/currency# = hma
        adx/index# = adx, average directional index, directional index
        adx,strength/unknown = trend strength, strength of the trend
        strength/fraction = strength
        di/index# @di:plus = plus di, + di
        di/index# @di:minus = minus di, - di
        di/index# = di
        slope/unknown# = slope, regression slope
        r2/fraction# = r2, r squared, coefficient of determination
        rsi/index# = rsi, relative strength index, relative strength
        macd/currency# = macd
        macd/currency# @line:line = macd line
        macd/currency# @line:signal = macd signal, signal line
        macd/currency# @line:histogram = macd histogram, histogram
        roc,change/fraction# = roc, rate of change
        change,return,roc/fraction = change, change over
        change,return,roc/unknown = move, moved
        stochastic/index# = stochastic, stoch
        stochastic/index# @kd:k = stochastic k, stoch k, % k
        stochastic/index# @kd:d = stochastic d, stoch d, % d
        atr/currency# = atr, average true range, true range
        atr_fraction,atr/fraction = atr fraction, atr percent
        volatility/fraction# = volatility, vol, hv, realised volatility, realized volatility, historical volatility, annualised volatility, annualized volatility, implied volatility
        volatility,deviation/fraction = standard deviation, std dev, stdev
        quantile/fraction = quantile, regime quantile, percentile, regime percentile
        bollinger/currency# = bollinger, bollinger band
        bollinger/currency# @band:upper = upper band, upper bollinger, bollinger upper, upper bollinger band
        bollinger/currency# @band:middle = middle band, middle bollinger, bollinger middle, mid band
        bollinger/currency# @band:lower = lower band, lower bollinger, bollinger lower, lower bollinger band
        width/fraction = bollinger width, band width, bandwidth, width
        band_position/fraction = bollinger position, band position, % b, position between the band, position within the band
        keltner/currency# = keltner, keltner channel
        donchian/currency# = donchian, donchian channel
        volume/quantity = volume, traded volume
        volume/quantity @extent:average = average volume, mean volume, volume average, volume mean
        relative_volume,volume/ratio = relative volume, volume relative, rvol, volume ratio
        cmf/unknown# = cmf, chaikin money flow, chaikin, money flow
        mfi/index# = mfi, money flow index
        vwap/currency# = vwap, volume weighted average price
        obv/unknown# = obv, on balance volume
        cci/index# = cci
        support/currency @level:support = support, support level, floor, demand zone
        resistance/currency @level:resistance = resistance, resistance level, ceiling, supply zone
        support,resistance,fibonacci,sweep/currency? = level, zone, area
        resistance,distance/unknown @level:resistance = upside
        support,distance/unknown @level:support = downside
        pivot/currency = pivot, pivot point
        touches/count = touch, touched, test, retest, tested
        distance/unknown? = away, below, above, off, beneath, overhead
        distance/unknown = distance, distance to
        fibonacci/unknown# = leg, fibonacci, fib, retracement, retraced, fibonacci retracement, fib retracement, fib level, golden pocket, fibonacci level, extension
        fibonacci,swing/currency = swing high, swing low, swing point, swing
        fibonacci_from/currency = swing from, leg from
        sweep/currency = sweep, swept, sweep level, stop hunt, bull trap, bear trap, fakeout, fake breakout, liquidity sweep, trap
        extreme/currency = extreme
        depth/atr = depth, depth atr, pierced, overshoot
        bars/count = bar, candle, candlestick, observation, data point
        missing/count = missing, missing bar, missing candle
        gaps/count = gap, gap run
        largest_gap/count = largest gap, longest gap
        untraded/count = untraded, untraded bar
        incomplete/count = incomplete, incomplete bar
        age/seconds = age, data age, old, stale
        var/unknown# = var, value at risk
        cvar/unknown# = cvar, conditional var, expected shortfall, expected tail loss, conditional value at risk
        drawdown/fraction = drawdown, dd, peak to trough decline, peak to trough, fall from the peak, fall from peak
        drawdown/fraction @extent:max = max drawdown, mdd, worst drawdown, deepest drawdown
        drawdown_duration/seconds = drawdown duration, max drawdown duration, longest drawdown, underwater, under water, time underwater, lasted, lasting, to recover, recovery
        drawdown/fraction @extent:current = below the peak, below its peak, below peak, current drawdown
        skew/ratio = skew, skewness
        kurtosis/ratio = kurtosis, raw kurtosis
        worst_day/fraction = worst day, worst daily, bad day
        best_trade/fraction = best trade, largest win, biggest win, biggest winner, largest winner, top trade
        worst_trade/fraction = worst trade, largest loss, biggest loss, biggest loser, largest loser, largest losing trade
        quantity/quantity = quantity, size, position size, order size, units, coin, sized
        quantity/quantity? = buy, buying, bought, sell, selling
        position,quantity,value/unknown = position, long position, short position
        equity,cash/currency = equity, account, account equity, account balance, balance, account size
        equity/currency @leg:final = final equity, ending equity, final balance, final capital, end equity, ending balance, ending capital
        equity,price/currency @leg:final = ended at, ended with, finished at, finished with
        cash/currency @leg:initial = initial cash, starting from, starting with, started with, started from, starting cash, starting capital, initial capital, starting balance, start cash, initial equity, starting equity
        equity,cash/currency = capital, cash
        value,notional/currency = value, notional, position value, notional value, market value
        value,notional/currency? = worth
        exposure/unknown = exposure, leverage, time in market, in the market
        fraction/fraction = fraction, fraction of equity, share of equity
        stop,loss/unknown = stop loss, loss at stop, loss at the stop
        stop/currency = stop, stop price, stopped out, stopped
        target/currency = target, take profit, price target
        entry/currency? = entry, entry price
        exit/currency? = exit, exit price
        loss,risk/currency = risk, at risk, risked, risking, max loss, maximum loss
        loss_of_equity,equity,fraction,exposure/unknown = of equity, of the account, of account, of your equity, of your account, of the equity, of my equity, of my account
        loss_of_equity/fraction = loss of equity, stop loss of equity
        fee/currency = fee, paid, commission, fees paid, trading fee, trading cost
        price,value,notional,fee,loss,var,cvar/currency = cost, costs you, cost you
        slippage/currency = slippage, slippage paid
        kelly/fraction = kelly, kelly fraction, full kelly, kelly criterion
        ruin/fraction = ruin, probability of ruin, ruin probability, risk of ruin, chance of ruin, odds of ruin
        paths/count = path, simulated path, simulation, monte carlo path
        sharpe/ratio = sharpe, sharpe ratio
        sortino/ratio = sortino, sortino ratio
        calmar/ratio = calmar, calmar ratio
        omega/ratio = omega ratio
        omega/ratio? = omega
        tail_ratio/ratio = tail ratio
        ulcer/ratio = ulcer, ulcer index
        cagr/fraction = cagr, compound annual growth rate, compound annual growth, compound growth, annualised return, annualized return, annual return, yearly return, compounded at, compounding at
        cagr/fraction? = per year, a year, compounded
        return,change/fraction = return, total return, net return, returned, overall return, cumulative return, performance, performed
        return,change,pnl,roc/unknown = gain, gained, rose, risen, rallied, rally, climbed, increase, increased, grew, advanced, made, earned, added, jumped
        return,change,loss,pnl,roc,var,cvar,loss_of_equity/unknown = gave up, given up, gave back, loss, lost, lose, losing, fell, fallen, dropped, drop, declined, decline, shed, slipped, slid, decreased, decrease, tumbled, sank
        return,change,roc,pnl/unknown? = up, down
        pnl,return/unknown = pnl, profit, net profit, p&l, profit and loss, net pnl
        trades/count = closed trade, trades taken, number of trades, trade count, round trip, transaction, completed trade, total trades, roundtrip
        trades/count? = trades
        win_rate/fraction = win rate, hit rate, winning percentage, win ratio, winner, won, wins, winning trade, profitable, success rate
        average_win/currency = average win, average winner, average winning trade, mean win, avg win
        average_loss,cvar/currency = average loss, average loser, average losing trade, mean loss, avg loss
        trade_duration/seconds = average duration, average holding time, average trade duration, holding period, average holding period, held for, holding time
        payoff/ratio = payoff, payoff ratio, win loss ratio, reward to risk, risk reward, reward risk
        profit_factor/ratio = profit factor
        expectancy/currency = expectancy, expected value, per trade
        sqn/ratio = sqn, system quality number
        turnover/ratio = turnover
        psr/fraction = psr, probabilistic sharpe, probabilistic sharpe ratio
        psr_excess/fraction = psr excess, excess psr
        dsr/fraction = dsr, deflated sharpe, deflated sharpe ratio
        dsr_excess/fraction = dsr excess, excess dsr, excess deflated sharpe
        pbo/fraction = pbo, probability of overfitting, probability of backtest overfitting, backtest overfitting
        trials/count = trial, parameter set, parameter combination
        spread/unknown = spread, bid ask spread
        bid/currency = bid
        ask/currency = ask, offer
        funding/fraction = funding, funding rate
        open_interest/unknown = open interest, oi
        market_cap/currency = market cap, market capitalisation, market capitalization
        dominance/fraction = dominance
        fear_greed/index = fear and greed, fear greed, fear greed index, fear & greed
        hash_rate/unknown = hash rate, hashrate
        liquidation/unknown = liquidation, liquidated
        long_short/ratio = long / short ratio, long short ratio, l / s, long to short ratio
        beta/ratio = beta
        alpha/fraction = alpha
        correlation/ratio = correlation, correlated
        win_streak/count = winning streak, losing streak, consecutive loss, consecutive win
        probability/fraction = probability, chance, likelihood, odds
        confidence/fraction = confidence, confidence level
        premium/fraction = premium, discount
        """;

    public const string Modifiers =
        """
        @extent:max = max, maximum, deepest, worst
        @extent:average = average, mean, avg, typical, averaged
        @extent:current = current
        @method:historical = historical
        @method:gaussian = gaussian, normal, parametric
        @method:cornish_fisher = cornish fisher, modified
        @side:long = long
        @side:short = short
        @edge:high = high
        @edge:low = low
        @band:upper = upper
        @band:middle = middle
        @band:lower = lower
        @line:line = line
        @line:signal = signal
        @line:histogram = histogram
        @kd:k = k
        @kd:d = d
        @leg:initial = initial, starting
        @leg:final = final, ending
        @tail:5 = fifth percentile, 5th percentile
        @tail:50 = median
        """;

    public const string Markets = "btc = btc, bitcoin, xbt, btcusd, btcusdt; eth = eth, ethereum, ether, ethusd, ethusdt; sol = sol, solana, solusd, solusdt; xrp = xrp, ripple; doge = doge, dogecoin; ada = ada, cardano; ltc = ltc, litecoin; bnb = bnb; bch = bch; link = chainlink; avax = avax, avalanche; gold = gold, xau; spx = spx, s&p";

    public const string Timeframes = "1m = minutely; 15m = fifteen minute; 1h = hourly, one hour; 4h = four hour, four hourly; 1d = daily; 1w = weekly";

    public const string Strategies = "buy and hold = buy and hold, hodl, hodling, buy hold, holding bitcoin, holding btc, just holding, simply holding, holding, hold; * = strategy, system, rule";
}
