namespace Omega.Gpt;

/// <summary>How a function is run.</summary>
public sealed record GptFunctionOptions
{
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromHours(24);
    private const int LargestResult = 16 * 1024 * 1024;

    /// <summary>What running it does.</summary>
    /// <value>Default: <see cref="FunctionEffect.SideEffect"/>.</value>
    public FunctionEffect Effect { get; init; }

    /// <summary>Longest time of one run.</summary>
    /// <value>Above zero, up to 24 hours. Default: 100 seconds.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>How many of its calls run at once, over all turns. A call whose time was up no longer counts.</summary>
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

    /// <summary>Checks ranges.</summary>
    /// <exception cref="GptException">An option is out of range; the message names it, its value and the range.</exception>
    internal void Validate(string function)
    {
        Check(Effect is FunctionEffect.SideEffect or FunctionEffect.Pure, nameof(Effect), Effect, "SideEffect or Pure");
        Check(Timeout > TimeSpan.Zero && Timeout <= LongestTimeout, nameof(Timeout), Timeout, "above zero, up to 24 hours");
        Check(MaxConcurrency is >= 1 and <= 1024, nameof(MaxConcurrency), MaxConcurrency, "1 to 1024");
        Check(MaxResultBytes is >= 1 and <= LargestResult, nameof(MaxResultBytes), MaxResultBytes, $"1 to {LargestResult}");

        void Check(bool holds, string option, object value, string range)
        {
            if (!holds)
                throw new GptException(GptErrorKind.BadRequest, FormattableString.Invariant($"Function \"{function}\": {option} is {value}; allowed: {range}.")) { Phase = GptPhase.Request };
        }
    }
}
