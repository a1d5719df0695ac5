namespace Omega.TestKit;

/// <summary>A whole stream of one wire and what a reader must make of it.</summary>
/// <param name="Name">Unique, e.g. <c>chat/parallel-calls</c>.</param>
/// <param name="Stream">The stream; <see cref="WireStream.TerminalLength"/> says from which byte on it is whole.</param>
/// <param name="Expected">What it says.</param>
public sealed record StreamFixture(string Name, WireStream Stream, ExpectedOutcome Expected)
{
    public Wire Wire => Stream.Wire;

    public byte[] Bytes => Stream.Bytes;

    public override string ToString() => Name;
}

/// <summary>What a reader must have at the end of a stream.</summary>
public sealed record ExpectedOutcome
{
    public string Text { get; init; } = "";

    /// <summary>Reasoning text or summary.</summary>
    public string Reasoning { get; init; } = "";

    public string Refusal { get; init; } = "";

    /// <summary>In order of their indexes.</summary>
    public IReadOnlyList<ExpectedCall> Calls { get; init; } = [];

    /// <summary>stop, length, function_calls, content_filter, refusal or other; null where the stream ends in an error.</summary>
    public string? FinishReason { get; init; }

    /// <summary>
    /// The wire's own word: <c>finish_reason</c>, <c>stop_reason</c>, or of a response its status if completed, else the reason
    /// why it is incomplete.
    /// </summary>
    public string? RawFinishReason { get; init; }

    /// <summary>Null: the stream tells none.</summary>
    public ExpectedUsage? Usage { get; init; }

    /// <summary>The in-band error that ends the stream; null where it ends well.</summary>
    public ExpectedError? Error { get; init; }
}

/// <param name="Id">The wire's id; null where it gave none.</param>
/// <param name="Name">The function.</param>
/// <param name="Arguments">JSON text as it was streamed; may be empty, which means <c>{}</c>.</param>
public sealed record ExpectedCall(string? Id, string Name, string Arguments);

/// <param name="Input">All input tokens, those read from and written to a cache included.</param>
/// <param name="Output">All output tokens, those of reasoning included.</param>
/// <param name="CacheRead">Of the input.</param>
/// <param name="CacheWrite">Of the input.</param>
/// <param name="Reasoning">Of the output; null where the wire does not tell them apart.</param>
public sealed record ExpectedUsage(int Input, int Output, int CacheRead = 0, int CacheWrite = 0, int? Reasoning = 0);

/// <param name="Code">Code or type, whichever the wire gives; null for none.</param>
/// <param name="Message">The provider's words.</param>
public sealed record ExpectedError(string? Code, string Message);
