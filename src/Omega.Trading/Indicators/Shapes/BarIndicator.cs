namespace Omega.Trading.Indicators;

/// <summary>Whole bars in, one value out.</summary>
internal sealed class BarIndicator<TKernel>(IndicatorDefinition definition, KernelFactory<TKernel> factory) : KernelIndicator<TKernel>(definition, factory)
    where TKernel : struct, IBarKernel
{
    public override bool TakesSource => false;

    public override IndicatorStream Create(ReadOnlySpan<double> parameters) => new Stream(Kernel(parameters));

    internal override TResult Use<TResult>(ReadOnlySpan<double> parameters, IKernelUser<TResult> user) => user.Bars(Kernel(parameters));

    internal override void Fill(ReadOnlySpan<double> parameters, CandleSeries series, ReadOnlySpan<double> source, double[][] columns)
    {
        var kernel = Kernel(parameters);
        var column = columns[0];
        for (var i = 0; i < column.Length; i++)
            column[i] = kernel.Next(series[i]);
    }

    private sealed class Stream(TKernel kernel) : IndicatorStream
    {
#pragma warning disable IDE0044 // A kernel changes itself; in a readonly field its copies would.
        private TKernel _kernel = kernel;
#pragma warning restore IDE0044

        public override int Outputs => 1;

        public override double Next(in Candle bar, double value) => _kernel.Next(bar);

        public override void Next(in Candle bar, double value, Span<double> outputs) => outputs[0] = _kernel.Next(bar);
    }
}
