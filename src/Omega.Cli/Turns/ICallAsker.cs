using Omega.Gpt;

namespace Omega.Cli.Turns;

/// <summary>Asks about a call that needs approval.</summary>
internal interface ICallAsker
{
    /// <summary>Asks, where the question waits for an answer; returns when the turn may go on.</summary>
    ValueTask AskAsync(FunctionCallApprovalRequiredEvent question, CancellationToken cancellationToken);
}
