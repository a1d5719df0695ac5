using System.Diagnostics;
using Omega.Gpt.Diagnostics;

namespace Omega.Gpt.Functions.Calls;

/// <summary>The spans of calls that are run together, one for each; that of the first is current, as one has to be.</summary>
internal readonly struct CallSpans : IDisposable
{
    private readonly Activity?[] _spans;

    public CallSpans(IReadOnlyList<CallTicket> tickets, ActivityContext turn)
    {
        _spans = new Activity?[tickets.Count];
        // Backwards, as each becomes the current one.
        for (var i = tickets.Count - 1; i >= 0; i--)
            _spans[i] = GptTelemetry.StartCall(tickets[i].Name, tickets[i].Id, tickets[i].Edited ?? tickets[i].Arguments, turn);
    }

    /// <summary>A call is over.</summary>
    public void End(int index, CallOutcome outcome)
    {
        GptTelemetry.EndCall(_spans[index], outcome.Kind, outcome.Result);
        _spans[index]?.Dispose();
    }

    public void Dispose()
    {
        foreach (var span in _spans)
            span?.Dispose();
    }
}
