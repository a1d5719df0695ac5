namespace Omega.Gpt;

/// <summary>
/// Money as the ledger adds it: whole millionths of a millionth of a US dollar, in which every price for a million tokens with up to six
/// decimals is exact for any number of tokens.
/// </summary>
internal static class Picodollars
{
    /// <summary>The largest amount that a budget or a single cost can have; sums of thousands of such fit.</summary>
    public const decimal MostUsd = 1_000_000m;

    private const decimal PerUsd = 1_000_000_000_000m;

    public static long Of(decimal usd) => (long)decimal.Round(Math.Clamp(usd, -MostUsd, MostUsd) * PerUsd, MidpointRounding.AwayFromZero);

    /// <summary>US dollars without trailing zeros.</summary>
    public static decimal ToUsd(long picodollars) => picodollars / PerUsd / 1.000000000000000000000000000m;
}
