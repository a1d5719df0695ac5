namespace Omega.Gpt;

/// <summary>
/// Questions that wait for an answer by id: for programs that read events and answer later, on another thread or over a wire. Give
/// <see cref="AskAsync"/> to <see cref="TurnOptions.Approver"/>. Thread-safe.
/// </summary>
public sealed class Approvals
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (ApprovalRequest Request, TaskCompletionSource<ApprovalDecision> Answer)> _open = new(StringComparer.Ordinal);

    /// <summary>The questions that wait, in the order in which they lapse.</summary>
    public IReadOnlyList<ApprovalRequest> Pending
    {
        get
        {
            lock (_gate)
                return [.. _open.Values.Select(open => open.Request).OrderBy(request => request.ExpiresAt)];
        }
    }

    /// <summary>Waits for the answer to a question; an <see cref="Approver"/>.</summary>
    /// <param name="request">The question.</param>
    /// <param name="cancellationToken">Withdraws the question.</param>
    public async ValueTask<ApprovalDecision> AskAsync(ApprovalRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var answer = new TaskCompletionSource<ApprovalDecision>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
            _open.Add(request.Approval, (request, answer));
        try
        {
            return await answer.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
                _open.Remove(request.Approval);
        }
    }

    /// <summary>Answers a question.</summary>
    /// <param name="approval">The approval's id, from <see cref="FunctionCallApprovalRequiredEvent"/>.</param>
    /// <param name="decision">The answer.</param>
    /// <returns>False where no such question waits: it was answered, has lapsed, or never was.</returns>
    public bool Answer(string approval, ApprovalDecision decision)
    {
        ArgumentNullException.ThrowIfNull(approval);
        ArgumentNullException.ThrowIfNull(decision);
        lock (_gate)
            return _open.TryGetValue(approval, out var open) && open.Answer.TrySetResult(decision);
    }
}
