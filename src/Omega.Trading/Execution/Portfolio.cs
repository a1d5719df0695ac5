namespace Omega.Trading.Execution;

/// <summary>
/// One account in one market: cash, the position, and the ledger of fills and trades, all decimal. Trusts its caller on what the account
/// may do. Not thread-safe.
/// </summary>
public sealed class Portfolio
{
    private const decimal EightHours = 8 * 60 * 60 * 1000;

    private readonly Ledger<Fill> _fills = new();
    private readonly Ledger<Trade> _trades = new();
    private OpenTrade _open;
    private long _borrowedUntil;

    /// <summary>Opens the account.</summary>
    /// <param name="cash">Quote currency.</param>
    public Portfolio(decimal cash)
    {
        InitialCash = Cash = cash;
        CashOfBars = (double)cash;
    }

    /// <summary>What the account began with.</summary>
    public decimal InitialCash { get; }

    /// <summary>Quote currency; proceeds of a short included.</summary>
    public decimal Cash { get; private set; }

    /// <summary>Base currency; negative when short.</summary>
    public decimal Quantity { get; private set; }

    /// <summary>Average price of the entries of the open position; 0 when flat.</summary>
    public decimal AverageEntry { get; private set; }

    /// <summary>1 long, -1 short, 0 flat.</summary>
    public int Side { get; private set; }

    /// <summary>Every fill, oldest first.</summary>
    public IReadOnlyList<Fill> Fills => _fills;

    /// <summary>Every closed trade, oldest first.</summary>
    public IReadOnlyList<Trade> Trades => _trades;

    /// <summary>Fees of all fills.</summary>
    public decimal FeesPaid { get; private set; }

    /// <summary>What slippage and tick rounding cost.</summary>
    public decimal SlippagePaid { get; private set; }

    /// <summary>What borrowing for shorts cost.</summary>
    public decimal BorrowPaid { get; private set; }

    /// <summary>Sum of the notionals of all fills; added up when it is asked for.</summary>
    public double TradedNotional
    {
        get
        {
            var sum = 0.0;
            for (var i = 0; i < _fills.Count; i++)
                sum += (double)_fills[i].Notional;
            return sum;
        }
    }

    /// <summary>How often a position was opened.</summary>
    public int Openings { get; private set; }

    /// <summary>Open time of the bar in which the open position began, in milliseconds since 1970-01-01 UTC.</summary>
    public long OpenedAt => _open.Time;

    /// <summary>Fees and borrowing of the open position so far.</summary>
    public decimal OpenFees => _open.Costs;

    /// <summary><see cref="Cash"/> in double, for marking.</summary>
    internal double CashOfBars { get; private set; }

    /// <summary><see cref="Quantity"/> in double, for marking.</summary>
    internal double QuantityOfBars { get; private set; }

    /// <summary><see cref="AverageEntry"/> in double.</summary>
    internal double EntryOfBars { get; private set; }

    /// <summary>Cash and position at a price.</summary>
    public decimal EquityAt(decimal price) => Cash + (Quantity * price);

    /// <summary>
    /// Cash that an entry may use: all of it when flat or long. When short, the proceeds and as much again stand behind the position.
    /// </summary>
    /// <param name="price">The current price.</param>
    public decimal FreeCash(decimal price) => Side >= 0 ? Cash : Cash + (2 * Quantity * price);

    /// <summary>Books a fill that either opens or adds to a position, or makes it smaller: never both.</summary>
    /// <param name="fill">The fill.</param>
    /// <exception cref="TradingException">It is larger than the position on its other side.</exception>
    public void Apply(in Fill fill) => Apply(fill, fill.Notional);

    /// <summary>Books a fill whose notional is at hand.</summary>
    internal void Apply(in Fill fill, decimal notional)
    {
        var isBuy = fill.Side == OrderSide.Buy;
        if (Side == 0 || Side > 0 == isBuy)
            Enter(fill, notional, isBuy);
        else
            Exit(fill, notional, isBuy);
        FeesPaid += fill.Fee;
        if (Math.Sign(fill.Slippage) != 0)
            SlippagePaid += fill.Slippage;
        _fills.Add(fill);
        CashOfBars = (double)Cash;
    }

