namespace Omega.Gpt.Resilience.Resuming;

/// <summary>How a call goes on from what was shown.</summary>
internal enum ResumeMethod
{
    /// <summary>Nothing was shown.</summary>
    Begin,

    /// <summary>The server sends the rest of the same answer.</summary>
    StartingAfter,

    /// <summary>The model continues what it is given as its own beginning.</summary>
    Prefix,

    /// <summary>The model is asked again, and must say again what was shown.</summary>
    Restart,
}
