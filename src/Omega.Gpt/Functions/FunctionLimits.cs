namespace Omega.Gpt;

/// <summary>
/// How far a turn with functions may go. A limit ends the turn with <see cref="GptErrorKind.StepLimit"/>; every call that was not run has
/// a result that says so, and the conversation can go on.
/// </summary>
public sealed record FunctionLimits
{
    internal static FunctionLimits Default { get; } = new();

    /// <summary>Requests to the model. The calls of the last one are not run.</summary>
    /// <value>1 to 1,000. Default: 16.</value>
    public int MaxSteps { get; init; } = 16;

    /// <summary>Calls in one step; at the first one too many the step is stopped and none of its calls with side effects is run.</summary>
    /// <value>1 to 10,000. Default: 64.</value>
    public int MaxCallsPerStep { get; init; } = 64;

    /// <summary>Calls in one turn.</summary>
    /// <value>1 to 100,000. Default: 256.</value>
    public int MaxCallsPerTurn { get; init; } = 256;

    /// <summary>How often the same function may be called with the same arguments in one turn.</summary>
    /// <value>1 to 10,000. Default: 4.</value>
    public int MaxIdenticalCalls { get; init; } = 4;

    /// <summary>How many steps in a row may hold a call that cannot be run as it is written, before the turn is given up.</summary>
    /// <value>0 to 100. Default: 3.</value>
    public int MaxRepairs { get; init; } = 3;

    /// <summary>Calls of the turn that run at once.</summary>
    /// <value>1 to 1,024. Default: 16.</value>
    public int MaxConcurrency { get; init; } = 16;

    /// <summary>Longest arguments of one call, in characters of JSON; a longer one is rejected while it is being written, and its step stopped.</summary>
    /// <value>2 to 16,777,216. Default: 1,048,576.</value>
    public int MaxArgumentsLength { get; init; } = 1024 * 1024;

    /// <summary>How long a person has to approve a call.</summary>
    /// <value>Above zero, up to 24 hours. Default: 5 minutes.</value>
    public TimeSpan ApprovalTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Whether a step is stopped, and its remaining tokens saved, at the first call that is rejected while it is being written. The model is
    /// told why and asked again.
    /// </summary>
    /// <value>Default: false; the step is read to its end.</value>
    public bool AbortStepOnRejectedCall { get; init; }

    /// <summary>Checks ranges.</summary>
    /// <exception cref="GptException">A limit is out of range; the message names it, its value and the range.</exception>
    internal void Validate()
    {
        Check(nameof(MaxSteps), MaxSteps, 1, 1000);
        Check(nameof(MaxCallsPerStep), MaxCallsPerStep, 1, 10_000);
        Check(nameof(MaxCallsPerTurn), MaxCallsPerTurn, 1, 100_000);
        Check(nameof(MaxIdenticalCalls), MaxIdenticalCalls, 1, 10_000);
        Check(nameof(MaxRepairs), MaxRepairs, 0, 100);
        Check(nameof(MaxConcurrency), MaxConcurrency, 1, 1024);
        Check(nameof(MaxArgumentsLength), MaxArgumentsLength, 2, 16 * 1024 * 1024);
        if (ApprovalTimeout <= TimeSpan.Zero || ApprovalTimeout > TimeSpan.FromHours(24))
            throw Invalid($"{nameof(ApprovalTimeout)} is {ApprovalTimeout}; allowed: above zero, up to 24 hours.");

        static void Check(string limit, int value, int least, int most)
        {
            if (value < least || value > most)
                throw Invalid(FormattableString.Invariant($"{limit} is {value}; allowed: {least} to {most}."));
        }

        static GptException Invalid(string message) => new(GptErrorKind.BadRequest, message) { Phase = GptPhase.Request };
    }
}
