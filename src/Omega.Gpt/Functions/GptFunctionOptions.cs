namespace Omega.Gpt;

/// <summary>How a function is run.</summary>
public sealed record GptFunctionOptions
{
    /// <summary>What running it does.</summary>
    /// <value>Default: <see cref="FunctionEffect.SideEffect"/>.</value>
    public FunctionEffect Effect { get; init; }

    /// <summary>Longest time of one run.</summary>
    /// <value>Above zero, up to 24 hours. Default: 100 seconds.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>How many of its calls run at once.</summary>
    /// <value>1 to 1,024. Default: 16.</value>
    public int MaxConcurrency { get; init; } = 16;

    /// <summary>Whether a person must approve each call.</summary>
    /// <value>Default: false.</value>
    public bool RequiresApproval { get; init; }

    /// <summary>Largest result, as UTF-8 bytes of JSON; a larger one is a failure.</summary>
    /// <value>1 to 16 MiB. Default: 256 KiB.</value>
    public int MaxResultBytes { get; init; } = 256 * 1024;

    /// <summary>Whether the message of an exception that it throws is told to the model.</summary>
    /// <value>Default: false; the model learns only that the function failed.</value>
    public bool ShowsErrors { get; init; }

    /// <summary>What the model gets of a result that comes item by item.</summary>
    /// <value>Default: <see cref="StreamedResult.All"/>.</value>
    public StreamedResult StreamedResult { get; init; }
}
