using System.Globalization;
using System.Text;
using CsCheck;

namespace Omega.Trading.Tests.Market.Files;

public sealed class TimeTextTests
{
    private const long Expected = 1_502_942_400_000;

    [Theory]
    [InlineData("1502942400", CandleTimeForms.Seconds)]
    [InlineData("1502942400.0", CandleTimeForms.Seconds)]
    [InlineData("1.5029424E9", CandleTimeForms.Seconds)]
    [InlineData("1502942400000", CandleTimeForms.Milliseconds)]
    [InlineData(" 1502942400000 ", CandleTimeForms.Milliseconds)]
    [InlineData("1502942400000000", CandleTimeForms.Microseconds)]
    [InlineData("2017-08-17T04:00:00Z", CandleTimeForms.Iso8601)]
    [InlineData("2017-08-17t04:00:00.000z", CandleTimeForms.Iso8601)]
    [InlineData("2017-08-17 04:00", CandleTimeForms.Iso8601)]
    [InlineData("2017-08-17 04:00:00 UTC", CandleTimeForms.Iso8601)]
    [InlineData("2017-08-17 04:00:00.000000", CandleTimeForms.Iso8601)]
    [InlineData("2017-08-17T06:30:00+02:30", CandleTimeForms.Iso8601)]
    [InlineData("2017-08-16T23:00:00-0500", CandleTimeForms.Iso8601)]
    [InlineData("2017-08-17T05:00:00+01", CandleTimeForms.Iso8601)]
    public void TryRead_OneTimeInManyForms_IsThatTime(string text, CandleTimeForms form)
    {
        Assert.True(TryRead(text, out var time, out var forms));
        Assert.Equal((Expected, form), (time, forms));
    }

    [Theory]
    [InlineData("")]
    [InlineData("20170817")]
    [InlineData("99999999")]
    [InlineData("-1502942400")]
    [InlineData("1502942400.5")]
    [InlineData("1502942400000001")]
    [InlineData("1502942400000000000")]
    [InlineData("99999999999999999999999")]
    [InlineData("NaN")]
    [InlineData("2017-02-29")]
    [InlineData("2017-13-01")]
    [InlineData("2017-08-17T24:00")]
    [InlineData("2017-08-17T04:60")]
    [InlineData("2017-08-17T04:00:61")]
    [InlineData("2017-08-17T04:00:00.")]
    [InlineData("2017-08-17T04:00:00.0001")]
    [InlineData("2017-08-17T04:00:00 CET")]
    [InlineData("2017-08-17T04:00:00+24:00")]
    [InlineData("2017-08-17T04")]
    [InlineData("2017-08-17 04-AM")]
    [InlineData("17/08/2017")]
    [InlineData("0000-01-01")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    public void TryRead_NoTime_IsNotTaken(string text) => Assert.False(TryRead(text, out _, out _));

    [Theory]
    [InlineData("yyyy-MM-dd'T'HH:mm:ss.fff'Z'")]
    [InlineData("yyyy-MM-dd HH:mm:ss.fff")]
    public void TryRead_AnyIsoTime_EqualsTheRuntime(string format) =>
        Gen.Long[-62_135_596_800_000, 253_402_300_799_999].Sample(milliseconds =>
        {
            Assert.True(TryRead(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString(format, CultureInfo.InvariantCulture), out var time, out _));
            Assert.Equal(milliseconds, time);
            Assert.True(TryRead(IsoTime.Format(milliseconds), out time, out _));
            Assert.Equal(milliseconds, time);
        }, iter: 5000);

    [Fact]
    public void TryRead_AnyOffset_EqualsTheRuntime() =>
        Gen.Select(Gen.Long[0, 4_102_444_800], Gen.Int[-14 * 60, 14 * 60]).Sample((seconds, minutes) =>
        {
            var text = DateTimeOffset.FromUnixTimeSeconds(seconds).ToOffset(TimeSpan.FromMinutes(minutes)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
            Assert.True(TryRead(text, out var time, out _));
            Assert.Equal(seconds * 1000, time);
        }, iter: 5000);

    private static bool TryRead(string text, out long time, out CandleTimeForms forms)
    {
        forms = CandleTimeForms.None;
        var at = 2;
        var isTime = TimeText.TryRead(Encoding.UTF8.GetBytes("x," + text + ",1"), ref at, (byte)',', out time, ref forms);
        Assert.Equal(2 + Encoding.UTF8.GetByteCount(text), at);
        return isTime;
    }
}
