namespace Omega.Trading;

/// <summary>Why a row of a file is not a candle of the series.</summary>
public enum BadRowKind
{
    /// <summary>A column is missing, or holds what is no number or no time.</summary>
    Unparsable,

    /// <summary>A number is NaN or infinite.</summary>
    NotFinite,

    /// <summary>A price is 0 or below, or the volume is below 0.</summary>
    Negative,

    /// <summary>The high is below the low.</summary>
    HighBelowLow,

    /// <summary>The open or the close lies outside low and high.</summary>
    OutsideRange,

    /// <summary>Its time stands in an earlier row; that one stays.</summary>
    Duplicate,

    /// <summary>Its time does not fit between those of its neighbours.</summary>
    OutOfOrder,

    /// <summary>Its time is not the start of a period of the timeframe.</summary>
    OffGrid,

    /// <summary>It is longer than <see cref="CandleFileOptions.MaxRowBytes"/>.</summary>
    TooLong,
}

/// <summary>A row that was left out.</summary>
/// <param name="Line">Its line in the file, from 1.</param>
/// <param name="Kind">What kind of fault.</param>
/// <param name="Reason">What is wrong, with the value.</param>
public sealed record BadRow(long Line, BadRowKind Kind, string Reason);
