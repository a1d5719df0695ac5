namespace Omega.Trading.Tests.Expressions;

/// <summary>
/// Bars A to L of <see cref="HandBars"/>: each is seen on the bar that reaches its end, or the next that exists, and held until the one
/// after is seen.
/// </summary>
/// <remarks>
/// The bars on which each is seen, for turning a value of each into a table: A 5-8, B 9-11, C 12-14, D 15-18, E 19-21, F 22-25, G 26-27,
/// H 28-31, I 32-35, J 36-38, L 39; and K before L on 39.
/// </remarks>
internal static class LongerBarTables
{
    public static IReadOnlyList<HandTable> All { get; } =
    [
        // A 9, B 13, C 11, D 9, E 15, F 15, G 10, H 11, I 12, J 13, L 9.
        new("h4.close", """
             -  -  -  -  -  9  9  9  9 13
            13 13 11 11 11  9  9  9  9 15
            15 15 15 15 15 15 10 10 11 11
            11 11 12 12 12 12 13 13 13  9
            """),

        // From B, of A 9; C 13, D 11, E 9 (that of D: no bar stands for hours 20-23), F 15, G 15, H 10, I 11, J 12; L 15, that of K.
        new("h4.close[1]", """
             -  -  -  -  -  -  -  -  -  9
             9  9 13 13 13 11 11 11 11  9
             9  9 15 15 15 15 15 15 10 10
            10 10 11 11 11 11 12 12 12 15
            """),

        // A 10, B 9, C 13, D 12, E 8, F 15, G 15, H 9 (that of hour 37), I 11, J 12, L 13 (that of hour 55).
        new("h4.open", """
             -  -  -  -  - 10 10 10 10  9
             9  9 13 13 13 12 12 12 12  8
             8  8 15 15 15 15 15 15  9  9
             9  9 11 11 11 11 12 12 12 13
            """),

        // A 14−7, B 16−8, C 14−10, D 13−6, E 16−7, F 18−12, G 17−9, H 12−7, I 16−10, J 15−8, L 14−8.
        new("h4.high - h4.low", """
            - - - - - 7 7 7 7 8
            8 8 4 4 4 7 7 7 7 9
            9 9 6 6 6 6 8 8 5 5
            5 5 6 6 6 6 7 7 7 6
            """),

        // A 3+4+2+0, B 1+5+2+3, C 2+1, D 4+2+6+1, E 2+3+0+2, F 5+2+1, G 2+3+2, H 2+4+1, I 6+2+3+1, J 2+0+2+4, L 3.
        new("h4.volume", """
             -  -  -  -  -  9  9  9  9 11
            11 11  3  3  3 13 13 13 13  7
             7  7  8  8  8  8  7  7  7  7
             7  7 12 12 12 12  8  8  8  3
            """),

        // B (9+13)/2 = 11, C (13+11)/2 = 12, D (11+9)/2 = 10, E (9+15)/2 = 12, F (15+15)/2 = 15, G (15+10)/2 = 12.5, H (10+11)/2 = 10.5,
        // I (11+12)/2 = 11.5, J (12+13)/2 = 12.5, K (13+15)/2 = 14, L (15+9)/2 = 12.
        new("h4.sma(2)", """
               -    -    -    -    -    -    -    -    -   11
              11   11   12   12   12   10   10   10   10   12
              12   12   15   15   15   15 12.5 12.5 10.5 10.5
            10.5 10.5 11.5 11.5 11.5 11.5 12.5 12.5 12.5   12
            """),

        // close:h4.close 9:9 10:9 12:9 14:9 13:13 (bar 9) | 11:13 11:13 10:11 8:11 7:11 9:9 12:9 12:9 13:9 15:15
        // 14:15 16:15 15:15 15:15 13:15 10:15 10:10 9:10 11:11 12:11 | 14:11 14:11 12:12 11:12 10:12 10:12 13:13 15:13 15:13 9:9
        // Equal, so not above, wherever a longer bar ends with the bar: 5, 9, 15, 19, 22, 28, 32, 36, 39; and on 23 and 26.
        new("close > h4.close", "-----FTTTF FFFFFFTTTF FTFFFFFFFT TTFFFFFTTF"),

        // Close beside mean: B 13:11, C 11:12, D 9:10, E 15:12, F 15:15, G 10:12.5, H 11:10.5, I 12:11.5, J 13:12.5, K 15:14, L 9:12.
        // B is above, after null: null, and held so (9-11). C and D are not. E is, after D, and H after G: true on 19 and 28 alone.
        // F is equal, so not above, and G below.
        new("crossover(h4.close, h4.sma(2))", "---------- --FFFFFFFT FFFFFFFFTF FFFFFFFFFF"),

        // T and F exchanged, null as it was.
        new("not crossover(h4.close, h4.sma(2))", "---------- --TTTTTTTF TTTTTTTTFT TTTTTTTTTT"),

        // Up to bar 11 null with F is F (0, 3, 4, 5, 9, 10, 11: not above the open) and null with T null. True where both are: 19 and 28.
        new("crossover(h4.close, h4.sma(2)) and close > open", "F--FFF---F FFFFFFFFFT FFFFFFFFTF FFFFFFFFFF"),

        // The values of the bar before on four-hour bars, held: C has null of B, D and E have F, F has T of E (22-25), G and H F,
        // I has T of H (32-35), J has F of I, L has F of K.
        new("h4.crossover(close, sma(2))[1]", "---------- -----FFFFF FFTTTTFFFF FFTTTTFFFF"),

        // Below 12 after not below: C (11 after 13), G (10 after 15), L (9 after 15 of K): true on 12, 26 and 39 alone.
        // A is below, after null: null. Above 14: E and F (19-25). Null or F is null: 0-8. I is at 12, neither below nor above.
        new("h4.crossunder(close, 12) or h4.close > 14", "---------F FFTFFFFFFT TTTTTTTFFF FFFFFFFFFT"),

        // The day of hours 24 to 47: open 8, close 13, seen when bar 36 closes it, and held.
        new("d1.close - d1.open", """
            - - - - - - - - - -
            - - - - - - - - - -
            - - - - - - - - - -
            - - - - - - 5 5 5 5
            """),
    ];
}
