namespace Omega.TestKit;

/// <summary>One thing the server does while it answers.</summary>
public abstract record ReplyStep
{
    private protected ReplyStep()
    {
    }
}

/// <summary>Body bytes: one write, and one chunk where the body is chunked.</summary>
public sealed record SendStep(ReadOnlyMemory<byte> Bytes) : ReplyStep;

/// <summary>Bytes written to the socket as they are, outside the framing of the body.</summary>
public sealed record GarbageStep(ReadOnlyMemory<byte> Bytes) : ReplyStep;

/// <summary>A wait on the server's <see cref="TimeProvider"/>.</summary>
public sealed record DelayStep(TimeSpan Time) : ReplyStep;

/// <summary>A wait until the test opens the gate.</summary>
public sealed record GateStep(Gate Gate) : ReplyStep;

/// <summary>How the body ends; nothing after it is executed.</summary>
public sealed record EndStep(BodyEnd How) : ReplyStep;
