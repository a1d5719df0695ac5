using Omega.Gpt.Turns;

namespace Omega.Gpt;

/// <summary>Keeps conversations. A conversation is its document plus what its turns' logs hold beyond it. Implementations are thread-safe.</summary>
public interface IConversationStore
{
    /// <summary>The journal of the turns.</summary>
    ITurnLog Turns { get; }

    /// <summary>The document with the logs folded in, or null when there is no such conversation.</summary>
    /// <param name="id">The conversation's id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ConversationException">The document is damaged; it is left untouched.</exception>
    ValueTask<Conversation?> LoadAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Writes the document atomically and drops the logs that it now contains.</summary>
    /// <param name="conversation">What to keep; its <see cref="Conversation.Version"/> is the one expected, and one higher afterwards.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="GptException"><see cref="GptErrorKind.ConversationBusy"/>: someone else has written it since.</exception>
    ValueTask SaveAsync(Conversation conversation, CancellationToken cancellationToken = default);

    /// <summary>
    /// Saves the conversation where its unmerged logs have outgrown its document, so that the work is constant for each turn over a
    /// conversation's life. To be called after each turn, when its writer has been disposed and its messages are in
    /// <paramref name="conversation"/>. Never fails a turn that is done: where the document cannot be written now (another writer, a
    /// full disk), the logs still hold everything and a later call tries again.
    /// </summary>
    /// <param name="conversation">The conversation, as <see cref="SaveAsync"/> takes it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether the document was written.</returns>
    ValueTask<bool> MergeIfDueAsync(Conversation conversation, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes in what others have written since the conversation was loaded, saved, or caught up last: their turns, and what they
    /// saved. To be called while <see cref="LockAsync"/> is held, before a turn is planned; the work depends on what is new, not on the
    /// conversation's length. Changes made here and not saved yet stay. A conversation that is not from this store is left as it is.
    /// </summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether anything was new.</returns>
    /// <exception cref="ConversationException">The document is damaged; it is left untouched.</exception>
    ValueTask<bool> CatchUpAsync(Conversation conversation, CancellationToken cancellationToken = default);

    /// <summary>Takes the right to run a turn; dispose to give it back. It dies with the process.</summary>
    /// <param name="id">The conversation's id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="GptException"><see cref="GptErrorKind.ConversationBusy"/>: another turn holds it.</exception>
    ValueTask<IAsyncDisposable> LockAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Headers of all conversations, last updated first; messages are not read.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    IAsyncEnumerable<ConversationHeader> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Removes a conversation and its logs; false when there is none.</summary>
    /// <param name="id">The conversation's id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<bool> DeleteAsync(string id, CancellationToken cancellationToken = default);
}

/// <summary>What a list of conversations shows.</summary>
public sealed record ConversationHeader
{
    /// <summary>The conversation's id.</summary>
    public required string Id { get; init; }

    /// <summary>Its title; null when it has none.</summary>
    public string? Title { get; init; }

    /// <summary>The model last asked, as <c>provider/model</c>; null before the first turn.</summary>
    public string? Model { get; init; }

    /// <summary>When it was begun, UTC; null when the file does not say.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>When it was last written, UTC.</summary>
    public required DateTimeOffset Updated { get; init; }

    /// <summary>Size on disk in bytes, logs included.</summary>
    public long Bytes { get; init; }

    /// <summary>What is wrong with the file; null when it is sound.</summary>
    public string? Damage { get; init; }
}
