namespace Omega.TestKit;

/// <summary>What became of an answer.</summary>
public enum AnswerOutcome
{
    /// <summary>All of it was written and ended as HTTP wants it.</summary>
    Sent,

    /// <summary>The script ended it early: closed, reset.</summary>
    CutByScript,

    /// <summary>The client closed or reset the connection before the answer was over.</summary>
    ClientAborted,

    /// <summary>The server was disposed first.</summary>
    ServerStopped,

    /// <summary>The script was wrong; see <see cref="ModelServer.Faults"/>.</summary>
    ScriptFault,
}
