namespace Omega.Gpt;

/// <summary>A call that a person is asked about.</summary>
public sealed record ApprovalRequest
{
    /// <summary>The approval's id, to answer with. It cannot be guessed, and no model sees it.</summary>
    public required string Approval { get; init; }

    /// <summary>The call's id.</summary>
    public required string Call { get; init; }

    /// <summary>The turn's id.</summary>
    public required string Turn { get; init; }

    /// <summary>The conversation's id.</summary>
    public required string Conversation { get; init; }

    /// <summary>The function.</summary>
    public required FunctionDefinition Function { get; init; }

    /// <summary>The arguments as JSON text; they satisfy the function's schema.</summary>
    public required string Arguments { get; init; }

    /// <summary>When the question lapses, UTC. A call that nobody answered for is denied.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>Decides on a call. May be asked about several calls at once.</summary>
/// <remarks>
/// It is called just before <see cref="FunctionCallApprovalRequiredEvent"/> is shown, so that an answer to the event is never too early: it
/// must not block, only return a task. Where it throws, the call is denied.
/// </remarks>
/// <param name="request">The call.</param>
/// <param name="cancellationToken">Cancelled when the question lapses or the turn is cancelled.</param>
public delegate ValueTask<ApprovalDecision> Approver(ApprovalRequest request, CancellationToken cancellationToken);
