using System.Globalization;
using System.Text;
using CsCheck;

namespace Omega.Trading.Tests.Market.Files;

public sealed class NumberTextTests
{
    private static readonly string[] Formats = ["R", "F2", "F8", "F15", "E5", "E16", "G6", "G17"];

    [Theory]
    [InlineData("0")]
    [InlineData("0.1")]
    [InlineData("5.")]
    [InlineData(".5")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("-0")]
    [InlineData("+12.5")]
    [InlineData("1e5")]
    [InlineData("1E-05")]
    [InlineData("1e400")]
    [InlineData("NaN")]
    [InlineData("-Infinity")]
    [InlineData(" 12 ")]
    [InlineData("1 2")]
    [InlineData("1.2.3")]
    [InlineData("12a")]
    [InlineData("9007199254740992")]
    [InlineData("9007199254740993")]
    [InlineData("900719925474099.3")]
    [InlineData("9999999999999999999")]
    [InlineData("18446744073709551616")]
    [InlineData("18446744073709551617.5")]
    [InlineData("0.000000000000000000001")]
    [InlineData("0.0000000000000000000000000000001")]
    [InlineData("00000000000000000000000000000042.5")]
    [InlineData("8.41e+21")]
    [InlineData("2.2250738585072011e-308")]
    [InlineData("93576.00000000")]
    public void TryRead_Text_EqualsTheRuntime(string text) => AssertEqual(text);

    [Fact]
    public void TryRead_AnyDigits_EqualTheRuntime() =>
        Gen.Select(Gen.Char["0123456789"].Array[0, 24], Gen.Char["0123456789"].Array[0, 26], Gen.Bool)
            .Sample((whole, part, point) => AssertEqual(new string(whole) + (point ? "." : "") + new string(part)), iter: 20_000);

    [Fact]
    public void TryRead_AnyDouble_EqualsTheRuntimeInAllItsSpellings() =>
        Gen.Select(Gen.Double, Gen.Int[0, Formats.Length - 1]).Sample((value, i) => AssertEqual(value.ToString(Formats[i], CultureInfo.InvariantCulture)), iter: 20_000);

    [Fact]
    public void TryRead_AnyLetters_EqualTheRuntime() =>
        Gen.Char["0123456789.+-eE aNI"].Array[0, 12].Sample(letters => AssertEqual(new string(letters)), iter: 20_000);

    private static void AssertEqual(string text)
    {
        var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var expected);
        // Alone, and between other fields.
        foreach (var (before, after) in (ReadOnlySpan<(string, string)>)[("", ""), ("7.5,", ",3")])
        {
            var at = before.Length;
            Assert.Equal(isNumber, NumberText.TryRead(Encoding.UTF8.GetBytes(before + text + after), ref at, (byte)',', out var value));
            Assert.Equal(before.Length + text.Length, at);
            if (isNumber)
                Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(value));
        }
    }
}
