namespace Omega.Desk;

/// <summary>Why a figure was traced to nothing.</summary>
public enum UngroundedReason
{
    /// <summary>No result holds such a figure.</summary>
    NoSource,

    /// <summary>The quantity that is named has another value.</summary>
    Value,

    /// <summary>The value is that of another quantity.</summary>
    Label,

    /// <summary>The value is there with the other sign.</summary>
    Sign,

    /// <summary>The value is there in another unit: per cent for basis points, money for a fraction.</summary>
    Unit,

    /// <summary>The value is that of another market.</summary>
    Market,

    /// <summary>The value is that of another timeframe.</summary>
    Timeframe,

    /// <summary>The value is that of another strategy.</summary>
    Strategy,

    /// <summary>A value like it is there, but nothing in the sentence names a quantity, and so few digits prove nothing.</summary>
    Unlabelled,
}
