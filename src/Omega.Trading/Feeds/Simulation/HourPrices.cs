using System.Runtime.CompilerServices;

namespace Omega.Trading.Feeds;

/// <summary>
/// The prices within an hour of a simulated market, one every ten seconds. Their logarithms are a random walk with normal steps, bound to
/// end where the next hour begins (a Brownian bridge): given that the whole hour's return was drawn from the normal law, this is the same
/// law as that of steps drawn one after the other, each with an expected simple return of zero. Minutes differ in how lively they are, in
/// variance and volume alike. Not thread-safe; reused from hour to hour.
/// </summary>
internal sealed class HourPrices
{
    public const int Minutes = 60;
    public const int PerMinute = 6;
    public const int Count = Minutes * PerMinute;

    // Least share of the mean variance that a minute has; the rest is drawn.
    private const double LeastShare = 0.1;

    // Mean values of 256 equal slices of the exponential law with mean 1: cheaper than a logarithm a minute.
    private static readonly double[] Exponential = MakeExponential();

    private readonly double[] _levels = new double[Count];
    private readonly double[] _shares = new double[Minutes];
    private readonly double[] _deviations = new double[Minutes];
    private readonly double[] _volumes = new double[Minutes];

    /// <summary>Logarithms of the prices.</summary>
    public ReadOnlySpan<double> Levels => _levels;

    /// <summary>Volumes of the minutes.</summary>
    public ReadOnlySpan<double> Volumes => _volumes;

    /// <summary>Draws an hour.</summary>
    /// <param name="key">What sets it apart from all others.</param>
    /// <param name="hour">What was drawn for it before.</param>
    /// <param name="next">Logarithm of the price at its end.</param>
    public void Draw(ulong key, Hour hour, double next)
    {
        var random = new Xoshiro256(key);
        DrawShares(ref random, hour.Volume);
        DrawSteps(ref random, hour, next);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DrawShares(ref Xoshiro256 random, double volume)
    {
        var (shares, volumes) = (0.0, 0.0);
        for (var minute = 0; minute < Minutes; minute++)
        {
            var bits = random.Next();
            _shares[minute] = LeastShare + ((1 - LeastShare) * Exponential[bits & 255]);
            _volumes[minute] = _shares[minute] * (LeastShare + Exponential[(bits >> 8) & 255]);
            (shares, volumes) = (shares + _shares[minute], volumes + _volumes[minute]);
        }

        var (perShare, perVolume) = (1 / shares, volume / volumes);
        for (var minute = 0; minute < Minutes; minute++)
        {
            _shares[minute] *= perShare;
            _volumes[minute] = Quantity(_volumes[minute] * perVolume);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DrawSteps(ref Xoshiro256 random, Hour hour, double next)
    {
        StandardNormal.Fill(ref random, _levels);
        var sum = 0.0;
        for (var minute = 0; minute < Minutes; minute++)
        {
            var ofMinute = 0.0;
            foreach (var step in _levels.AsSpan(minute * PerMinute, PerMinute))
                ofMinute += step;
            sum += ofMinute * (_deviations[minute] = Math.Sqrt(hour.Variance * _shares[minute] / PerMinute));
        }

        // What the free walk misses the end by is spread over the steps by their variance.
        var (missing, level) = (next - hour.Level - sum, hour.Level);
        for (var minute = 0; minute < Minutes; minute++)
        {
            var (deviation, correction) = (_deviations[minute], missing * _shares[minute] / PerMinute);
            foreach (ref var step in _levels.AsSpan(minute * PerMinute, PerMinute))
            {
                var move = (deviation * step) + correction;
                step = level;
                level += move;
            }
        }
    }

    /// <summary>Rounded to 0.00001, so that sums of volumes can be rounded to the same whatever they were summed from.</summary>
    public static double Quantity(double volume) => Math.Round(volume * 1e5) / 1e5;

    private static double[] MakeExponential()
    {
        // The integral of −ln u is u − u ln u.
        static double Integral(double u) => u > 0 ? u - (u * Math.Log(u)) : 0;
        return [.. Enumerable.Range(0, 256).Select(i => 256 * (Integral((i + 1) / 256.0) - Integral(i / 256.0)))];
    }
}
