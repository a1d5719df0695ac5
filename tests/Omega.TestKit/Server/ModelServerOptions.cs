namespace Omega.TestKit;

public sealed record ModelServerOptions
{
    /// <summary>The clock of delays and of <see cref="ReceivedRequest.At"/>. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Most bytes of request line and headers; more is answered with 431. Default 64 KiB.</summary>
    public int MaxHeadBytes { get; init; } = 64 * 1024;

    /// <summary>Most bytes of a request body; more is answered with 413. Default 16 MiB.</summary>
    public int MaxBodyBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>
    /// The socket's send buffer in bytes; null leaves it to the system. A small one makes a slow reader felt early
    /// (the system doubles it and rounds it up).
    /// </summary>
    public int? SendBufferBytes { get; init; }
}
