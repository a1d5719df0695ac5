using System.Text;
using System.Text.Json;
using Omega.Gpt.Functions.Calls;
using Omega.Gpt.Functions.Schema;

namespace Omega.Gpt.Turns;

/// <summary>A call as far as it has been written, checked as it is.</summary>
internal sealed class StepCall
{
    private const int MaxDepth = 128;

    private readonly StringBuilder _arguments = new();
    private readonly IncrementalValidator? _validator;
    private readonly int _maxLength;
    private ArgumentsScanner _scanner;
    private bool _isChecked;
    private CallOutcome? _earlier;

    public StepCall(string id, int index, string name, FunctionEntry? entry, int maxLength)
    {
        (Id, Index, Name, Entry, _maxLength) = (id, index, name, entry, maxLength);
        _validator = entry?.Schema is { } schema ? new IncrementalValidator(schema) : null;
    }

    public string Id { get; }

    public int Index { get; }

    public string Name { get; }

    /// <summary>The function; null where no function of that name was given.</summary>
    public FunctionEntry? Entry { get; }

    /// <summary>The arguments so far, as JSON text.</summary>
    public string Arguments => _arguments.ToString();

    /// <summary>Why the call must not be run; null when it may, once the step has finished.</summary>
    public CallProblem? Problem { get; private set; }

    /// <summary>Whether the arguments went beyond their bound; nothing more of them is kept.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Whether the model wrote no arguments at all.</summary>
    public bool WasEmpty { get; private set; }

    /// <summary>Whether the rejection has been told.</summary>
    public bool IsTold { get; set; }

    /// <summary>Whether the call has been counted among those of the same name and arguments.</summary>
    public bool IsCounted { get; set; }

    /// <summary>The run, once it has begun.</summary>
    public CallTicket? Ticket { get; set; }

    /// <summary>How the call ended; null while it waits for the caller, or has not ended.</summary>
    public CallOutcome? Outcome => Problem is { } problem ? CallOutcome.NotRun(problem) : _earlier ?? Ticket?.Outcome;

    /// <summary>Whether the call has begun, or ended, in this process or an earlier one.</summary>
    public bool HasBegun => Ticket is not null || _earlier is not null;

    /// <summary>Takes a piece. Arguments that it completes are held to the whole schema.</summary>
    /// <returns>Whether it closed the object.</returns>
    public bool Append(string delta)
    {
        if (_arguments.Length + (long)delta.Length > _maxLength)
        {
            IsTooLong = true;
            Reject(new CallProblem(GptErrorKind.FunctionArguments, $"{Name} was not run: its arguments are longer than {_maxLength} characters."));
            return false;
        }

        _arguments.Append(delta);
        _isChecked = false;
        var hasClosed = _scanner.Append(delta);
        if (Problem is null && _validator?.Append(delta) is { } error)
            Problem = CallProblem.Arguments(Name, error);
        if (hasClosed && Problem is null && _validator is not null)
            Check();
        return hasClosed;
    }

    /// <summary>Says that nothing more comes: what is not whole and valid by now is rejected. No arguments at all are an empty object.</summary>
    public void Finish()
    {
        if (Problem is not null || _isChecked)
            return;
        if (string.IsNullOrWhiteSpace(Arguments))
        {
            WasEmpty = true;
            _arguments.Clear().Append("{}");
        }

        Check();
    }

    /// <summary>The first reason stands.</summary>
    public void Reject(CallProblem problem) => Problem ??= problem;

    /// <summary>An earlier process has seen how the call ended.</summary>
    public void End(CallOutcome outcome) => (_earlier, Problem) = (outcome, null);

    public FunctionCallPart ToPart() => new(Id, Name, Arguments);

    private void Check()
    {
        _isChecked = true;
        var text = Arguments;
        if (Entry?.Schema?.Validate(text) is { IsValid: false } result)
        {
            Problem = CallProblem.Arguments(Name, result.Errors);
            return;
        }

        using var json = StrictJson.Parse(text, MaxDepth);
        if (json.Error is { } error)
            Problem = CallProblem.Arguments(Name, error);
        else if (json.Root.ValueKind != JsonValueKind.Object)
            Problem = new CallProblem(GptErrorKind.FunctionArguments, $"{Name} was not run: its arguments are a JSON {json.Root.ValueKind}, not an object.");
    }
}
