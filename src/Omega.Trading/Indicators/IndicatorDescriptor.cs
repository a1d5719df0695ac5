namespace Omega.Trading.Indicators;

/// <summary>What an indicator is: its name, its parameters and how to run it. Immutable.</summary>
public abstract class IndicatorDescriptor
{
    /// <summary>Name in expressions, files and columns: lower case, such as <c>ema</c>.</summary>
    public abstract string Name { get; }

    /// <summary>One sentence: what it shows, and by which definition.</summary>
    public abstract string Description { get; }

    /// <summary>Parameters in order, with defaults and ranges.</summary>
    public abstract IReadOnlyList<IndicatorParameter> Parameters { get; }

    /// <summary>Names of the outputs, the main one first; one empty name where there is only one.</summary>
    public abstract IReadOnlyList<string> Outputs { get; }

    /// <summary>Whether it reads one series, which may be any expression; otherwise it reads whole bars.</summary>
    public abstract bool TakesSource { get; }

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
}

/// <summary>A parameter of an indicator.</summary>
/// <param name="Name">Its name, such as <c>length</c>.</param>
/// <param name="Default">The usual value.</param>
/// <param name="Minimum">Smallest value allowed.</param>
/// <param name="Maximum">Largest value allowed.</param>
/// <param name="IsInteger">Whether only whole numbers are allowed.</param>
public sealed record IndicatorParameter(string Name, double Default, double Minimum, double Maximum, bool IsInteger);
