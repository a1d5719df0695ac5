using Omega.Gpt.Functions.Calls;

namespace Omega.Gpt.Turns;

/// <summary>The state of <see cref="TurnFold"/>: messages that are certain, the step that is open, and results without a message.</summary>
internal sealed class TurnFolding
{
    private readonly TurnHeader _header;
    private readonly List<Message> _messages = [];
    private readonly HashSet<string> _answered = new(StringComparer.Ordinal);
    private readonly List<FunctionResultPart> _results = [];
    private readonly StepSpending _spending = new();
    private StepParts _step = new();
    private StepCompletedEvent? _stepEnd;
    private GptEvent? _end;
    private string _model;
    private DateTimeOffset _updated;

    public TurnFolding(TurnHeader header)
    {
        _header = header;
        _model = header.Model;
        _updated = header.At;
        foreach (var message in header.Input)
            Keep(message);
    }

    /// <summary>Takes a recorded message. The model's stands for everything that its step has shown.</summary>
    public void Add(Message message)
    {
        switch (message.Role)
        {
            case Role.Assistant:
                Keep(message with { Model = message.Model ?? _model });
                _spending.Record(message);
                CloseStep();
                break;
            case Role.Function:
                FlushStep(MessageState.Interrupted);
                Keep(message);
                foreach (var result in message.Parts.OfType<FunctionResultPart>())
                {
                    _answered.Add(result.Call);
                    _results.RemoveAll(pending => pending.Call == result.Call);
                }

                break;
            default:
                Flush();
                Keep(message);
                break;
        }
    }

    /// <summary>Takes an event.</summary>
    public void Add(GptEvent gptEvent)
    {
        if (gptEvent.At > _updated)
            _updated = gptEvent.At;
        if (_step.TryAdd(gptEvent))
            return;
        switch (gptEvent)
        {
            case TurnStartedEvent started:
                _model = started.Model;
                break;
            case ModelSwitchedEvent switched:
                _model = switched.To;
                break;
            case StepStartedEvent:
                Flush();
                break;
            case StepCompletedEvent completed:
                _stepEnd = completed;
                break;
            case UsageUpdatedEvent updated:
                _spending.Update(updated.Usage, updated.Cost);
                break;
            case FunctionCallCompletedEvent completed:
                AddResult(new FunctionResultPart(completed.Call, completed.Name, completed.Result));
                break;
            case FunctionCallFailedEvent failed:
                AddResult(Error(failed.Call, failed.Name, failed.Kind, failed.Message));
                break;
            case FunctionCallRejectedEvent rejected:
                AddResult(Error(rejected.Call, rejected.Name, rejected.Kind, rejected.Message));
                break;
            case TurnCompletedEvent completed:
                _model = $"{completed.Provider}/{completed.Model}";
                _end = completed;
                _spending.Update(completed.Usage, completed.Cost);
                break;
            case TurnFailedEvent failed:
                _end = failed;
                _spending.Update(failed.Usage, failed.Cost);
                break;
            case TurnCancelledEvent cancelled:
                _end = cancelled;
                _spending.Update(cancelled.Usage, cancelled.Cost);
                break;
        }
    }

    /// <summary>What the log said, with the open step as the end of the log leaves it.</summary>
    public FoldedTurn End()
    {
        FlushStep(_end switch
        {
            TurnCompletedEvent => MessageState.Complete,
            // As the turn loop marks it: a broken or slow stream interrupts a message, an error fails it.
            TurnFailedEvent { Kind: GptErrorKind.StreamInterrupted or GptErrorKind.Timeout } => MessageState.Interrupted,
            TurnFailedEvent => MessageState.Failed,
            TurnCancelledEvent => MessageState.Cancelled,
            _ => MessageState.Interrupted,
        });
        FlushResults();
        var answered = _messages.FindLast(message => message.Role == Role.Assistant)?.Model;
        return new FoldedTurn(_messages, answered ?? _model, _updated, _end is not null);
    }

    /// <summary>
    /// What the model is told of a call that went wrong, where only the event is left. Its detail is for the caller: what a function's
    /// exception said reaches the model only in a recorded result.
    /// </summary>
    public static string Told(string name, GptErrorKind kind, string message) => kind == GptErrorKind.FunctionExecution ? $"{name} failed while it ran." : message;

    private static FunctionResultPart Error(string call, string name, GptErrorKind kind, string message) =>
        new(call, name, new CallProblem(kind, Told(name, kind, message)).ToJson()) { IsError = true };

    private void Keep(Message message) => _messages.Add(message.Turn is null ? message with { Turn = _header.Turn } : message);

    private void AddResult(FunctionResultPart result)
    {
        // A resumed turn may report a result again; the first one is what the model was told.
        if (_answered.Add(result.Call))
            _results.Add(result);
    }

    private void Flush()
    {
        FlushStep(MessageState.Interrupted);
        FlushResults();
    }

    private void FlushStep(MessageState state)
    {
        if (_step.ToParts() is { Count: > 0 } parts)
        {
            var (usage, cost) = _spending.OfOpenStep();
            var completed = _end as TurnCompletedEvent;
            var message = new Message
            {
                Role = Role.Assistant,
                Parts = parts,
                State = _stepEnd is null ? state : MessageState.Complete,
                Model = _model,
                FinishReason = _stepEnd?.FinishReason ?? completed?.FinishReason,
                Usage = usage,
                Cost = cost,
            };
            Keep(message);
            _spending.Record(message);
        }

        CloseStep();
    }

    private void CloseStep()
    {
        _step = new StepParts();
        _stepEnd = null;
    }

    private void FlushResults()
    {
        if (_results.Count > 0)
            Keep(new Message { Role = Role.Function, Parts = [.. _results] });
        _results.Clear();
    }
}
