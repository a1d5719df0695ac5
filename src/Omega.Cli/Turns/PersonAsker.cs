using System.Text.Json;
using Omega.Cli.Input;
using Omega.Cli.Screen;
using Omega.Gpt;

namespace Omega.Cli.Turns;

/// <summary>Asks the person at the terminal: run, deny, change the arguments, or deny with a reason that the model is told.</summary>
internal sealed class PersonAsker(Terminal terminal, IPrompt prompt, Approvals approvals, TimeProvider time) : ICallAsker
{
    private const string Choices = "run it? y yes · n no · e edit · or say why not: ";

    public async ValueTask AskAsync(FunctionCallApprovalRequiredEvent question, CancellationToken cancellationToken)
    {
        if (approvals.Pending.All(open => open.Approval != question.Approval))
            return;
        using var lapse = new CancellationTokenSource(Max(question.ExpiresAt - time.GetUtcNow(), TimeSpan.FromMilliseconds(1)), time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(lapse.Token, cancellationToken);
        Show(question);
        try
        {
            if (!approvals.Answer(question.Approval, await AnswerAsync(both.Token).ConfigureAwait(false)))
                terminal.Line("Too late: the question has lapsed.", Tone.Warning);
        }
        catch (OperationCanceledException)
        {
            if (cancellationToken.IsCancellationRequested)
                throw;
            terminal.Line("Nobody answered in time; it is not run.", Tone.Warning);
        }
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private void Show(FunctionCallApprovalRequiredEvent question)
    {
        terminal.Marked("approve", $"{question.Name} needs your approval", Tone.Warning);
        foreach (var argument in JsonElement.Parse(question.Arguments).EnumerateObject())
            terminal.Line($"  {argument.Name}: {argument.Value.GetRawText()}", Tone.Accent);
    }

    private async ValueTask<ApprovalDecision> AnswerAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var line = (await prompt.AskAsync(new PromptQuestion(Choices), cancellationToken).ConfigureAwait(false)).Line;
            switch (line?.Trim().ToLowerInvariant())
            {
                case null:
                    return ApprovalDecision.Deny("the person left without an answer");
                case "":
                    continue;
                case "y" or "yes":
                    return ApprovalDecision.Approve;
                case "n" or "no":
                    return ApprovalDecision.Deny();
                case "e" or "edit":
                    if (await EditAsync(cancellationToken).ConfigureAwait(false) is { } edited)
                        return edited;
                    break;
                default:
                    return ApprovalDecision.Deny(line.Trim());
            }
        }
    }

    private async ValueTask<ApprovalDecision?> EditAsync(CancellationToken cancellationToken)
    {
        var line = (await prompt.AskAsync(new PromptQuestion("all arguments, as one JSON object: "), cancellationToken).ConfigureAwait(false)).Line?.Trim();
        if (string.IsNullOrEmpty(line))
            return null;
        try
        {
            if (JsonElement.Parse(line).ValueKind == JsonValueKind.Object)
                return ApprovalDecision.Edit(line);
            terminal.Line("That is no JSON object.", Tone.Warning);
        }
        catch (JsonException exception)
        {
            terminal.Line($"That is not JSON, at character {exception.BytePositionInLine + 1}.", Tone.Warning);
        }

        return null;
    }
}
