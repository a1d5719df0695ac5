namespace Omega.Gpt;

/// <summary>What any store can do with what it has.</summary>
public static class ConversationStoreExtensions
{
    /// <summary>Gives a conversation another title; a turn may be running meanwhile.</summary>
    /// <param name="store">The store.</param>
    /// <param name="id">The conversation's id.</param>
    /// <param name="title">The title; null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when there is no such conversation.</returns>
    /// <exception cref="ConversationException">The document is damaged; it is left untouched.</exception>
    /// <exception cref="GptException"><see cref="GptErrorKind.ConversationBusy"/>: someone else wrote the document meanwhile.</exception>
    public static async ValueTask<bool> RenameAsync(this IConversationStore store, string id, string? title, CancellationToken cancellationToken = default)
    {
        if (await store.LoadAsync(id, cancellationToken).ConfigureAwait(false) is not { } conversation)
            return false;
        conversation.Title = title;
        await store.SaveAsync(conversation, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
