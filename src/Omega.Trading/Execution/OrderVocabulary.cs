namespace Omega.Trading.Execution;

/// <summary>Which way an order or a fill goes.</summary>
public enum OrderSide
{
    /// <summary>Takes base currency, pays quote currency.</summary>
    Buy,

    /// <summary>Gives base currency, receives quote currency.</summary>
    Sell,
}

/// <summary>How an order comes to its price.</summary>
public enum OrderType
{
    /// <summary>At the next open, whatever it is.</summary>
    Market,

    /// <summary>At its price or better.</summary>
    Limit,

    /// <summary>A market order once its price is touched.</summary>
    StopMarket,

    /// <summary>A stop that follows the best close at a distance and never goes back.</summary>
    TrailingStop,
}

/// <summary>How long an order stays.</summary>
public enum TimeInForce
{
    /// <summary>Until it fills or is cancelled.</summary>
    GoodTillCancelled,

    /// <summary>Until the end of the UTC day in which it was placed.</summary>
    Day,
}

/// <summary>Where an order stands.</summary>
public enum OrderState
{
    /// <summary>Not yet placed.</summary>
    New,

    /// <summary>May still fill.</summary>
    Working,

    /// <summary>Filled to the end.</summary>
    Filled,

    /// <summary>Withdrawn, by a person, by its group, or because the position that it protects is gone.</summary>
    Cancelled,

    /// <summary>Its time was over.</summary>
    Expired,

    /// <summary>Refused; <see cref="Order.Rejection"/> says why.</summary>
    Rejected,
}

/// <summary>Why an order was refused.</summary>
public enum OrderRejection
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>A price that is not above zero, or a distance that is unknown.</summary>
    InvalidPrice,

    /// <summary>The quantity is less than one step.</summary>
    BelowStep,

    /// <summary>The notional is below the market's minimum.</summary>
    BelowMinimumNotional,

    /// <summary>The account cannot pay for it; there is no leverage.</summary>
    InsufficientCash,

    /// <summary>It sells more than is held, and the account does not allow shorts.</summary>
    ShortsNotAllowed,

    /// <summary>It is reduce-only and there is nothing on its other side to reduce.</summary>
    NothingToReduce,

    /// <summary>It is post-only and would have taken.</summary>
    WouldTake,

    /// <summary>Too many orders are working.</summary>
    TooManyOrders,
}

/// <summary>What a fill came from.</summary>
public enum FillReason
{
    /// <summary>A rule of the strategy.</summary>
    Signal,

    /// <summary>An order given by name, outside any strategy.</summary>
    Order,

    /// <summary>The protective stop.</summary>
    Stop,

    /// <summary>The profit target.</summary>
    Target,

    /// <summary>The trailing stop.</summary>
    TrailingStop,

    /// <summary>The equity of a short came down to its maintenance.</summary>
    Maintenance,
}
