namespace Omega.Trading.Indicators;

/// <summary>
/// One series in, one value out. Kernels are mutable structs: code that is generic over them pays no call and no allocation a bar. Keep
/// one in a field that is not readonly, and never copy one that has begun. Null is dealt with as <see cref="Null"/> says.
/// </summary>
internal interface ISeriesKernel
{
    /// <summary>Takes the value of the next final bar.</summary>
    double Next(double value);
}

/// <summary>Whole bars in, one value out; otherwise as <see cref="ISeriesKernel"/>.</summary>
internal interface IBarKernel
{
    /// <summary>Takes the next final bar.</summary>
    double Next(in Candle bar);
}

/// <summary>One series in, several values out; otherwise as <see cref="ISeriesKernel"/>.</summary>
internal interface ISeriesLinesKernel
{
    /// <summary>How many values it yields.</summary>
    static abstract int Lines { get; }

    /// <summary>Takes the value of the next final bar and writes every line.</summary>
    void Next(double value, Span<double> lines);
}

/// <summary>Whole bars in, several values out; otherwise as <see cref="ISeriesKernel"/>.</summary>
internal interface IBarLinesKernel
{
    /// <summary>How many values it yields.</summary>
    static abstract int Lines { get; }

    /// <summary>Takes the next final bar and writes every line.</summary>
    void Next(in Candle bar, Span<double> lines);
}

/// <summary>Code that is generic over kernels; see <see cref="IndicatorDescriptor.Use"/>.</summary>
/// <typeparam name="TResult">What it makes of a kernel.</typeparam>
internal interface IKernelUser<TResult>
{
    TResult Series<TKernel>(TKernel kernel)
        where TKernel : struct, ISeriesKernel;

    TResult Bars<TKernel>(TKernel kernel)
        where TKernel : struct, IBarKernel;

    TResult SeriesLines<TKernel>(TKernel kernel)
        where TKernel : struct, ISeriesLinesKernel;

    TResult BarsLines<TKernel>(TKernel kernel)
        where TKernel : struct, IBarLinesKernel;
}
