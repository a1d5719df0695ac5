using System.Globalization;
using System.Numerics;
using System.Text;
using CsCheck;
using Omega.Gpt.Functions.Schema;

namespace Omega.Gpt.Tests.Functions.Schema;

public sealed class JsonNumberTests
{
    private static readonly Gen<string> Texts = Gen.Select(
        Gen.OneOf("", "-"),
        Gen.OneOf("0", "1", "10", "123", "1000000000000000000", "9999999999999999999", "18446744073709551616", "123456789012345678901234567890"),
        Gen.OneOf("", ".0", ".5", ".25", ".000", ".1000", ".0000000000000000000000001", ".99999999999999999999"),
        Gen.OneOf("", "e0", "E+2", "e-3", "e25", "E-30"),
        (sign, whole, fraction, exponent) => sign + whole + fraction + exponent);

    [Fact]
    public void Compare_AnyTwo_AsExactFractions() => Gen.Select(Texts, Texts).Sample(pair =>
    {
        var (a, b) = pair;
        var ((x, y), (p, q)) = (Fraction(a), Fraction(b));
        var order = (x * q).CompareTo(p * y);

        Assert.Equal(Math.Sign(order), Math.Sign(Parse(a).CompareTo(Parse(b))));
        Assert.Equal(order == 0, Parse(a).Equals(Parse(b)));
        if (order == 0) Assert.Equal(Parse(a).GetHashCode(), Parse(b).GetHashCode());
    }, iter: 20_000);

    [Fact]
    public void IsInteger_Any_AsExactFraction() => Texts.Sample(text =>
    {
        var (numerator, denominator) = Fraction(text);
        Assert.Equal(BigInteger.Remainder(numerator, denominator).IsZero, Parse(text).IsInteger);
    });

    [Fact]
    public void IsMultipleOf_AnyTwo_AsExactFractions() => Gen.Select(Texts, Texts).Sample(pair =>
    {
        var (a, b) = pair;
        var ((x, y), (p, q)) = (Fraction(a), Fraction(b));
        if (p.Sign <= 0) return;
        Assert.Equal(BigInteger.Remainder(x * q, y * p).IsZero, Parse(a).IsMultipleOf(Parse(b)));
    }, iter: 20_000);

    [Theory]
    [InlineData("0", true, 0)]
    [InlineData("12.0", true, 12)]
    [InlineData("1e3", true, 1000)]
    [InlineData("2147483647", true, int.MaxValue)]
    [InlineData("2147483648", true, int.MaxValue)]
    [InlineData("9999999999999999999999", true, int.MaxValue)]
    [InlineData("1e300", true, int.MaxValue)]
    [InlineData("-0", true, 0)]
    [InlineData("-1", false, 0)]
    [InlineData("0.5", false, 0)]
    public void TryGetCount_Any_ClampedOrRefused(string text, bool isCount, int count)
    {
        Assert.Equal(isCount, Parse(text).TryGetCount(out var actual));
        Assert.Equal(count, actual);
    }

    private static JsonNumber Parse(string text) => JsonNumber.Parse(Encoding.UTF8.GetBytes(text));

    private static (BigInteger Numerator, BigInteger Denominator) Fraction(string text)
    {
        var parts = text.ToLowerInvariant().Split('e');
        var exponent = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        if (point >= 0) exponent -= parts[0].Length - point - 1;
        var digits = BigInteger.Parse(parts[0].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        return exponent >= 0 ? (digits * BigInteger.Pow(10, exponent), 1) : (digits, BigInteger.Pow(10, -exponent));
    }
}
