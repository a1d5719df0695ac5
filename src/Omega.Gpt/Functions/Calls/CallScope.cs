using System.Diagnostics;
using Omega.Gpt.Recording.Replay;

namespace Omega.Gpt.Functions.Calls;

/// <summary>What all calls of a turn, or of a batch, share.</summary>
internal sealed record CallScope
{
    public required string Conversation { get; init; }

    public required string Turn { get; init; }

    public required TimeProvider Time { get; init; }

    public required IIdSource Ids { get; init; }

    public required FunctionLimits Limits { get; init; }

    /// <summary>Null where nothing is kept: then no turn can be resumed either.</summary>
    public ICallLedger? Ledger { get; init; }

    /// <summary>Null where nobody can be asked.</summary>
    public Approver? Approver { get; init; }

    /// <summary>Writes down how calls end; null where nobody does.</summary>
    public SessionRecorder? Recorder { get; init; }

    /// <summary>Answers the calls from a recording; null where they are run.</summary>
    public TurnScript? Script { get; init; }

    /// <summary>The turn's span; none where nobody listens.</summary>
    public ActivityContext Trace { get; init; }

    /// <summary>Whether calls may have been begun by an earlier process, so that the ledger is to be asked before a person is.</summary>
    public bool IsRepeated { get; init; }
}
