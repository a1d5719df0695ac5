namespace Omega.Trading.Tests.Expressions;

/// <summary>
/// Forty hourly bars with prices that a person can reckon with: equal closes, volumes of zero, hours that are missing, and opens that are
/// not the close before. The four-hour bars that they make, lettered for the tables:
/// <code>
///      hours   bars     missing      open high low close volume   seen on bars
///      0-3     0-1      0, 1         the first, and incomplete: dropped
///   A  4-7     2-5                   10   14   7   9     9        5-8
///   B  8-11    6-9                   9    16   8   13    11       9-11
///   C  12-15   10-11    14, 15       13   14   10  11    3        12-14    seen late: no bar closes at 16
///   D  16-19   12-15                 12   13   6   9     13       15-18
///      20-23            all          absent
///   E  24-27   16-19                 8    16   7   15    7        19-21
///   F  28-31   20-22    29           15   18   12  15    8        22-25
///   G  32-35   23-25    35           15   17   9   10    7        26-27    seen late: no bar closes at 36
///   H  36-39   26-28    36           9    12   7   11    7        28-31
///   I  40-43   29-32                 11   16   10  12    12       32-35
///   J  44-47   33-36                 12   15   8   13    8        36-38
///   K  48-51   37-38    50, 51       13   16   12  15    3        never: it ends on bar 39 too, and L is the later
///   L  52-55   39       52, 53, 54   13   14   8   9     3        39
/// </code>
/// The day of hours 0 to 23 lacks its first two and is dropped; that of 24 to 47 (bars 16 to 36) is seen from bar 36.
/// </summary>
internal static class HandBars
{
    private static readonly (int Hour, double Open, double High, double Low, double Close, double Volume)[] Rows =
    [
        (2, 8, 10, 6, 8, 1), // 0
        (3, 8, 11, 7, 10, 2),
        (4, 10, 13, 9, 12, 3),
        (5, 12, 14, 10, 11, 4),
        (6, 11, 12, 7, 9, 2),
        (7, 9, 10, 8, 9, 0), // 5
        (8, 9, 12, 8, 10, 1),
        (9, 10, 13, 9, 12, 5),
        (10, 12, 15, 10, 14, 2),
        (11, 14, 16, 12, 13, 3),
        (12, 13, 14, 10, 11, 2), // 10
        (13, 11, 12, 10, 11, 1),
        (16, 12, 13, 8, 10, 4),
        (17, 10, 11, 7, 8, 2),
        (18, 8, 9, 6, 7, 6),
        (19, 7, 11, 6, 9, 1), // 15
        (24, 8, 13, 7, 12, 2),
        (25, 12, 13, 11, 12, 3),
        (26, 12, 15, 11, 13, 0),
        (27, 13, 16, 12, 15, 2),
        (28, 15, 16, 12, 14, 5), // 20
        (30, 15, 18, 15, 16, 2), // wholly above the close before
        (31, 16, 17, 14, 15, 1),
        (32, 15, 16, 14, 15, 2),
        (33, 15, 17, 11, 13, 3),
        (34, 13, 14, 9, 10, 2), // 25
        (37, 9, 11, 9, 10, 2),
        (38, 10, 12, 8, 9, 4),
        (39, 9, 12, 7, 11, 1),
        (40, 11, 13, 10, 12, 6),
        (41, 12, 16, 11, 14, 2), // 30
        (42, 14, 15, 13, 14, 3),
        (43, 14, 15, 10, 12, 1),
        (44, 12, 14, 10, 11, 2),
        (45, 11, 12, 9, 10, 0),
        (46, 10, 11, 9, 10, 2), // 35
        (47, 10, 15, 8, 13, 4),
        (48, 13, 16, 12, 15, 1),
        (49, 15, 16, 14, 15, 2),
        (55, 13, 14, 8, 9, 3), // 39, wholly below the close before
    ];

    /// <summary>The bars, from Monday.</summary>
    public static IReadOnlyList<Candle> All { get; } =
        [.. Rows.Select(row => new Candle(Bars.Monday + row.Hour * Bars.Hour, row.Open, row.High, row.Low, row.Close, row.Volume))];
}
