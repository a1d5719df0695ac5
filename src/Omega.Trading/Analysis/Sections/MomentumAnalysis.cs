using Omega.Trading.Indicators;

namespace Omega.Trading.Analysis;

/// <summary>Momentum figures of the bars so far.</summary>
internal sealed class MomentumAnalysis
{
    private const double Overbought = 70;
    private const double Oversold = 30;

    private readonly double[] _macdLines = new double[Macd.Lines];
    private readonly double[] _stochasticLines = new double[Stochastic.Lines];
    private Rsi _rsi = new(14);
    private Macd _macd = new(12, 26, 9);
    private Roc _change10 = new(10);
    private Roc _change50 = new(50);
    private Stochastic _stochastic = new(14, 3, 3);
    private (double Rsi, double Change10, double Change50) _values = (double.NaN, double.NaN, double.NaN);

    public MomentumAnalysis()
    {
        _macdLines.AsSpan().Fill(double.NaN);
        _stochasticLines.AsSpan().Fill(double.NaN);
    }

    public void Add(in Candle bar)
    {
        _values = (_rsi.Next(bar.Close), _change10.Next(bar.Close), _change50.Next(bar.Close));
        _macd.Next(bar.Close, _macdLines);
        _stochastic.Next(bar, _stochasticLines);
    }

    public MomentumReport Read(FigureNotes notes)
    {
        const string Still = "nothing moved";
        const string NoRange = "the bars have no range";
        var rsi = notes.Of("momentum.rsi_14", _values.Rsi, 15, Still);
        if (rsi is null)
            notes.Add("momentum.state", 15, Still);
        return new MomentumReport
        {
            State = rsi switch
            {
                null => null,
                >= Overbought => MomentumState.Overbought,
                <= Oversold => MomentumState.Oversold,
                _ => MomentumState.Neutral,
            },
            Rsi14 = rsi,
            MacdLine = notes.Of("momentum.macd_line", _macdLines[0], 26, FigureNotes.Never),
            MacdSignal = notes.Of("momentum.macd_signal", _macdLines[1], 34, FigureNotes.Never),
            MacdHistogram = notes.Of("momentum.macd_histogram", _macdLines[2], 34, FigureNotes.Never),
            Roc10 = notes.Of("momentum.roc_10", _values.Change10 / 100, 11, FigureNotes.Never),
            Roc50 = notes.Of("momentum.roc_50", _values.Change50 / 100, 51, FigureNotes.Never),
            StochasticK = notes.Of("momentum.stochastic_k", _stochasticLines[0], 16, NoRange),
            StochasticD = notes.Of("momentum.stochastic_d", _stochasticLines[1], 18, NoRange),
        };
    }
}
