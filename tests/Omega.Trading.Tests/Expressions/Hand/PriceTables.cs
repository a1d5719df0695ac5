namespace Omega.Trading.Tests.Expressions;

/// <summary>Prices, bars before, arithmetic and comparison.</summary>
internal static class PriceTables
{
    public static IReadOnlyList<HandTable> All { get; } =
    [
        // Bar by bar, close less the close before:
        // (none) 10−8 12−10 11−12 9−11 9−9 10−9 12−10 14−12 13−14 | 11−13 11−11 10−11 8−10 7−8 9−7 12−9 12−12 13−12 15−13
        // 14−15 16−14 15−16 15−15 13−15 10−13 10−10 9−10 11−9 12−11 | 14−12 14−14 12−14 11−12 10−11 10−10 13−10 15−13 15−15 9−15
        // Check by sums: 13−8 = 5 over bars 1-9, 15−13 = 2 over 10-19, 12−15 = −3 over 20-29, 9−12 = −3 over 30-39.
        new("close - close[1]", """
             -  2  2 -1 -2  0  1  2  2 -1
            -2  0 -1 -2 -1  2  3  0  1  2
            -1  2 -1  0 -2 -3  0 -1  2  1
             2  0 -2 -1 -1  0  3  2  0 -6
            """),

        // The signs of the table above, 0 included: equal on 5, 11, 17, 23, 26, 31, 35, 38. Bar 0 has none before it.
        new("close >= close[1]", "-TTFFTTTTF FTFFFTTTTT FTFTFFTFTT TTFFFTTTTF"),

        // Its zeros.
        new("close == close[1]", "-FFFFTFFFF FTFFFFFTFF FFFTFFTFFF FTFFFTFFTF"),

        // The closes three bars on: bar 3 sees that of bar 0 (8), bar 10 that of 7 (12), 20 of 17 (12), 30 of 27 (9), 39 of 36 (13).
        new("close[1][2]", """
             -  -  -  8 10 12 11  9  9 10
            12 14 13 11 11 10  8  7  9 12
            12 13 15 14 16 15 15 13 10 10
             9 11 12 14 14 12 11 10 10 13
            """),

        // close:close[3] 11:8 9:10 9:12 10:11 12:9 14:9 13:10 | 11:12 11:14 10:13 8:11 7:11 9:10 12:8 12:7 13:9 15:12
        // 14:12 16:13 15:15 15:14 13:16 10:15 10:15 9:13 11:10 12:10 | 14:9 14:11 12:12 11:14 10:14 10:12 13:11 15:10 15:10 9:13
        // Equal on 22 (15) and 32 (12) alone.
        new("close != close[3]", "---TTTTTTT TTTTTTTTTT TTFTTTTTTT TTFTTTTTTT"),

        // close:open 8:8 10:8 12:10 11:12 9:11 9:9 10:9 12:10 14:12 13:14 | 11:13 11:11 10:12 8:10 7:8 9:7 12:8 12:12 13:12 15:13
        // 14:15 16:15 15:16 15:15 13:15 10:13 10:9 9:10 11:9 12:11 | 14:12 14:14 12:14 11:12 10:11 10:10 13:10 15:13 15:15 9:13
        // Equal, so not above, on 0, 5, 11, 17, 23, 31, 35, 38. Bar 26 opened at 9, below the close before: it is above its open, not above
        // that close.
        new("close > open", "FTTFFFTTTF FFFFFTTFTT FTFFFFTFTT TFFFFFTTFF"),

        // Half of high + low:
        // 16 18 22 24 19 18 20 22 25 28 | 24 22 21 18 15 17 20 24 26 28 | 28 33 31 30 28 23 20 20 19 23 | 27 28 25 24 21 20 23 28 30 22
        new("hl2", """
               8    9   11   12  9.5    9   10   11 12.5   14
              12   11 10.5    9  7.5  8.5   10   12   13   14
              14 16.5 15.5   15   14 11.5   10   10  9.5 11.5
            13.5   14 12.5   12 10.5   10 11.5   14   15   11
            """),

        // 2 + (3 × close) − (−1) = 3 × close + 3: a close of 7 gives 24, 8 27, 9 30, 10 33, 11 36, 12 39, 13 42, 14 45, 15 48, 16 51.
        new("2 + 3 * close - -1", """
            27 33 39 36 30 30 33 39 45 42
            36 36 33 27 24 30 39 39 42 48
            45 51 48 48 42 33 33 30 36 39
            45 45 39 36 33 33 42 48 48 30
            """),

        // Zero where a bar opens at the close before. It does not after missing hours: on 12 (12 after 11), 16 (8 after 9),
        // 21 (15 after 14), 26 (9 after 10) and 39 (13 after 15).
        new("max(open, close[1]) - min(open, close[1])", """
            - 0 0 0 0 0 0 0 0 0
            0 0 1 0 0 0 1 0 0 0
            0 1 0 0 0 0 1 0 0 0
            0 0 0 0 0 0 0 0 0 2
            """),

        // The body as long as the wick above it. |close − open|:(high − the greater of the two)
        // 0:2 2:1 2:1 1:2 2:1 0:1 1:2 2:1 2:1 1:2 | 2:1 0:1 2:1 2:1 1:1 2:2 4:1 0:1 1:2 2:1
        // 1:1 1:2 1:1 0:1 2:2 3:1 1:1 1:2 2:1 1:1 | 2:2 0:1 2:1 1:2 1:1 0:1 3:2 2:1 0:1 4:1
        new("abs(close - open) == min(high - close, high - open)", "FFFFFFFFFF FFFFTTFFFF TFTFTFTFFT TFFFTFFFFF"),
    ];
}
