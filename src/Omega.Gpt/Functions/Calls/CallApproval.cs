using System.Globalization;
using System.Text.Json;

namespace Omega.Gpt.Functions.Calls;

/// <summary>Asks about a call. What is not clearly approved is denied.</summary>
internal sealed class CallApproval(CallScope scope, CallRunner runner, CancellationToken turn)
{
    /// <summary>Null where the call may be run, with the arguments now in the ticket; else how it ended.</summary>
    public async Task<CallOutcome?> AskAsync(CallTicket ticket)
    {
        if (scope.Approver is not { } approver)
            return Denied(ticket, "it needs a person's approval, and there is nobody to ask");
        var request = new ApprovalRequest
        {
            Approval = scope.Ids.NextTurn(),
            Call = ticket.Id,
            Turn = scope.Turn,
            Conversation = scope.Conversation,
            Function = ticket.Function.Definition,
            Arguments = ticket.Arguments,
            ExpiresAt = scope.Time.GetUtcNow() + scope.Limits.ApprovalTimeout,
        };
        using var limit = new CancellationTokenSource(scope.Limits.ApprovalTimeout, scope.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, turn);
        ApprovalDecision decision;
        try
        {
            var asking = approver(request, stop.Token).AsTask();
            await runner.PostAsync(new FunctionCallApprovalRequiredEvent(ticket.Id, request.Approval, ticket.Name, request.Arguments, request.ExpiresAt)).ConfigureAwait(false);
            decision = await asking.WaitAsync(stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (turn.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return Denied(ticket, string.Create(CultureInfo.InvariantCulture, $"nobody approved it within {scope.Limits.ApprovalTimeout.TotalSeconds:0.###} s"));
        }
        catch (Exception exception)
        {
            return Denied(ticket, "the question whether to run it could not be answered", CallFailure.Describe(exception));
        }

        if (decision is not { IsApproved: true })
            return Denied(ticket, decision?.Reason is { } reason ? $"it was denied: {reason}" : "it was denied");
        return decision.Arguments is { } edited ? TakeEdit(ticket, edited) : null;
    }

    private CallOutcome? TakeEdit(CallTicket ticket, string edited)
    {
        if (edited.Length > scope.Limits.MaxArgumentsLength)
            return Denied(ticket, $"the arguments that were put in place of its own are longer than {scope.Limits.MaxArgumentsLength} characters");
        var result = ticket.Function.Schema.Validate(edited);
        if (!result.IsValid)
            return Denied(ticket, $"the arguments that were put in place of its own are not valid ({result.Errors[0].Message})");
        var values = JsonElement.Parse(edited);
        if (values.ValueKind != JsonValueKind.Object)
            return Denied(ticket, "the arguments that were put in place of its own are no object");
        ticket.Edit(edited, values);
        return null;
    }

    private static CallOutcome Denied(CallTicket ticket, string why, string? detail = null)
    {
        var outcome = CallOutcome.NotRun(new CallProblem(GptErrorKind.ApprovalDenied, $"{ticket.Name} was not run: {why}."));
        return detail is null ? outcome : outcome with { Message = $"{ticket.Name} was not run: {why} ({detail})." };
    }
}
