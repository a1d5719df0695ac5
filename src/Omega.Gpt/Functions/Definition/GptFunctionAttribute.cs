namespace Omega.Gpt;

/// <summary>Marks a method that a model may call; <see cref="GptFunction.FromMethods(object)"/> finds it.</summary>
/// <param name="name">The function's name; null for the method's in snake_case, without <c>Async</c>.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GptFunctionAttribute(string? name = null) : Attribute
{
    private static readonly GptFunctionOptions Defaults = new();

    /// <summary>The function's name; null for the method's.</summary>
    public string? Name { get; } = name;

    /// <inheritdoc cref="GptFunctionOptions.Effect"/>
    public FunctionEffect Effect { get; init; } = Defaults.Effect;

    /// <inheritdoc cref="GptFunctionOptions.RequiresApproval"/>
    public bool RequiresApproval { get; init; } = Defaults.RequiresApproval;

    /// <summary>Longest time of one run, in seconds.</summary>
    /// <value>Above zero, up to 86,400. Default: 100.</value>
    public double TimeoutSeconds { get; init; } = Defaults.Timeout.TotalSeconds;

    /// <inheritdoc cref="GptFunctionOptions.MaxConcurrency"/>
    public int MaxConcurrency { get; init; } = Defaults.MaxConcurrency;

    /// <inheritdoc cref="GptFunctionOptions.MaxResultBytes"/>
    public int MaxResultBytes { get; init; } = Defaults.MaxResultBytes;

    /// <inheritdoc cref="GptFunctionOptions.ShowsErrors"/>
    public bool ShowsErrors { get; init; } = Defaults.ShowsErrors;

    /// <inheritdoc cref="GptFunctionOptions.StreamedResult"/>
    public StreamedResult StreamedResult { get; init; } = Defaults.StreamedResult;

    internal GptFunctionOptions ToOptions(string method) => new()
    {
        Effect = Effect,
        RequiresApproval = RequiresApproval,
        Timeout = TimeoutSeconds is > 0 and <= 86_400
            ? TimeSpan.FromSeconds(TimeoutSeconds)
            : throw new GptException(GptErrorKind.BadRequest, FormattableString.Invariant($"{method}: TimeoutSeconds is {TimeoutSeconds}; allowed: above 0, up to 86,400.")) { Phase = GptPhase.Request },
        MaxConcurrency = MaxConcurrency,
        MaxResultBytes = MaxResultBytes,
        ShowsErrors = ShowsErrors,
        StreamedResult = StreamedResult,
    };
}
