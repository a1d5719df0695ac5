namespace Omega.Gpt.Turns;

/// <summary>
/// The journal: for each turn an append-only list of entries, written before they are shown. Appends survive the death of the
/// process the moment they return; with <c>flush</c> also that of the machine. Implementations are thread-safe.
/// </summary>
public interface ITurnLog
{
    /// <summary>Begins a turn's log, or returns null when the conversation already has a turn of that id.</summary>
    /// <param name="header">What the turn was asked.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<ITurnWriter?> BeginAsync(TurnHeader header, CancellationToken cancellationToken = default);

    /// <summary>
    /// Goes on with a turn whose log has no end, after its writer died. The new writer's epoch is one higher; appends of older
    /// epochs are refused from then on.
    /// </summary>
    /// <param name="conversation">The conversation's id.</param>
    /// <param name="turn">The turn's id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="KeyNotFoundException">No such turn.</exception>
    /// <exception cref="GptException"><see cref="GptErrorKind.ConversationBusy"/>: the turn has ended, or its writer is alive.</exception>
    ValueTask<ITurnWriter> ResumeAsync(string conversation, string turn, CancellationToken cancellationToken = default);

    /// <summary>The turns of a conversation, oldest first.</summary>
    /// <param name="conversation">The conversation's id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    IAsyncEnumerable<TurnHeader> ListAsync(string conversation, CancellationToken cancellationToken = default);

    /// <summary>The header of one turn, or null.</summary>
    /// <param name="conversation">The conversation's id.</param>
    /// <param name="turn">The turn's id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<TurnHeader?> FindAsync(string conversation, string turn, CancellationToken cancellationToken = default);

    /// <summary>What has been appended so far, in order. An entry that was being written when the process died is left out.</summary>
    /// <param name="conversation">The conversation's id.</param>
    /// <param name="turn">The turn's id.</param>
    /// <param name="afterSequence">Leaves out events up to and including this number, and the messages recorded before it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    IAsyncEnumerable<TurnEntry> ReadAsync(string conversation, string turn, long afterSequence = 0, CancellationToken cancellationToken = default);

    /// <summary>Removes a turn's log, or all of a conversation's. Not an error where there is none.</summary>
    /// <param name="conversation">The conversation's id.</param>
    /// <param name="turn">The turn's id; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask DeleteAsync(string conversation, string? turn = null, CancellationToken cancellationToken = default);
}

/// <summary>Writes one turn's log. One owner at a time.</summary>
public interface ITurnWriter : IAsyncDisposable
{
    /// <summary>Which owner of the turn this is, from 1.</summary>
    long Epoch { get; }

    /// <summary>Appends an event.</summary>
    /// <param name="gptEvent">The event, numbered.</param>
    /// <param name="flush">Whether it must survive a power cut (a call starts or ends).</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask AppendAsync(GptEvent gptEvent, bool flush = false, CancellationToken cancellationToken = default);

    /// <summary>Appends a step's whole message: an answer with its opaque parts, or function results. Not an event; takes no number.</summary>
    /// <param name="message">The message.</param>
    /// <param name="flush">Whether it must survive a power cut.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask AppendAsync(Message message, bool flush = false, CancellationToken cancellationToken = default);
}

/// <summary>What a turn was asked: the first line of its log.</summary>
public sealed record TurnHeader
{
    /// <summary>The turn's id, unique within the conversation.</summary>
    public required string Turn { get; init; }

    /// <summary>The conversation's id.</summary>
    public required string Conversation { get; init; }

    /// <summary>The model asked, as <c>provider/model</c>.</summary>
    public required string Model { get; init; }

    /// <summary>The messages that the turn adds before the model speaks.</summary>
    public required IReadOnlyList<Message> Input { get; init; }

    /// <summary>When it began, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>
    /// Whether the log stays after its messages are in the document, to answer a repeated submission of the same turn: true where the
    /// caller gave the turn its id. Default false.
    /// </summary>
    public bool Keep { get; init; }
}

/// <summary>One entry of a turn's log: an event, or a step's message.</summary>
/// <param name="Event">The event; null where the entry is a message.</param>
/// <param name="Message">The message; null where the entry is an event.</param>
public readonly record struct TurnEntry(GptEvent? Event, Message? Message);
