namespace Omega.TestKit;

/// <summary>How the body of an answer ends.</summary>
public enum BodyEnd
{
    /// <summary>
    /// As HTTP wants it: the last chunk, the last byte of the announced length, or FIN where the close is the end.
    /// Together with <see cref="Reply.CutAt"/>: HTTP looks whole, the stream inside is not.
    /// </summary>
    EndCleanly,

    /// <summary>FIN while the body is unfinished: no last chunk, or fewer bytes than announced.</summary>
    CloseWithoutLastChunk,

    /// <summary>RST: the connection is torn down.</summary>
    Reset,

    /// <summary>Silence on an open connection, until the client leaves or the server is disposed.</summary>
    Stall,
}

/// <summary>How the length of the body is told.</summary>
public enum Framing
{
    /// <summary><c>Transfer-Encoding: chunked</c></summary>
    Chunked,

    /// <summary><c>Content-Length</c>: of all the bytes of the script, also those that a cut keeps back.</summary>
    ContentLength,

    /// <summary><c>Connection: close</c>: the body ends with the connection, so a FIN cannot be told from the end.</summary>
    UntilClose,

    /// <summary>No head at all: the steps are what goes over the socket.</summary>
    Raw,
}
