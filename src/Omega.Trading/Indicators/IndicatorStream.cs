namespace Omega.Trading.Indicators;

/// <summary>
/// An indicator as it runs, one final bar after the other. Constant work and no allocation a bar. Null is <see cref="double.NaN"/>
/// inside the library: before the warm-up, and wherever a value cannot be computed. Not thread-safe; one for each series.
/// </summary>
public abstract class IndicatorStream
{
    /// <summary>How many values it yields a bar.</summary>
    public abstract int Outputs { get; }

    /// <summary>Takes the next final bar and yields the first output.</summary>
    /// <param name="bar">The bar, for indicators of whole bars.</param>
    /// <param name="value">The source's value at that bar, for indicators of one series (the close unless another is given).</param>
    /// <returns>The value, or NaN for null.</returns>
    public abstract double Next(in Candle bar, double value);

    /// <summary>Takes the next final bar and yields every output.</summary>
    /// <param name="bar">The bar.</param>
    /// <param name="value">The source's value at that bar.</param>
    /// <param name="outputs">Receives <see cref="Outputs"/> values; NaN for null.</param>
    public abstract void Next(in Candle bar, double value, Span<double> outputs);
}
