using System.Globalization;
using CsCheck;
using Omega.Gpt.Models;
using Omega.Gpt.Usage;

namespace Omega.Gpt.Tests.Usage;

public sealed class ReservationTests
{
    /// <summary>2 dollars for a million tokens in, 8 out; an answer of at most 32,768 tokens.</summary>
    private static readonly ModelInfo Info = new()
    {
        Provider = "acme",
        Name = "swift",
        Context = 1_000_000,
        MaxOutput = 32_768,
        Prices = [new PriceTier { Input = 2m, Output = 8m, CacheRead = 0.5m }],
    };

    [Fact]
    public void Plan_EnoughLeft_ReservesTheLongestAnswerAndAsksForNothingElse() =>
        // 1000 × 2 + 32768 × 8 = 264144 millionths
        Assert.Equal(new Reservation(0.264144m, null, 32_768), Reservation.Plan(Info, 1_000, null, left: 1m, isShared: false));

    [Fact]
    public void Plan_CallersLimit_IsWhatIsReserved() =>
        // 1000 × 2 + 500 × 8 = 6000 millionths
        Assert.Equal(new Reservation(0.006m, 500, 500), Reservation.Plan(Info, 1_000, 500, left: 1m, isShared: true));

    [Fact]
    public void Plan_LittleLeft_AsksForWhatItPaysFor() =>
        // 0.01 − 0.002 = 0.008 dollars: a thousand tokens at 8 for a million
        Assert.Equal(new Reservation(0.01m, 1_000, 1_000), Reservation.Plan(Info, 1_000, null, left: 0.01m, isShared: false));

    [Fact]
    public void Plan_Shared_LeavesMoneyForOthers()
    {
        // Of 2 dollars a quarter, 62,500 tokens, is more than the longest answer; of 0.4 a quarter is 12,500 tokens; of 0.04 the fair 4,096 are taken.
        Assert.Equal(32_768, Reservation.Plan(Info, 0, null, left: 2m, isShared: true)!.Value.OutputTokens);
        Assert.Equal(12_500, Reservation.Plan(Info, 0, null, left: 0.4m, isShared: true)!.Value.OutputTokens);
        Assert.Equal(4_096, Reservation.Plan(Info, 0, null, left: 0.04m, isShared: true)!.Value.OutputTokens);
        Assert.Equal(1_250, Reservation.Plan(Info, 0, null, left: 0.01m, isShared: true)!.Value.OutputTokens);
    }

    [Theory]
    [InlineData("0.002")] // the question alone
    [InlineData("0.002127")] // and 15 tokens, one too few
    [InlineData("0")]
    [InlineData("-1")]
    public void Plan_TooLittleForAnAnswer_IsRefused(string left) =>
        Assert.Null(Reservation.Plan(Info, 1_000, null, decimal.Parse(left, CultureInfo.InvariantCulture), isShared: false));

    [Fact]
    public void Plan_ShortAnswerAsked_IsNotRefusedForBeingShort() =>
        Assert.Equal(new Reservation(0.00004m, 5, 5), Reservation.Plan(Info, 0, 5, left: 0.00004m, isShared: false));

    [Fact]
    public void Plan_DearerToWriteToTheCache_ReservesThat() =>
        Assert.Equal(0.004m + 0.008m, Reservation.Plan(Info with { Prices = [new PriceTier { Input = 2m, Output = 8m, CacheWrite = 2.5m, CacheWriteHour = 4m }] }, 1_000, 1_000, 1m, false)!.Value.Usd);

    [Fact]
    public void Plan_FreeModel_IsNeverInTheWay() =>
        Assert.Equal(new Reservation(0m, null, null), Reservation.Plan(Info with { Prices = [new PriceTier { Input = 0, Output = 0 }] }, 1_000, null, left: 0m, isShared: false));

    [Fact]
    public void Plan_Anything_StaysWithinWhatIsLeft() =>
        Gen.Select(Gen.Long[0, 900_000], Gen.Int[0, 50_000], Gen.Decimal[0, 5], Gen.Bool).Sample((input, asked, left, isShared) =>
        {
            var plan = Reservation.Plan(Info, input, asked == 0 ? null : asked, left, isShared);
            return plan is null || (plan.Value.Usd <= left && plan.Value.OutputTokens >= 1 && (asked == 0 || plan.Value.OutputTokens <= asked));
        });

    [Fact]
    public void Picodollars_EveryCataloguePrice_IsExact()
    {
        foreach (var tier in ModelCatalog.Default.All.SelectMany(model => model.Prices))
        {
            foreach (var price in (decimal?[])[tier.Input, tier.Output, tier.CacheRead, tier.CacheWrite, tier.CacheWriteHour])
            {
                // One token, and a prime number of them.
                foreach (var tokens in (int[])[1, 104_729])
                {
                    var usd = (price ?? 0) * tokens / 1_000_000m;
                    Assert.Equal(usd, Picodollars.ToUsd(Picodollars.Of(usd)));
                }
            }
        }
    }
}
