using Omega.Gpt.Turns;

namespace Omega.Gpt;

/// <summary>Conversations in memory: nothing survives the process. For tests, and for hosts that keep nothing. Thread-safe.</summary>
public sealed class MemoryConversationStore : IConversationStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Document> _documents = new(StringComparer.Ordinal);
    private readonly HashSet<string> _locked = new(StringComparer.Ordinal);
    private readonly MemoryTurnLog _turns;

    /// <summary>An empty store.</summary>
    public MemoryConversationStore() => _turns = new MemoryTurnLog { IsMerged = IsMerged };

    /// <inheritdoc/>
    public ITurnLog Turns => _turns;

    /// <inheritdoc/>
    public ValueTask<Conversation?> LoadAsync(string id, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Conversation.CheckId(id);
        lock (_gate)
        {
            var document = _documents.GetValueOrDefault(id);
            var conversation = document?.Content.Snapshot();
            conversation?.Adopt([], document!.Merged);
            if (conversation is not null)
                conversation.Stored = new StoredState(this) { HasDocument = true, DocumentSize = conversation.Messages.Count, SeenVersion = conversation.Version };
            foreach (var log in _turns.All(id))
            {
                if (conversation?.HasTurn(log.Header.Turn) == true)
                    continue;
                conversation ??= new Conversation(id, log.Header.At) { Stored = new StoredState(this) };
                Fold(conversation, log);
            }

            conversation?.IsEdited = false;
            return ValueTask.FromResult(conversation);
        }
    }

    /// <inheritdoc/>
    public ValueTask SaveAsync(Conversation conversation, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var onDisk = _documents.GetValueOrDefault(conversation.Id)?.Content.Version;
            if (onDisk != (conversation.Stored is { HasDocument: true } known && known.Owner == this ? conversation.Version : null))
                throw Busy($"The conversation \"{conversation.Id}\" has been {(onDisk is null ? "deleted" : "written")} by another writer since it was read. Load it again.");
            if (conversation.Stored?.Owner != this)
                conversation.Stored = new StoredState(this);

            var plan = new MergePlan();
            foreach (var log in _turns.All(conversation.Id))
            {
                if (plan.Add(conversation, log.Header.Turn, log.Count, log.IsLive) && !log.Header.Keep)
                    _turns.Remove(conversation.Id, log.Header.Turn);
            }

            conversation.Version++;
            conversation.Stored.HasDocument = true;
            conversation.Stored.DocumentSize = conversation.Messages.Count;
            conversation.Stored.SeenVersion = conversation.Version;
            conversation.IsEdited = false;
            _documents[conversation.Id] = new Document(conversation.Snapshot(plan.Without), plan.Unnamed(conversation));
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> MergeIfDueAsync(Conversation conversation, CancellationToken cancellationToken = default)
    {
        // Entries against messages: what a save copies.
        var entries = _turns.All(conversation.Id).Where(log => !IsMerged(conversation.Id, log.Header.Turn)).Sum(log => (long)log.Count);
        if (entries <= (conversation.Stored?.DocumentSize ?? 0))
            return false;
        try
        {
            await SaveAsync(conversation, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (GptException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<bool> CatchUpAsync(Conversation conversation, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (conversation.Stored?.Owner != this && !conversation.IsUntouched)
            return false;
        var state = conversation.Stored ??= new StoredState(this);
        lock (_gate)
        {
            var version = _documents.GetValueOrDefault(conversation.Id)?.Content.Version;
            if (version is null && state.HasDocument)
                return false; // deleted elsewhere: what is here stays here, and a save says so
            var logs = _turns.All(conversation.Id);
            var isSame = version == state.SeenVersion
                && !Array.Exists(logs, log => state.Open.Contains(log.Header.Turn) && state.Folded[log.Header.Turn] != log.Count);
            if (isSame)
            {
                var news = Array.FindAll(logs, log => !conversation.HasTurn(log.Header.Turn));
                foreach (var log in news)
                    Fold(conversation, log);
                return news.Length > 0;
            }
        }

        if (await LoadAsync(conversation.Id, cancellationToken).ConfigureAwait(false) is not { } stored)
            return false;
        conversation.CatchUp(stored);
        return true;
    }

    /// <inheritdoc/>
    public ValueTask<IAsyncDisposable> LockAsync(string id, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Conversation.CheckId(id);
        lock (_gate)
        {
            if (!_locked.Add(id))
                throw Busy($"The conversation \"{id}\" is in the middle of another turn.");
        }

        return ValueTask.FromResult<IAsyncDisposable>(new Held(this, id));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ConversationHeader> ListAsync(CancellationToken cancellationToken = default)
    {
        List<ConversationHeader> headers = [];
        lock (_gate)
        {
            foreach (var id in _documents.Keys.Union(_turns.Conversations()))
            {
                var document = _documents.GetValueOrDefault(id)?.Content;
                var logs = _turns.All(id);
                var updated = logs.Select(log => TurnFold.Fold(log.Header, log.Entries()).Updated).Append(document?.Updated ?? default).Max();
                headers.Add(new ConversationHeader
                {
                    Id = id,
                    Title = document?.Title,
                    Model = document?.Model ?? logs.LastOrDefault()?.Header.Model,
                    Created = document?.Created ?? logs.FirstOrDefault()?.Header.At,
                    Updated = updated,
                });
            }
        }

        headers.Sort((a, b) => a.Updated != b.Updated ? b.Updated.CompareTo(a.Updated) : string.CompareOrdinal(a.Id, b.Id));
        return headers.ToAsyncEnumerable();
    }

    /// <inheritdoc/>
    /// <exception cref="GptException"><see cref="GptErrorKind.ConversationBusy"/>: a turn is running.</exception>
    public async ValueTask<bool> DeleteAsync(string id, CancellationToken cancellationToken = default)
    {
        await using var running = await LockAsync(id, cancellationToken).ConfigureAwait(false);
        var had = _turns.All(id).Length > 0;
        await _turns.DeleteAsync(id, cancellationToken: cancellationToken).ConfigureAwait(false);
        lock (_gate)
            return _documents.Remove(id) || had;
    }

    private static void Fold(Conversation conversation, MemoryTurnLog.Turn log)
    {
        var entries = log.Entries();
        var ended = conversation.Fold(log.Header, entries);
        conversation.Stored!.AddFolded(log.Header.Turn, entries.Length, ended);
    }

    private bool IsMerged(string conversation, string turn)
    {
        lock (_gate)
        {
            return _documents.TryGetValue(conversation, out var document)
                && (document.Content.HasTurn(turn) || document.Merged.Contains(turn));
        }
    }

    private static GptException Busy(string message) => new(GptErrorKind.ConversationBusy, message) { Phase = GptPhase.Request, IsRetryable = true };

    private sealed record Document(Conversation Content, IReadOnlyCollection<string> Merged);

    private sealed class Held(MemoryConversationStore store, string id) : IAsyncDisposable
    {
        private int _released;

        public ValueTask DisposeAsync()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0)
            {
                lock (store._gate)
                    store._locked.Remove(id);
            }

            return ValueTask.CompletedTask;
        }
    }
}
