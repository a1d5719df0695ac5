namespace Omega.Trading.Indicators;

/// <summary>What an indicator is: its name, its parameters and how to run it. Immutable.</summary>
public abstract class IndicatorDescriptor
{
    private protected IndicatorDescriptor()
    {
    }

    /// <summary>Name in expressions, files and columns: lower case, such as <c>ema</c>.</summary>
    public abstract string Name { get; }

    /// <summary>One sentence: what it shows, and by which definition.</summary>
    public abstract string Description { get; }

    /// <summary>Parameters in order, with defaults and ranges.</summary>
    public abstract IReadOnlyList<IndicatorParameter> Parameters { get; }

    /// <summary>Names of the outputs in the order of the columns; one empty name where there is only one.</summary>
    public abstract IReadOnlyList<string> Outputs { get; }

    /// <summary>Whether it reads one series, which may be any expression; otherwise it reads whole bars.</summary>
    public abstract bool TakesSource { get; }

    /// <summary>
    /// Whether <see cref="WarmUp"/> is only the least: the first values wait for the market (a swing) or the calendar (a new day). Elsewhere
    /// it is exact on bars that move and trade.
    /// </summary>
    public abstract bool WarmUpDependsOnData { get; }

    /// <summary>Bars before the first bar on which every output has a value.</summary>
    /// <param name="parameters">A value for each parameter, checked by <see cref="Check"/>.</param>
    public abstract int WarmUp(ReadOnlySpan<double> parameters);

    /// <summary>A fresh run.</summary>
    /// <param name="parameters">A value for each parameter.</param>
    /// <exception cref="TradingException">A value is out of range; the message names it and the range.</exception>
    public abstract IndicatorStream Create(ReadOnlySpan<double> parameters);

    /// <summary>What is wrong with the values, or null.</summary>
    /// <param name="parameters">A value for each parameter.</param>
    public abstract string? Check(ReadOnlySpan<double> parameters);

    /// <summary>This indicator with values for its parameters.</summary>
    /// <param name="parameters">Values in order; what is left out takes its default.</param>
    /// <exception cref="TradingException">A value is out of range, or there are too many.</exception>
    public Indicator With(params ReadOnlySpan<double> parameters) => new(this, Complete(parameters));

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Hands a fresh kernel, as the struct it is, to code that is generic over kernels.</summary>
    /// <exception cref="TradingException">A value is out of range.</exception>
    internal abstract TResult Use<TResult>(ReadOnlySpan<double> parameters, IKernelUser<TResult> user);

    /// <summary>The whole of a series at once, by the same kernel as the stream.</summary>
    /// <param name="parameters">Checked values.</param>
    /// <param name="series">The bars.</param>
    /// <param name="source">The values of a source, one a bar; not read where <see cref="TakesSource"/> is false.</param>
    /// <param name="columns">One array for each output, as long as the series.</param>
    internal abstract void Fill(ReadOnlySpan<double> parameters, CandleSeries series, ReadOnlySpan<double> source, double[][] columns);

    private double[] Complete(ReadOnlySpan<double> given)
    {
        if (given.Length > Parameters.Count)
            throw new TradingException($"{Name} takes {IndicatorText.Takes(Parameters)}, but {given.Length} values were given.");
        var values = new double[Parameters.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = i < given.Length ? given[i] : Parameters[i].Default;
        return values;
    }
}
