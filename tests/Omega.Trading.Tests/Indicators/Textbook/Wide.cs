namespace Omega.Trading.Tests.Indicators.Textbook;

/// <summary>
/// A number of about 31 digits, as the sum of two doubles (Dekker 1971): the other arithmetic in which the references are computed.
/// </summary>
internal readonly record struct Wide(double High, double Low)
{
    public static readonly Wide Zero = 0;

    public static implicit operator Wide(double value) => new(value, 0);

    public static Wide operator +(Wide a, Wide b)
    {
        var sum = Sum(a.High, b.High);
        var rest = Sum(a.Low, b.Low);
        sum = Quick(sum.High, sum.Low + rest.High);
        return Quick(sum.High, sum.Low + rest.Low);
    }

    public static Wide operator -(Wide a) => new(-a.High, -a.Low);

    public static Wide operator -(Wide a, Wide b) => a + -b;

    public static Wide operator *(Wide a, Wide b)
    {
        var product = a.High * b.High;
        return Quick(product, Math.FusedMultiplyAdd(a.High, b.High, -product) + ((a.High * b.Low) + (a.Low * b.High)));
    }

    public static Wide operator /(Wide a, Wide b)
    {
        var first = a.High / b.High;
        var rest = a - (b * first);
        var second = rest.High / b.High;
        rest -= b * second;
        return Quick(first, second) + (rest.High / b.High);
    }

    public static bool operator <(Wide a, Wide b) => a.High < b.High || (a.High == b.High && a.Low < b.Low);

    public static bool operator >(Wide a, Wide b) => b < a;

    public static bool operator <=(Wide a, Wide b) => !(b < a);

    public static bool operator >=(Wide a, Wide b) => !(a < b);

    public static Wide Abs(Wide a) => a < 0 ? -a : a;

    public static Wide Max(Wide a, Wide b) => a < b ? b : a;

    public static Wide Min(Wide a, Wide b) => b < a ? b : a;

    public static Wide Sqrt(Wide a)
    {
        if (a.High <= 0)
            return 0;
        Wide root = Math.Sqrt(a.High);
        // One step of Newton's doubles the digits.
        return (root + (a / root)) * 0.5;
    }

    /// <summary>
    /// Weights times values, the first weight with the value at an index and the next with the one before it, as far as there are both
    /// (Ogita, Rump and Oishi 2005). Written out, for it is most of what the references do.
    /// </summary>
    public static Wide Dot(Wide[] weights, Wide[] values, int index)
    {
        var (sum, rest) = (0.0, 0.0);
        for (var j = 0; j <= index && j < weights.Length; j++)
        {
            var (a, b) = (weights[j], values[index - j]);
            var product = a.High * b.High;
            var after = sum + product;
            var part = after - sum;
            rest += sum - (after - part) + (product - part) + Math.FusedMultiplyAdd(a.High, b.High, -product) + ((a.High * b.Low) + (a.Low * b.High));
            sum = after;
        }

        return Quick(sum, rest);
    }

    public double ToDouble() => High + Low;

    private static Wide Sum(double a, double b)
    {
        var sum = a + b;
        var part = sum - a;
        return new(sum, a - (sum - part) + (b - part));
    }

    private static Wide Quick(double a, double b)
    {
        var sum = a + b;
        return new(sum, b - (sum - a));
    }
}
