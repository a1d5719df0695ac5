namespace Omega.Trading.Feeds;

/// <summary>What is drawn for an hour before its prices are.</summary>
/// <param name="Level">Logarithm of the price at its beginning.</param>
/// <param name="Variance">Of its logarithmic return.</param>
/// <param name="Volume">In base currency.</param>
internal readonly record struct Hour(double Level, double Variance, double Volume);

/// <summary>
/// The course of a simulated market from hour to hour. An hour's variance is drawn first, then its return given the variance, from a normal
/// law with mean −½ variance: the expected simple return is exactly zero whatever the variance, and the past says nothing of the return's
/// sign. The variance is the product of four things: the hour of the week; a regime (calm, normal, turbulent) that stays for days; a swing
/// that fades within a day; and a draw that gives returns the tails of Student's t with 6 degrees of freedom (4 over a χ² of 6, so that
/// its mean is 1; at most 40). Not thread-safe.
/// </summary>
internal sealed class HourCourse
{
    /// <summary>Standard deviation of returns over a year of 365 × 24 hours, on the mean.</summary>
    public const double AnnualVolatility = 0.55;

    private const double HoursPerYear = 365 * 24;
    private const double SwingDeviation = 0.40;
    private const double SwingHours = 12;
    private const int Freedom = 6;
    private const double MostSurprise = 40;
    private const double UsualVolume = 1300;
    private const double InterestDeviation = 0.7;
    private const double InterestHours = 300;
    private const double VolumeNoise = 0.25;
    private const double VolumeOfVariance = 0.3;

    // Volatility over that of the normal regime, the share of hours, and how many hours one lasts on the mean.
    private static readonly (double Volatility, double Share, double Hours)[] Regimes = [(0.55, 0.36, 360), (1.0, 0.48, 240), (2.0, 0.16, 160)];

    private static readonly double SwingMemory = Math.Exp(-1 / SwingHours);
    private static readonly double SwingDraw = SwingDeviation * Math.Sqrt(1 - (SwingMemory * SwingMemory));

    private static readonly double InterestMemory = Math.Exp(-1 / InterestHours);
    private static readonly double InterestDraw = InterestDeviation * Math.Sqrt(1 - (InterestMemory * InterestMemory));

    // E[e^(2x)] of a normal x is e^(2σ²).
    private static readonly double NormalVariance = AnnualVolatility * AnnualVolatility / HoursPerYear
        / Regimes.Sum(regime => regime.Share * regime.Volatility * regime.Volatility) / Math.Exp(2 * SwingDeviation * SwingDeviation);

    private readonly long _begin;
    private readonly List<Hour> _hours = [];
    private Xoshiro256 _random;
    private int _regime;
    private double _swing;
    private double _interest;
    private double _level;

    /// <param name="key">What sets this market apart from all others.</param>
    /// <param name="begin">Its first hour, in milliseconds since 1970-01-01 UTC.</param>
    /// <param name="price">The price then.</param>
    public HourCourse(ulong key, long begin, double price)
    {
        (_begin, _random, _level) = (begin, new Xoshiro256(key), Math.Log(price));
        _regime = DrawRegime();
        _swing = SwingDeviation * StandardNormal.Next(ref _random);
        _interest = InterestDeviation * StandardNormal.Next(ref _random);
    }

    /// <summary>An hour by its index, from 0. Those before it are drawn with it.</summary>
    public Hour this[int index]
    {
        get
        {
            while (_hours.Count <= index)
                _hours.Add(Draw(_begin + (_hours.Count * 3_600_000L)));
            return _hours[index];
        }
    }

    /// <summary>A logarithmic return of a variance, from a standard normal number: the expectation of its exponential is 1.</summary>
    public static double Return(double variance, double normal) => (Math.Sqrt(variance) * normal) - (variance / 2);

    private Hour Draw(long time)
    {
        if (_random.NextUnit() < 1 / Regimes[_regime].Hours)
            _regime = DrawOther();
        _swing = (_swing * SwingMemory) + (SwingDraw * StandardNormal.Next(ref _random));
        var relative = Regimes[_regime].Volatility * Math.Exp(_swing);
        var unusual = relative * relative * DrawSurprise();
        _interest = (_interest * InterestMemory) + (InterestDraw * StandardNormal.Next(ref _random));
        var profile = DayProfile.At(time);
        var busy = Math.Exp(_interest + (VolumeNoise * StandardNormal.Next(ref _random))) * Math.Pow(unusual, VolumeOfVariance);
        var hour = new Hour(_level, NormalVariance * profile.Variance * unusual, UsualVolume * profile.Volume * busy);
        _level += Return(hour.Variance, StandardNormal.Next(ref _random));
        return hour;
    }

    private double DrawSurprise()
    {
        var squares = 0.0;
        for (var i = 0; i < Freedom; i++)
            squares += StandardNormal.Next(ref _random) is var normal ? normal * normal : 0;
        return Math.Min(MostSurprise, (Freedom - 2) / squares);
    }

    private int DrawRegime() => _random.NextUnit() switch
    {
        var unit when unit < Regimes[0].Share => 0,
        var unit when unit < Regimes[0].Share + Regimes[1].Share => 1,
        _ => 2,
    };

    // Calm and turbulence pass through the normal regime. The shares last where as many hours enter a regime as leave it: share over
    // duration is 0.001 for calm and for turbulence, 0.002 for what lies between.
    private int DrawOther() => _regime != 1 ? 1 : _random.NextUnit() < 0.5 ? 0 : 2;
}