    /// <summary>Charges a short for the time since it was last charged; nothing when flat or long.</summary>
    /// <param name="until">Up to when, in milliseconds since 1970-01-01 UTC.</param>
    /// <param name="price">The price that its notional is taken at.</param>
    /// <param name="rate">Per 8 hours, as a fraction of the notional.</param>
    public void Borrow(long until, decimal price, decimal rate)
    {
        if (Side >= 0 || until <= _borrowedUntil)
            return;

        // Rounded up, so that the ledger stays short and exact.
        var charge = decimal.Round(-Quantity * price * rate * (until - _borrowedUntil) / EightHours, 8, MidpointRounding.ToPositiveInfinity);
        _borrowedUntil = until;
        Cash -= charge;
        BorrowPaid += charge;
        _open.Costs += charge;
        CashOfBars = (double)Cash;
    }

    private void Enter(in Fill fill, decimal notional, bool isBuy)
    {
        var isFirst = Side == 0;
        if (isFirst)
        {
            Side = isBuy ? 1 : -1;

            // The rest is as closing left it: 0.
            (_open.Time, _open.Equity, _open.EquityOfBars) = (fill.Time, Cash, CashOfBars);
            (_open.Entered, _open.Paid, _open.Costs) = (fill.Quantity, notional, fill.Fee);
            _borrowedUntil = fill.Time;
            AverageEntry = fill.Price;
            Quantity = isBuy ? fill.Quantity : -fill.Quantity;
            Openings++;
        }
        else
        {
            _open.Entered += fill.Quantity;
            _open.Paid += notional;
            _open.Costs += fill.Fee;
            AverageEntry = _open.Paid / _open.Entered;
            Quantity = isBuy ? Quantity + fill.Quantity : Quantity - fill.Quantity;
        }

        Cash = (isBuy ? Cash - notional : Cash + notional) - fill.Fee;
        (QuantityOfBars, EntryOfBars) = ((double)Quantity, (double)AverageEntry);
    }

    private void Exit(in Fill fill, decimal notional, bool isBuy)
    {
        var left = isBuy ? Quantity + fill.Quantity : Quantity - fill.Quantity;
        var sign = Math.Sign(left);
        if (sign != 0 && sign > 0 == isBuy)
            throw new TradingException($"A fill of {fill.Quantity} is larger than the position of {Quantity}. Book the closing and the opening part as two fills.");
        Quantity = left;
        Cash = (isBuy ? Cash - notional : Cash + notional) - fill.Fee;
        _open.Costs += fill.Fee;
        if (sign == 0)
        {
            Close(fill, _open.Exits == 0 ? fill.Price : (_open.Received + notional) / (_open.Exited + fill.Quantity));
            return;
        }

        _open.Exits++;
        _open.Exited += fill.Quantity;
        _open.Received += notional;
        QuantityOfBars = (double)left;
    }

    private void Close(in Fill fill, decimal exit)
    {
        // Nothing else touches the cash between flat and flat, so the difference is the net result.
        var pnl = Cash - _open.Equity;
        _trades.Add(new Trade(Side, _open.Time, fill.Time, _open.Entered, AverageEntry, exit, pnl, (double)pnl / _open.EquityOfBars, _open.Costs, fill.Reason));
        AverageEntry = 0;
        (QuantityOfBars, EntryOfBars) = (0, 0);
        Side = 0;
        _open = default;
    }

    private struct OpenTrade
    {
        public long Time;
        public int Exits;
        public double EquityOfBars;
        public decimal Equity;
        public decimal Entered;
        public decimal Paid;
        public decimal Exited;
        public decimal Received;
        public decimal Costs;
    }
}
