namespace Omega.Trading.Indicators;

/// <summary>Makes a fresh kernel of checked values.</summary>
internal delegate TKernel KernelFactory<TKernel>(ReadOnlySpan<double> parameters)
    where TKernel : struct;

/// <summary>The warm-up in bars for checked values.</summary>
internal delegate int WarmUpRule(ReadOnlySpan<double> parameters);

/// <summary>What is wrong with values that are each in range, or null.</summary>
internal delegate string? ParameterRule(ReadOnlySpan<double> parameters);

/// <summary>All about an indicator but its kernel.</summary>
internal sealed record IndicatorDefinition(string Name, string Description)
{
    public IReadOnlyList<IndicatorParameter> Parameters { get; init; } = [];

    public IReadOnlyList<string> Outputs { get; init; } = [""];

    public required WarmUpRule WarmUp { get; init; }

    /// <summary>How values must stand to each other.</summary>
    public ParameterRule? Rule { get; init; }

    public bool WarmUpDependsOnData { get; init; }

    /// <summary>The first value must be below the second, as where a fast average is compared with a slow one.</summary>
    public static ParameterRule Below(string first, string second, int at = 0) => values =>
        values[at] < values[at + 1] ? null : FormattableString.Invariant($"{first} is {values[at]} and {second} is {values[at + 1]}; {first} must be below {second}.");
}

/// <summary>What the four shapes of indicators share.</summary>
internal abstract class KernelIndicator<TKernel>(IndicatorDefinition definition, KernelFactory<TKernel> factory) : IndicatorDescriptor
    where TKernel : struct
{
    public sealed override string Name => definition.Name;

    public sealed override string Description => definition.Description;

    public sealed override IReadOnlyList<IndicatorParameter> Parameters => definition.Parameters;

    public sealed override IReadOnlyList<string> Outputs => definition.Outputs;

    public sealed override bool WarmUpDependsOnData => definition.WarmUpDependsOnData;

    public sealed override int WarmUp(ReadOnlySpan<double> parameters)
    {
        ThrowIfWrong(parameters);
        return definition.WarmUp(parameters);
    }

    public sealed override string? Check(ReadOnlySpan<double> parameters)
    {
        if (IndicatorText.Complaint(this, parameters) is { } complaint)
            return complaint;
        return definition.Rule?.Invoke(parameters) is { } broken ? $"{Name}: {broken}" : null;
    }

    /// <exception cref="TradingException">A value is out of range.</exception>
    protected TKernel Kernel(ReadOnlySpan<double> parameters)
    {
        ThrowIfWrong(parameters);
        return factory(parameters);
    }

    private void ThrowIfWrong(ReadOnlySpan<double> parameters)
    {
        if (Check(parameters) is { } complaint)
            throw new TradingException(complaint);
    }
}
