using Omega.Gpt.Resilience;

namespace Omega.Gpt.Tests.Resilience.Throttling;

public sealed class AnnouncedLimitsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("1s", 1)]
    [InlineData("6m0s", 360)]
    [InlineData("1h2m3.5s", 3723.5)]
    [InlineData("120ms", 0.12)]
    [InlineData("1d", 86400)]
    [InlineData("8.64s", 8.64)]
    [InlineData("7", 7)]
    [InlineData("900d", 7 * 86400)]
    [InlineData("soon", 0)]
    [InlineData("s", 0)]
    [InlineData("-5s", 0)]
    [InlineData("", 0)]
    [InlineData(null, 0)]
    public void Duration_Text_IsReadOrCountsAsNotSaid(string? text, double seconds) => Assert.Equal(seconds, AnnouncedLimits.Duration(text), 9);

    [Fact]
    public void Requests_OpenAI_LimitRemainingAndReset() => Assert.Equal(
        (new AnnouncedQuota(500, 499, 0.12), new AnnouncedQuota(30000, 29000, 2)),
        Read(("x-ratelimit-limit-requests", "500"), ("x-ratelimit-remaining-requests", "499"), ("x-ratelimit-reset-requests", "120ms"),
            ("x-ratelimit-limit-tokens", "30000"), ("x-ratelimit-remaining-tokens", "29000"), ("x-ratelimit-reset-tokens", "2s")));

    [Fact]
    public void Tokens_Anthropic_TakesTheTightestAndResetsAtATime() => Assert.Equal(
        (new AnnouncedQuota(50, 0, 30), new AnnouncedQuota(40000, 39000, 0)),
        Read(("anthropic-ratelimit-requests-limit", "50"), ("anthropic-ratelimit-requests-remaining", "0"), ("anthropic-ratelimit-requests-reset", "2026-11-23T12:00:30Z"),
            ("anthropic-ratelimit-tokens-limit", "40000"), ("anthropic-ratelimit-tokens-remaining", "39000"), ("anthropic-ratelimit-tokens-reset", "2026-11-23T11:59:00Z"),
            ("anthropic-ratelimit-input-tokens-limit", "7"), ("anthropic-ratelimit-input-tokens-remaining", "7")));

    [Theory]
    [InlineData("many", "1")]
    [InlineData("10", "few")]
    [InlineData("0", "0")]
    [InlineData("1e400", "1")]
    public void Requests_Unreadable_CountsAsNotSaid(string limit, string remaining) =>
        Assert.Null(Read(("x-ratelimit-limit-requests", limit), ("x-ratelimit-remaining-requests", remaining)).Requests);

    private static (AnnouncedQuota? Requests, AnnouncedQuota? Tokens) Read(params (string Name, string Value)[] headers)
    {
        using var response = new HttpResponseMessage();
        foreach (var (name, value) in headers)
            response.Headers.TryAddWithoutValidation(name, value);
        return (AnnouncedLimits.Requests(response.Headers, Now), AnnouncedLimits.Tokens(response.Headers, Now));
    }
}
