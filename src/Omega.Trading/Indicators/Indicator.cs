namespace Omega.Trading.Indicators;

/// <summary>An indicator with a value for each of its parameters, such as <c>macd:12,26,9</c>. Immutable and thread-safe.</summary>
public sealed class Indicator
{
    private readonly double[] _parameters;

    internal Indicator(IndicatorDescriptor descriptor, double[] parameters)
    {
        if (descriptor.Check(parameters) is { } complaint)
            throw new TradingException(complaint);
        (Descriptor, _parameters) = (descriptor, parameters);
        Columns = IndicatorText.Columns(descriptor, parameters);
    }

    /// <summary>What it is.</summary>
    public IndicatorDescriptor Descriptor { get; }

    /// <summary>The value of each parameter.</summary>
    public IReadOnlyList<double> Parameters => _parameters;

    /// <summary>The names of its columns, such as <c>rsi_14</c>; one for each output.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Bars before the first bar on which every output has a value.</summary>
    public int WarmUpBars => Descriptor.WarmUp(_parameters);

    /// <summary>A fresh run, one bar after the other.</summary>
    public IndicatorStream Start() => Descriptor.Create(_parameters);

    /// <summary>Every bar of a series, equal to the bit to what <see cref="Start"/> yields bar by bar.</summary>
    /// <param name="series">The bars; one series is read as their closes.</param>
    /// <returns>One column for each output; NaN for null.</returns>
    public IReadOnlyList<IndicatorColumn> Over(CandleSeries series) => Over(series, series.Closes);

    /// <summary>Every bar of a series, over another source than the closes.</summary>
    /// <param name="series">The bars.</param>
    /// <param name="source">A value for each bar, NaN for null; ignored by indicators of whole bars.</param>
    /// <returns>One column for each output; NaN for null.</returns>
    /// <exception cref="ArgumentException">The source has another length than the series.</exception>
    public IReadOnlyList<IndicatorColumn> Over(CandleSeries series, ReadOnlySpan<double> source)
    {
        if (source.Length != series.Count)
            throw new ArgumentException($"The source has {source.Length} values for {series.Count} bars.", nameof(source));
        var columns = new double[Columns.Count][];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = new double[series.Count];
        Descriptor.Fill(_parameters, series, source, columns);
        return [.. columns.Select((values, i) => new IndicatorColumn(Columns[i], values))];
    }

    /// <summary>As <see cref="IndicatorCatalog.Parse"/> reads it: <c>macd:12,26,9</c>.</summary>
    public override string ToString() =>
        _parameters.Length == 0 ? Descriptor.Name : $"{Descriptor.Name}:{string.Join(',', _parameters.Select(IndicatorText.Number))}";
}

/// <summary>One output of an indicator over a series.</summary>
public sealed class IndicatorColumn
{
    private readonly double[] _values;

    internal IndicatorColumn(string name, double[] values) => (Name, _values) = (name, values);

    /// <summary>Its name, such as <c>macd_12_26_9_signal</c>.</summary>
    public string Name { get; }

    /// <summary>A value for each bar; NaN for null.</summary>
    public ReadOnlySpan<double> Values => _values;
}
