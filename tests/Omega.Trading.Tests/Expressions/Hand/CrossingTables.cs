namespace Omega.Trading.Tests.Expressions;

/// <summary><c>crossover(a, b)</c>: a &gt; b, and a[1] &lt;= b[1]; <c>crossunder</c> the other way.</summary>
internal static class CrossingTables
{
    public static IReadOnlyList<HandTable> All { get; } =
    [
        // sma(2):sma(4) from bar 3: 11.5:10.25 10:10.5 9:10.25 9.5:9.75 11:10 13:11.25 13.5:12.25
        // 12:12.5 11:12.25 10.5:11.25 9:10 7.5:9 8:8.5 10.5:9 12:10 12.5:11.5 14:13
        // 14.5:13.5 15:14.5 15.5:15 15:15 14:14.75 11.5:13.25 10:12 9.5:10.5 10:10 11.5:10.5
        // 13:11.5 14:12.75 13:13 11.5:12.75 10.5:11.75 10:10.75 11.5:11 14:12 15:13.25 12:13
        // which is ---><<<>>> <<<<<<>>>> >>>=<<<<=> >>=<<<>>><
        // Above after not above: 7, 16, 29 (after =), 36. Bar 3 is above, after null: null.
        new("crossover(sma(2), sma(4))", "----FFFTFF FFFFFFTFFF FFFFFFFFFT FFFFFFTFFF"),

        // Below after not below: 4, 10, 24 (after =), 33 (after =), 39. On bar 3 it is not below, so false whatever came before.
        new("crossunder(sma(2), sma(4))", "---FTFFFFF TFFFFFFFFF FFFFTFFFFF FFFTFFFFFT"),

        // The closes beside 12: <<=<<<<=>> <<<<<<==>> >>>>><<<<= >>=<<<>>><
        // Above after not above: 8, 18 and 30 (each after 12 itself), 36 (after 10). Bar 0 is below: false without a bar before it.
        new("crossover(close, 12)", "FFFFFFFFTF FFFFFFFFTF FFFFFFFFFF TFFFFFTFFF"),

        // Below after not below: 3 and 33 (after 12 itself), 10, 25, 39. Bar 0 is below, with nothing before it: null.
        // Bars 2, 7, 16, 17, 29 and 32, at 12, are no crossing in either direction.
        new("crossunder(close, 12)", "-FFTFFFFFF TFFFFFFFFF FFFFFTFFFF FFFTFFFFFT"),

        // crossover(close, 12) one bar on: 9, 19, 31, 37.
        new("crossover(close, 12)[1]", "-FFFFFFFFT FFFFFFFFFT FFFFFFFFFF FTFFFFFTFF"),
    ];
}
