namespace Omega.Trading.Indicators;

/// <summary>One series in, several values out.</summary>
internal sealed class SeriesLinesIndicator<TKernel>(IndicatorDefinition definition, KernelFactory<TKernel> factory) : KernelIndicator<TKernel>(definition, factory)
    where TKernel : struct, ISeriesLinesKernel
{
    public override bool TakesSource => true;

    public override IndicatorStream Create(ReadOnlySpan<double> parameters) => new Stream(Kernel(parameters));

    internal override TResult Use<TResult>(ReadOnlySpan<double> parameters, IKernelUser<TResult> user) => user.SeriesLines(Kernel(parameters));

    internal override void Fill(ReadOnlySpan<double> parameters, CandleSeries series, ReadOnlySpan<double> source, double[][] columns)
    {
        var kernel = Kernel(parameters);
        Span<double> lines = stackalloc double[TKernel.Lines];
        for (var i = 0; i < source.Length; i++)
        {
            kernel.Next(source[i], lines);
            for (var line = 0; line < columns.Length; line++)
                columns[line][i] = lines[line];
        }
    }

    private sealed class Stream(TKernel kernel) : IndicatorStream
    {
#pragma warning disable IDE0044 // A kernel changes itself; in a readonly field its copies would.
        private TKernel _kernel = kernel;
#pragma warning restore IDE0044

        public override int Outputs => TKernel.Lines;

        public override double Next(in Candle bar, double value)
        {
            Span<double> lines = stackalloc double[TKernel.Lines];
            _kernel.Next(value, lines);
            return lines[0];
        }

        public override void Next(in Candle bar, double value, Span<double> outputs) => _kernel.Next(value, outputs[..TKernel.Lines]);
    }
}
