namespace Omega.Trading.Tests.Expressions;

/// <summary>Means and extremes of the last bars that exist: windows reach over missing hours.</summary>
internal static class WindowTables
{
    public static IReadOnlyList<HandTable> All { get; } =
    [
        // Half of 8+10 = 18, 10+12 = 22, … : 18 22 23 20 18 19 22 26 27 | 24 22 21 18 15 16 21 24 25 28 | 29 30 31 30 28 23 20 19 20 23
        // 26 28 26 23 21 20 23 28 30 24
        new("sma(2)", """
               -    9   11 11.5   10    9  9.5   11   13 13.5
              12   11 10.5    9  7.5    8 10.5   12 12.5   14
            14.5   15 15.5   15   14 11.5   10  9.5   10 11.5
              13   14   13 11.5 10.5   10 11.5   14   15   12
            """),

        // The sum of four closes:four times the close, from 8+10+12+11 = 41 on bar 3
        // 41:44 42:36 41:36 39:40 40:48 45:56 49:52 | 50:44 49:44 45:40 40:32 36:28 34:36 36:48 40:48 46:52 52:60
        // 54:56 58:64 60:60 60:60 59:52 53:40 48:40 42:36 40:44 42:48 | 46:56 51:56 52:48 51:44 47:40 43:40 44:52 48:60 53:60 52:36
        // On 22 and 23 the mean is 15 and so is the close.
        new("sma(4) > close", "---FTTFFFF TTTTTFFFFF FFFFTTTTFF FFTTTTFFFT"),

        // close − open: 0 2 2 −1 −2 0 1 2 2 −1 | −2 0 −2 −2 −1 2 4 0 1 2 | −1 1 −1 0 −2 −3 1 −1 2 1 | 2 0 −2 −1 −1 0 3 2 0 −4
        // Half of each sum of two: 2 4 1 −3 −2 1 3 4 1 | −3 −2 −2 −4 −3 1 6 4 1 3 | 1 0 0 −1 −2 −5 −2 0 1 3 | 3 2 −2 −3 −2 −1 3 5 2 −4
        new("sma(close - open, 2)", """
               -    1    2  0.5 -1.5   -1  0.5  1.5    2  0.5
            -1.5   -1   -1   -2 -1.5  0.5    3    2  0.5  1.5
             0.5    0    0 -0.5   -1 -2.5   -1    0  0.5  1.5
             1.5    1   -1 -1.5   -1 -0.5  1.5  2.5    1   -2
            """),

        // The greatest of three highs:
        // 10 11 13 14 12 10 12 13 15 16 | 14 12 13 11 9 11 13 13 15 16 | 16 18 17 16 17 14 11 12 12 13 | 16 15 15 14 12 11 15 16 16 14
        new("highest(high, 3)", """
             -  - 13 14 14 14 12 13 15 16
            16 16 14 13 13 11 13 13 15 16
            16 18 18 18 17 17 17 14 12 13
            16 16 16 15 15 14 15 16 16 16
            """),

        // Lows: 6 7 9 10 7 8 8 9 10 12 | 10 10 8 7 6 6 7 11 11 12 | 12 15 14 14 11 9 9 8 7 10 | 11 13 10 10 9 9 8 12 14 8
        // The least of three: - - 6 7 7 7 7 8 8 9 | 10 10 8 7 6 6 6 6 7 11 | 11 12 12 14 11 9 9 8 7 7 | 7 10 10 10 9 9 8 8 8 8
        // and one bar on:
        new("lowest(low, 3)[1]", """
             -  -  -  6  7  7  7  7  8  8
             9 10 10  8  7  6  6  6  6  7
            11 11 12 12 14 11  9  9  8  7
             7  7 10 10 10  9  9  8  8  8
            """),

        // close:the highest high of the three bars before
        // - - - 11:13 9:14 9:14 10:14 12:12 14:13 13:15 | 11:16 11:16 10:16 8:14 7:13 9:13 12:11 12:13 13:13 15:15
        // 14:16 16:16 15:18 15:18 13:18 10:17 10:17 9:17 11:14 12:12 | 14:13 14:16 12:16 11:16 10:15 10:15 13:14 15:15 15:16 9:16
        // Above on 8, 16 and 30. Equal, so not above, on 7, 18, 19, 21, 29 and 37.
        new("close > highest(high, 3)[1]", "---FFFFFTF FFFFFFTFFF FFFFFFFFFF TFFFFFFFFF"),

        // high − low, but on 21 (low 15, the close before 14) 18 − 14 = 4 for 3, and on 39 (high 14, the close before 15) 15 − 8 = 7 for 6.
        new("true_range()", """
            - 4 4 4 5 2 4 4 5 4
            4 2 5 4 3 5 6 2 4 4
            4 4 3 2 6 5 2 4 5 3
            5 2 5 4 3 2 7 4 2 7
            """),
    ];
}
