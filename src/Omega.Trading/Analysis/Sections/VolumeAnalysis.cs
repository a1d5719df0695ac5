using Omega.Trading.Indicators;

namespace Omega.Trading.Analysis;

/// <summary>Volume figures of the bars so far.</summary>
internal sealed class VolumeAnalysis
{
    private Sma _mean = new(20);
    private Cmf _cmf = new(20);
    private Mfi _mfi = new(14);
    private RollingVwap _vwap = new(20);
    private (double Last, double MeanBefore, double Mean) _volumes = (double.NaN, double.NaN, double.NaN);
    private (double Cmf, double Mfi, double Vwap) _values = (double.NaN, double.NaN, double.NaN);

    public void Add(in Candle bar)
    {
        _volumes = (bar.Volume, _volumes.Mean, _mean.Next(bar.Volume));
        _values = (_cmf.Next(bar), _mfi.Next(bar), _vwap.Next(bar));
    }

    public VolumeReport Read(FigureNotes notes)
    {
        const string Untraded = "nothing traded";
        return new VolumeReport
        {
            Last = notes.Of("volume.last", _volumes.Last, 1, FigureNotes.Never),
            Mean20 = notes.Of("volume.mean_20", _volumes.MeanBefore, 21, FigureNotes.Never),
            Relative = notes.Of("volume.relative", Null.Divide(_volumes.Last, _volumes.MeanBefore), 21, Untraded),
            Cmf20 = notes.Of("volume.cmf_20", _values.Cmf, 20, Untraded),
            Mfi14 = notes.Of("volume.mfi_14", _values.Mfi, 15, "no money flowed"),
            Vwap20 = notes.Of("volume.vwap_20", _values.Vwap, 20, Untraded),
        };
    }
}
