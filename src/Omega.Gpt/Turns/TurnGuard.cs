using System.Text;
using System.Text.Json;
using Omega.Gpt.Functions.Calls;

namespace Omega.Gpt.Turns;

/// <summary>Counts what a turn does with functions, and says when it has done enough.</summary>
internal sealed class TurnGuard(FunctionLimits limits)
{
    private readonly Dictionary<(string Name, string Arguments), int> _identical = [];
    private int _calls;
    private int _repairs;

    /// <summary>A call begins to be written. Null where the limits allow it.</summary>
    public string? Start(int index) =>
        index >= limits.MaxCallsPerStep ? $"the step has more than {limits.MaxCallsPerStep} calls"
        : ++_calls > limits.MaxCallsPerTurn ? $"the turn has more than {limits.MaxCallsPerTurn} calls"
        : null;

    /// <summary>A call is complete and valid. Null where the limits allow it.</summary>
    public string? Complete(StepCall call)
    {
        if (call.IsCounted)
            return null;
        call.IsCounted = true;
        var key = (call.Name, Encoding.UTF8.GetString(CanonicalJson.Write(JsonElement.Parse(call.Arguments))));
        var count = _identical[key] = _identical.GetValueOrDefault(key) + 1;
        return count > limits.MaxIdenticalCalls ? $"{call.Name} was called more than {limits.MaxIdenticalCalls} times with the same arguments" : null;
    }

    /// <summary>A step's calls are ruled on. Null where another step is allowed.</summary>
    public string? Next(int step, bool hasRejected)
    {
        _repairs = hasRejected ? _repairs + 1 : 0;
        return _repairs > limits.MaxRepairs ? $"the model wrote calls that could not be run in {_repairs} steps in a row"
            : step >= limits.MaxSteps ? $"the turn has taken {limits.MaxSteps} steps"
            : null;
    }
}
