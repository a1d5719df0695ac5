namespace Omega.Gpt;

/// <summary>A person's or a policy's answer to an <see cref="ApprovalRequest"/>.</summary>
public sealed record ApprovalDecision
{
    private ApprovalDecision(bool isApproved, string? arguments, string? reason) => (IsApproved, Arguments, Reason) = (isApproved, arguments, reason);

    /// <summary>Run the call as the model wrote it.</summary>
    public static ApprovalDecision Approve { get; } = new(true, null, null);

    /// <summary>Whether the call may be run.</summary>
    public bool IsApproved { get; }

    /// <summary>Other arguments to run it with, as JSON text; null for those the model wrote.</summary>
    public string? Arguments { get; }

    /// <summary>Why not, for the model; null where no reason was given.</summary>
    public string? Reason { get; }

    /// <summary>Run the call with other arguments. They are validated like the model's, and the model is told of them.</summary>
    /// <param name="arguments">The arguments as JSON text.</param>
    public static ApprovalDecision Edit(string arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return new(true, arguments, null);
    }

    /// <summary>Do not run the call. The model sees the denial as the call's result.</summary>
    /// <param name="reason">Why, for the model; null for no reason.</param>
    public static ApprovalDecision Deny(string? reason = null) => new(false, null, string.IsNullOrWhiteSpace(reason) ? null : reason.Trim());
}
