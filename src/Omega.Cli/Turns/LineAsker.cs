using System.Text.Json;
using Omega.Cli.Input;
using Omega.Cli.Screen;
using Omega.Gpt;

namespace Omega.Cli.Turns;

/// <summary>
/// Takes answers from standard input while the turn runs, one JSON object a line:
/// <c>{"approval": "…", "decision": "approve" | "deny", "reason": "…", "arguments": {…}}</c>. When the input ends, what still waits is
/// denied.
/// </summary>
internal sealed class LineAsker : ICallAsker, IAsyncDisposable
{
    private readonly Terminal _terminal;
    private readonly LineInput _lines;
    private readonly Approvals _approvals;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _reading;
    private volatile bool _isClosed;

    public LineAsker(Terminal terminal, LineInput lines, Approvals approvals)
    {
        (_terminal, _lines, _approvals) = (terminal, lines, approvals);
        _reading = ReadAsync();
    }

    /// <summary>The question has gone out as an event; the answer comes when it comes.</summary>
    public ValueTask AskAsync(FunctionCallApprovalRequiredEvent question, CancellationToken cancellationToken)
    {
        if (_isClosed)
            Deny(question.Approval);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
        _ended.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            while (await _lines.ReadAsync(_ended.Token).ConfigureAwait(false) is { } line)
            {
                if (!string.IsNullOrWhiteSpace(line) && Take(line) is { } problem)
                    _terminal.Marked("note", $"answer left out: {problem}", Tone.Warning);
            }

            _isClosed = true;
            foreach (var open in _approvals.Pending)
                Deny(open.Approval);
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            // The turn is over.
        }
    }

    private void Deny(string approval) => _approvals.Answer(approval, ApprovalDecision.Deny("standard input ended without an answer"));

    private string? Take(string line)
    {
        JsonElement answer;
        try
        {
            answer = JsonElement.Parse(line);
        }
        catch (JsonException exception)
        {
            return $"not JSON at character {exception.BytePositionInLine + 1}.";
        }

        if (Text(answer, "approval") is not { } approval)
            return "there is no \"approval\".";
        var decision = Text(answer, "decision") switch
        {
            "approve" when answer.TryGetProperty("arguments", out var arguments) => ApprovalDecision.Edit(arguments.GetRawText()),
            "approve" => ApprovalDecision.Approve,
            "deny" => ApprovalDecision.Deny(Text(answer, "reason")),
            _ => null,
        };
        if (decision is null)
            return "\"decision\" must be \"approve\" or \"deny\".";
        return _approvals.Answer(approval, decision) ? null : $"no question \"{approval}\" waits for an answer.";
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
