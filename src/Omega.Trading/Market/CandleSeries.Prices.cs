namespace Omega.Trading;

public sealed partial class CandleSeries
{
    // 0 until somebody asked. Whoever asks at the same time finds the same, and eight bytes are written at once.
    private double _lowestSound;

    /// <summary>
    /// The lowest price where every candle is sound (<see cref="PriceSurvey"/>), else NaN. Looked for once: a search runs thousands of
    /// back-tests over one series.
    /// </summary>
    internal double LowestSoundPrice
    {
        get
        {
            if (_lowestSound == 0)
                _lowestSound = PriceSurvey.Of(Opens, Highs, Lows, Closes) is { IsSound: true } survey ? survey.Lowest : double.NaN;
            return _lowestSound;
        }
    }
}
