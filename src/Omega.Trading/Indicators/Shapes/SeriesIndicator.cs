namespace Omega.Trading.Indicators;

/// <summary>Makes a stream of checked values.</summary>
internal delegate IndicatorStream StreamFactory(ReadOnlySpan<double> parameters);

/// <summary>One series in, one value out. Runs bar by bar in a stream around its kernel, unless it brings a stream of its own.</summary>
internal sealed class SeriesIndicator<TKernel>(IndicatorDefinition definition, KernelFactory<TKernel> factory, StreamFactory? stream = null)
    : KernelIndicator<TKernel>(definition, factory)
    where TKernel : struct, ISeriesKernel
{
    public override bool TakesSource => true;

    public override IndicatorStream Create(ReadOnlySpan<double> parameters)
    {
        var kernel = Kernel(parameters);
        return stream is null ? new Stream(kernel) : stream(parameters);
    }

    internal override TResult Use<TResult>(ReadOnlySpan<double> parameters, IKernelUser<TResult> user) => user.Series(Kernel(parameters));

    internal override void Fill(ReadOnlySpan<double> parameters, CandleSeries series, ReadOnlySpan<double> source, double[][] columns)
    {
        var kernel = Kernel(parameters);
        var column = columns[0];
        for (var i = 0; i < source.Length; i++)
            column[i] = kernel.Next(source[i]);
    }

    private sealed class Stream(TKernel kernel) : IndicatorStream
    {
#pragma warning disable IDE0044 // A kernel changes itself; in a readonly field its copies would.
        private TKernel _kernel = kernel;
#pragma warning restore IDE0044

        public override int Outputs => 1;

        public override double Next(in Candle bar, double value) => _kernel.Next(value);

        public override void Next(in Candle bar, double value, Span<double> outputs) => outputs[0] = _kernel.Next(value);
    }
}
