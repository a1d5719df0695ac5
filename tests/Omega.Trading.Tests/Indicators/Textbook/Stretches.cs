using System.Globalization;

namespace Omega.Trading.Tests.Indicators.Textbook;

/// <summary>Which bars of a long series are compared: OMEGA_ROUNDS fiftieths of them, spread over the whole; all with 50 or more.</summary>
internal static class Stretches
{
    private const int Length = 500;
    private const int LengthOfAll = 4_000;

    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("OMEGA_ROUNDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) && rounds > 0 ? rounds : 5;

    /// <summary>Stretches of a series of so many bars: a seeded one out of each few, and always the first and the last.</summary>
    public static IEnumerable<(int From, int To)> Of(int count)
    {
        var (length, few) = Rounds >= 50 ? (LengthOfAll, 1) : (Length, 50 / Rounds);
        var all = Enumerable.Range(0, (count + length - 1) / length).Select(i => (i * length, Math.Min((i + 1) * length, count))).ToArray();
        var random = new Random(1);
        return all.Chunk(few).Select(some => some[random.Next(some.Length)]).Prepend(all[0]).Append(all[^1]).Distinct();
    }
}
