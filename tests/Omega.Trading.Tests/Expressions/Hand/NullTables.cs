namespace Omega.Trading.Tests.Expressions;

/// <summary>What null does to arithmetic, comparison, logic, windows and crossings.</summary>
/// <remarks>
/// Volumes: 1 2 3 4 2 0 1 5 2 3 | 2 1 4 2 6 1 2 3 0 2 | 5 2 1 2 3 2 2 4 1 6 | 2 3 1 2 0 2 4 1 2 3. <c>volume / (volume - 2)</c>, called r
/// below, is −1 for 1, x/0 for 2, 3 for 3, 2 for 4, −0 for 0, 5/3 for 5 and 6/4 for 6.
/// </remarks>
internal static class NullTables
{
    public static IReadOnlyList<HandTable> All { get; } =
    [
        new("volume / (volume - 2)", """
             -1   -    3    2    -    0   -1  5/3    -    3
              -  -1    2    -  1.5   -1    -    3    0    -
            5/3   -   -1    -    3    -    -    2   -1  1.5
              -   3   -1    -    0    -    2   -1    -    3
            """),

        // Only a volume of 3 gives more than 2: on 2, 9, 17, 24, 31, 39. A volume of 4 gives 2 itself: false on 3, 12, 27, 36.
        new("volume / (volume - 2) > 2", "F-TF-FFF-T -FF-FF-TF- F-F-T--FFF -TF-F-FF-T"),

        // T and F exchanged, null as it was.
        new("not (volume / (volume - 2) > 2)", "T-FT-TTT-F -TT-TT-FT- T-T-F--TTT -FT-T-TT-F"),

        // close > 11: FFTFFFFTTT FFFFFFTTTT TTTTTFFFFT TTTFFFTTTF (11 itself, on 3, 10, 11, 28 and 33, is not)
        // r > 2:      F-TF-FFF-T -FF-FF-TF- F-F-T--FFF -TF-F-FF-T
        // With F it is F, beside null too: 1, 4, 10, 13, 25, 26, 33, 35. T with null is null: 8, 16, 19, 21, 23, 30, 38.
        new("close > 11 and volume / (volume - 2) > 2", "FFTFFFFF-T FFFFFF-TF- F-F-TFFFFF -TFFFFFF-F"),

        // The same two: with T it is T, beside null too: 8, 16, 19, 21, 23, 30, 38. F with null is null: 1, 4, 10, 13, 25, 26, 33, 35.
        new("close > 11 or volume / (volume - 2) > 2", "F-TF-FFTTT -FF-FFTTTT TTTTT--FFT TTT-F-TTTT"),

        // A close of 9 has 0 and one of 10 has 1, which is equal: true. 11 and more have √2 and more. 8 and 7 (0, 13, 14) have no root.
        new("sqrt(close - 9) <= 1", "-TFFTTTFFF FFT--TFFFF FFFFFTTTFF FFFFTTFFFT"),

        // Only 10 has log 1 = 0: on 1, 6, 12, 25, 26, 34, 35. 9 has log 0, not finite, and 8 and 7 have none: 0, 4, 5, 13, 14, 15, 27, 39.
        new("log(close - 9) == 0", "-TFF--TFFF FFT---FFFF FFFFFTT-FF FFFFTTFFF-"),

        // A null counts in no window, and gives null itself. Of r without its nulls, half of:
        // (bar 0: one alone) −1+3 3+2 2+0 0−1 −1+5/3 5/3+3 (bar 9) | 3−1 −1+2 2+3/2 3/2−1 −1+3 3+0 (bar 18)
        // 0+5/3 5/3−1 −1+3 3+2 2−1 −1+3/2 (bar 29) | 3/2+3 3−1 −1+0 0+2 2−1 −1+3 (bar 39)
        new("sma(volume / (volume - 2), 2)", """
              -   -   1 5/2   -   1 -1/2 1/3   - 7/3
              -   1 1/2   - 7/4 1/4    -   1 3/2   -
            5/6   - 1/3   -   1   -    - 5/2 1/2 1/4
              - 9/4   1   - -1/2  -    1 1/2   -   1
            """),

        // r beside 0: <->>-=<>-> -<>-><->=- >-<->--><> -><-=-><->
        // True where > follows < or =: 7, 12, 29. Where r is below or equal, or > follows >: false.
        // Above after null: null (2, 9, 14, 17, 20, 24, 27, 31, 36, 39). Null after > is false, for the second half is (4, 8, 10, 13,
        // 21, 25, 30); null after <, = or null is null (1, 16, 19, 23, 26, 33, 35, 38).
        new("crossover(volume / (volume - 2), 0)", "F--FFFFTF- FFTF-F--F- -FF--F--FT F-F-F--F--"),
    ];
}
