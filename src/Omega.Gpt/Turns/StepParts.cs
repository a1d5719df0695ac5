using System.Text;

namespace Omega.Gpt.Turns;

/// <summary>The parts of a step, from the events that showed it.</summary>
internal sealed class StepParts
{
    private readonly List<Func<Part>> _parts = [];
    private readonly Dictionary<string, CallText> _calls = new(StringComparer.Ordinal);
    private Type? _open;
    private StringBuilder _text = new();

    /// <summary>Takes the event if it shows something of a step.</summary>
    public bool TryAdd(GptEvent gptEvent)
    {
        switch (gptEvent)
        {
            case TextDeltaEvent text:
                Append<TextDeltaEvent>(text.Text, whole => new TextPart(whole));
                return true;
            case ReasoningDeltaEvent reasoning:
                Append<ReasoningDeltaEvent>(reasoning.Text, whole => new ReasoningPart(whole));
                return true;
            case RefusalDeltaEvent refusal:
                Append<RefusalDeltaEvent>(refusal.Text, whole => new RefusalPart(whole));
                return true;
            case FunctionCallStartedEvent started:
                Start(started);
                return true;
            case FunctionCallArgumentsDeltaEvent delta:
                if (_calls.TryGetValue(delta.Call, out var growing))
                    growing.Arguments.Append(delta.Delta);
                return true;
            case FunctionCallArgumentsCompletedEvent completed:
                Replace(completed.Call, completed.Arguments);
                return true;
            case FunctionCallReadyEvent ready:
                Replace(ready.Call, ready.Arguments);
                return true;
            default:
                return false;
        }
    }

    /// <summary>The parts, in the order in which they began.</summary>
    public List<Part> ToParts() => [.. _parts.Select(part => part())];

    private void Append<TEvent>(string delta, Func<string, Part> toPart)
    {
        if (_open != typeof(TEvent))
        {
            var text = _text = new StringBuilder();
            _open = typeof(TEvent);
            _parts.Add(() => toPart(text.ToString()));
        }

        _text.Append(delta);
    }

    private void Start(FunctionCallStartedEvent started)
    {
        _open = null;
        if (_calls.TryGetValue(started.Call, out var earlier))
        {
            // A step with a started call is restarted, never continued: the call is written anew.
            earlier.Name = started.Name;
            earlier.Arguments.Clear();
            return;
        }

        var call = new CallText(started.Name);
        _calls.Add(started.Call, call);
        _parts.Add(() => new FunctionCallPart(started.Call, call.Name, call.Arguments.ToString()));
    }

    private void Replace(string call, string arguments)
    {
        if (_calls.TryGetValue(call, out var written))
            written.Arguments.Clear().Append(arguments);
    }

    private sealed class CallText(string name)
    {
        public string Name { get; set; } = name;

        public StringBuilder Arguments { get; } = new();
    }
}
