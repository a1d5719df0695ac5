using System.Text.Json;
using Omega.Gpt.Functions.Schema;

namespace Omega.Gpt.Tests.Functions.Schema;

public sealed class FormatTests
{
    /// <summary>A format, texts that have it and texts that have not (each list parted by " | ").</summary>
    public static TheoryData<string, string, string> Cases => new()
    {
        { "date-time", "2024-05-31T12:00:00Z | 2024-02-29t23:59:59.123456789+05:30 | 2016-12-31T23:59:60Z | 2016-12-31T15:59:60-08:00 | 0000-02-29T00:00:00z", "2024-05-31 12:00:00Z | 2024-05-31T12:00:00 | 2023-02-29T00:00:00Z | 2024-05-31T24:00:00Z | 2024-05-31T12:00:60Z | 2024-05-31T12:00:00.Z | 2024-05-31T12:00:00+0530 | 24-05-31T12:00:00Z | ٢٠٢٤-05-31T12:00:00Z" },
        { "date", "2024-02-29 | 1900-01-01", "2023-02-29 | 1900-02-29 | 2024-13-01 | 2024-00-10 | 2024-1-1 | 2024-01-00 | 20240101 | 2024-01-01Z" },
        { "time", "00:00:00Z | 23:59:59.5+23:59 | 12:30:45-00:00", "12:30:45 | 12:30Z | 24:00:00Z | 12:60:00Z | 12:30:45+24:00 | 12:30:45+1:00 | 1:30:45Z" },
        { "duration", "P1D | P1Y2M3D | PT1H | PT1H2M3S | P3W | P1DT12H | PT36S", "P | PT | P1 | 1D | P1H | P1DT | P1D2H | P1Y3D | PT1D | P1W1D | P-1D | p1d | P1.5D" },
        { "email", "a@b | joe.bloggs+tag@example.co.uk | \"joe b\"@example.com | a@[127.0.0.1] | a@[IPv6:::1] | !#$%&'*+-/=?^_`{|}~@x", "a | @b | a@ | a.@b | .a@b | a..b@c | a b@c | a@b_c | a@-b | a@[300.0.0.1] | \"a\"b\"@c" },
        { "hostname", "a | example.com | a-b.c1 | 1.2.3.4 | xn--4gbwdl.xn--wgbh1c", "a_b | -a | a- | a..b | .a | a. | é.com | a b" },
        { "ipv4", "0.0.0.0 | 192.168.1.255", "256.0.0.1 | 1.2.3 | 1.2.3.4.5 | 01.2.3.4 | 1.2.3. | a.b.c.d | 1.2.3.4/8 | ١.2.3.4" },
        { "ipv6", ":: | ::1 | 1:: | 2001:db8::ff00:42:8329 | 1:2:3:4:5:6:7:8 | ::ffff:1.2.3.4 | 1::2:3:4:5:6:7 | 1:2:3:4:5:6:1.2.3.4", "1 | 1:2:3:4:5:6:7 | 1:2:3:4:5:6:7:8:9 | 1::2::3 | :1 | 1: | ::g | 12345:: | ::1.2.3 | 1.2.3.4:: | fe80::1%eth0 | 1:2:3:4:5:6:7:8:: | ::1.2.3.4:5" },
        { "uri", "https://example.com/a?b=c#d | urn:isbn:1 | mailto:a@b | file:///c:/x | http://[::1]:80/ | http://a%20b/ | a:", "//example.com | /a | a | http://a b | http://[::1 | http://a/%zz | 1http://a | http://a#b#c | http://é.com | http://a:b/ | http://a/[x]" },
        { "uri-reference", "/a/b | a?b#c | #f | //host/x | https://a | ?q | ./a:b", "\\a | a b | %z | a{b} | 1:a" },
        { "uuid", "123e4567-e89b-12d3-a456-426614174000 | 123E4567-E89B-12D3-A456-426614174000", "123e4567e89b12d3a456426614174000 | 123e4567-e89b-12d3-a456-42661417400 | 123e4567-e89b-12d3-a456-42661417400g | {123e4567-e89b-12d3-a456-426614174000}" },
        { "json-pointer", "/ | /a/0 | /a~0b~1c | //", "a | #/a | /a~ | /a~2" },
        { "regex", "^a+$ | [a-z]{2} | (?<n>a)\\k<n> | \\p{L} | (?i)a", "( | [ | a{2}{3}{ | \\Z | *a | (?>a) | \\p{Nope}" },
        { "idn-email", "anything at all", "" },
        { "made-up", "anything at all", "" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Validate_AssertedFormat_TellsThemApart(string format, string good, string bad)
    {
        var schema = JsonSchema.Parse($$"""{"format":"{{format}}"}""", new() { AssertFormat = true });

        foreach (var text in Split(good)) Assert.True(schema.Validate(Quote(text)).IsValid, $"{text} is a {format}");
        foreach (var text in Split(bad)) Assert.False(schema.Validate(Quote(text)).IsValid, $"{text} is no {format}");
        Assert.True(schema.Validate("5").IsValid, "a format says nothing of numbers");
    }

    [Fact]
    public void Validate_EmptyText_OnlyAPointerOrPatternOrReference()
    {
        foreach (var format in Cases.Select(row => row.Data.Item1).Where(name => name is not ("idn-email" or "made-up")))
        {
            var schema = JsonSchema.Parse($$"""{"format":"{{format}}"}""", new() { AssertFormat = true });
            Assert.Equal(format is "json-pointer" or "regex" or "uri-reference", schema.Validate("\"\"").IsValid);
        }
    }

    [Fact]
    public void Validate_HostNameLimits_AreLengthsOfLabelAndWhole()
    {
        var schema = JsonSchema.Parse("""{"format":"hostname"}""", new() { AssertFormat = true });
        var label = new string('a', 63);

        Assert.True(schema.Validate(Quote($"{label}.{label}")).IsValid);
        Assert.False(schema.Validate(Quote(label + "a")).IsValid);
        Assert.False(schema.Validate(Quote($"{label}.{label}.{label}.{label}")).IsValid);
    }

    [Fact]
    public void Validate_FormatNotAsserted_IsANote() => Assert.True(JsonSchema.Parse("""{"format":"date"}""").Validate("\"never\"").IsValid);

    [Fact]
    public void Message_AssertedFormat_GivesAnExample()
    {
        var schema = JsonSchema.Parse("""{"format":"date"}""", new() { AssertFormat = true });

        Assert.Equal("(root): expected a date such as 2024-05-31, found \"tomorrow\" (format)", schema.Validate("\"tomorrow\"").Errors[0].Message);
    }

    private static string[] Split(string texts) => texts.Split(" | ", StringSplitOptions.RemoveEmptyEntries);

    private static string Quote(string text) => JsonSerializer.Serialize(text);
}
