using Omega.Trading.Indicators;

// Kernels are mutable structs: a readonly field would run a copy.
#pragma warning disable IDE0044

namespace Omega.Trading.Expressions;

/// <summary>Makes the node that runs a kernel, generic over it: no call and no box between the two.</summary>
/// <param name="source">What an indicator of one series reads; null for the closes.</param>
/// <param name="closes">The closes of its bars.</param>
internal sealed class IndicatorNodes(NumberNode? source, NumberNode closes) : IKernelUser<Node>
{
    public Node Series<TKernel>(TKernel kernel)
        where TKernel : struct, ISeriesKernel => source is null ? new CloseKernelNode<TKernel>(kernel) : new SeriesKernelNode<TKernel>(kernel, source);

    public Node Bars<TKernel>(TKernel kernel)
        where TKernel : struct, IBarKernel => new BarKernelNode<TKernel>(kernel);

    public Node SeriesLines<TKernel>(TKernel kernel)
        where TKernel : struct, ISeriesLinesKernel => new SeriesLinesNode<TKernel>(kernel, source ?? closes);

    public Node BarsLines<TKernel>(TKernel kernel)
        where TKernel : struct, IBarLinesKernel => new BarLinesNode<TKernel>(kernel);
}

/// <summary>Most indicators read closes: straight from the bar.</summary>
internal sealed class CloseKernelNode<TKernel>(TKernel kernel) : NumberNode
    where TKernel : struct, ISeriesKernel
{
    private TKernel _kernel = kernel;

    public override void Advance(in Candle bar) => Value = _kernel.Next(bar.Close);
}

internal sealed class SeriesKernelNode<TKernel>(TKernel kernel, NumberNode source) : NumberNode
    where TKernel : struct, ISeriesKernel
{
    private readonly NumberNode _source = source;
    private TKernel _kernel = kernel;

    public override void Advance(in Candle bar) => Value = _kernel.Next(_source.Value);
}

internal sealed class BarKernelNode<TKernel>(TKernel kernel) : NumberNode
    where TKernel : struct, IBarKernel
{
    private TKernel _kernel = kernel;

    public override void Advance(in Candle bar) => Value = _kernel.Next(bar);
}

/// <summary>An indicator with several outputs.</summary>
internal abstract class LinesNode : Node
{
    private readonly NumberSlot[] _outputs;

    protected LinesNode(int lines) => (Lines, _outputs) = (new double[lines], [.. Enumerable.Range(0, lines).Select(_ => new NumberSlot())]);

    protected double[] Lines { get; }

    public NumberNode Output(int index) => _outputs[index];

    protected void Publish()
    {
        for (var i = 0; i < _outputs.Length; i++)
            _outputs[i].Value = Lines[i];
    }
}

internal sealed class SeriesLinesNode<TKernel>(TKernel kernel, NumberNode source) : LinesNode(TKernel.Lines)
    where TKernel : struct, ISeriesLinesKernel
{
    private readonly NumberNode _source = source;
    private TKernel _kernel = kernel;

    public override void Advance(in Candle bar)
    {
        _kernel.Next(_source.Value, Lines);
        Publish();
    }
}

internal sealed class BarLinesNode<TKernel>(TKernel kernel) : LinesNode(TKernel.Lines)
    where TKernel : struct, IBarLinesKernel
{
    private TKernel _kernel = kernel;

    public override void Advance(in Candle bar)
    {
        _kernel.Next(bar, Lines);
        Publish();
    }
}
