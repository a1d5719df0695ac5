using Omega.Gpt.Turns;

namespace Omega.Gpt;

/// <summary>
/// Conversations as files: <c>HOME/conversations/ID.json</c>, each written whole, forced to the disk and renamed into place, and beside
/// them the logs of turns that the documents do not contain yet. Files are for their owner alone (0600, folders 0700). Thread-safe,
/// and safe between processes on one machine; network file systems without locks are not.
/// </summary>
public sealed class FileConversationStore : IConversationStore
{
    private const string Extension = ".json";
    private const int LoadAttempts = 20;

    private readonly string _folder;
    private readonly FileTurnLog _turns;
    /// <summary>Opens a store. Nothing is created before the first save or turn.</summary>
    /// <param name="home">The folder that holds <c>conversations</c>, <c>turns</c> and <c>locks</c>.</param>
    /// <param name="limits">Bounds; null for the defaults.</param>
    public FileConversationStore(string home, ConversationLimits? limits = null)
        : this(home, limits, RandomAccess.Write)
    {
    }

    internal FileConversationStore(string home, ConversationLimits? limits, WriteAt writeAt)
    {
        _folder = Path.Combine(Path.GetFullPath(home), "conversations");
        _turns = new FileTurnLog(home, limits, writeAt) { IsMerged = (conversation, turn) => ReadDocument(conversation)?.HasTurn(turn) == true };
    }

    /// <inheritdoc/>
    public ITurnLog Turns => _turns;

    /// <summary>The file of a conversation's document.</summary>
    /// <param name="id">The conversation's id.</param>
    /// <exception cref="GptException">The id could name another file.</exception>
    public string PathOf(string id) => Path.Combine(_folder, Conversation.CheckId(id) + Extension);

    /// <inheritdoc/>
    public ValueTask<Conversation?> LoadAsync(string id, CancellationToken cancellationToken = default)
    {
        var path = PathOf(id);
        for (var attempt = 1; ; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var document = ReadDocument(id);
            var version = document is null ? (long?)null : document.Version;
            var isWhole = TryFold(id, ref document);
            // A save in between takes logs into the document and removes them: then neither half is the whole.
            if (isWhole && DocumentHeader.VersionOf(path, _turns.Limits) == version)
            {
                document?.IsEdited = false;
                return ValueTask.FromResult(document);
            }

            if (attempt == LoadAttempts)
                throw Busy($"The conversation \"{id}\" is being written again and again.");
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ConversationException">The document on disk is damaged; it is left untouched.</exception>
    /// <exception cref="IOException">The document cannot be written; the old one and the logs are as they were.</exception>
    public async ValueTask SaveAsync(Conversation conversation, CancellationToken cancellationToken = default)
    {
        var path = PathOf(conversation.Id);
        AtomicFile.CreateRoot(_folder);
        await using var saving = await FileLock.AcquireAsync(_turns.SaveLockOf(conversation.Id), $"The conversation \"{conversation.Id}\" is being saved by another writer.", cancellationToken).ConfigureAwait(false);
        var onDisk = DocumentHeader.VersionOf(path, _turns.Limits);
        if (onDisk != (StateOf(conversation).HasDocument ? conversation.Version : null))
            throw Busy($"The conversation \"{conversation.Id}\" has been {(onDisk is null ? "deleted" : "written")} by another writer since it was read. Load it again.");

        var plan = new MergePlan();
        List<string> obsolete = [];
        long unmerged = 0;
        foreach (var (log, header) in _turns.Headers(conversation.Id))
        {
            var size = new FileInfo(log).Length;
            if (!plan.Add(conversation, header.Turn, size, FileTurnLog.IsLive(log)))
                unmerged += size;
            else if (!header.Keep)
                obsolete.Add(log);
        }

        AtomicFile.Write(path, output => ConversationDocument.Write(output, conversation, conversation.Version + 1, plan.Without, plan.Unnamed(conversation)));
        conversation.Version++;
        _turns.TakeWritten(conversation.Id);
        var stored = StateOf(conversation);
        (stored.HasDocument, stored.DocumentSize, stored.LogSize, stored.SeenVersion) = (true, new FileInfo(path).Length, unmerged, conversation.Version);
        conversation.IsEdited = false;
        foreach (var log in obsolete)
            AtomicFile.TryDelete(log);
        if (obsolete.Count > 0)
            _turns.RemoveFolderIfEmpty(conversation.Id);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> MergeIfDueAsync(Conversation conversation, CancellationToken cancellationToken = default)
    {
        var stored = StateOf(conversation);
        stored.LogSize += _turns.TakeWritten(conversation.Id);
        if (stored.LogSize <= stored.DocumentSize)
            return false;
        try
        {
            await SaveAsync(conversation, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is GptException or IOException or UnauthorizedAccessException)
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
        var path = PathOf(conversation.Id);
        var state = StateOf(conversation);
        var version = DocumentHeader.VersionOf(path, _turns.Limits);
        if (version is null && state.HasDocument)
            return false; // deleted elsewhere: what is here stays here, and a save says so
        // As in a load, the version is asked again in the end: a save in between takes logs away. A document is read again only where
        // someone has written it, which cost him as much.
        if (version == state.SeenVersion
            && !state.Open.Any(turn => _turns.SizeOf(conversation.Id, turn) is { } size && size != state.Folded[turn])
            && TryFoldNews(conversation, state) is { } news
            && DocumentHeader.VersionOf(path, _turns.Limits) == state.SeenVersion)
        {
            return news;
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
        var path = _turns.TurnLockOf(id);
        AtomicFile.CreateFolder(Path.GetDirectoryName(path)!);
        return ValueTask.FromResult<IAsyncDisposable>(FileLock.TryAcquire(path) ?? throw Busy($"The conversation \"{id}\" is in the middle of another turn, here or in another process."));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ConversationHeader> ListAsync(CancellationToken cancellationToken = default) =>
        ConversationList.Read(_folder, Extension, _turns, cancellationToken).ToAsyncEnumerable();

    /// <inheritdoc/>
    /// <exception cref="GptException"><see cref="GptErrorKind.ConversationBusy"/>: a turn is running.</exception>
    public async ValueTask<bool> DeleteAsync(string id, CancellationToken cancellationToken = default)
    {
        var path = PathOf(id);
        await using var running = await LockAsync(id, cancellationToken).ConfigureAwait(false);
        await using var saving = await FileLock.AcquireAsync(_turns.SaveLockOf(id), $"The conversation \"{id}\" is being saved.", cancellationToken).ConfigureAwait(false);
        var existed = File.Exists(path) || _turns.HasFiles(id);
        await _turns.DeleteAsync(id, cancellationToken: cancellationToken).ConfigureAwait(false);
        // The document last: where this is cut short, the conversation is still listed and can be deleted again.
        if (File.Exists(path))
            File.Delete(path);
        return existed;
    }

    /// <summary>What this store remembers; a conversation from another store is new here.</summary>
    private StoredState StateOf(Conversation conversation) =>
        conversation.Stored?.Owner == this ? conversation.Stored : conversation.Stored = new StoredState(this);

    private Conversation? ReadDocument(string id)
    {
        var path = PathOf(id);
        var file = new FileInfo(path);
        if (!file.Exists)
            return null;
        try
        {
            if (file.Length > _turns.Limits.MaxBytes)
                throw ConversationReader.TooLarge(path, file.Length, _turns.Limits);
            var json = File.ReadAllBytes(path);
            var written = new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero);
            var conversation = ConversationReader.Read(json, path, id, id, written, _turns.Limits);
            conversation.Stored = new StoredState(this) { HasDocument = true, DocumentSize = json.Length, SeenVersion = conversation.Version };
            return conversation;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Adds what the logs hold beyond the document; false where a log went away meanwhile.</summary>
    private bool TryFold(string id, ref Conversation? conversation)
    {
        foreach (var (path, header) in _turns.Headers(id))
        {
            if (conversation?.HasTurn(header.Turn) != true)
            {
                conversation ??= new Conversation(id, header.At) { Stored = new StoredState(this) };
                if (!TryFold(conversation, path, header))
                    return false;
            }

            conversation.Stored!.SeenLogs.Add(path);
        }

        return true;
    }

    private bool TryFold(Conversation conversation, string path, TurnHeader header)
    {
        using var log = TurnLogFile.TryOpen(path, _turns.Limits.MaxBytes);
        if (log?.Header is null)
            return false;
        var ended = conversation.Fold(header, Entries(log));
        conversation.Stored!.AddFolded(header.Turn, log.Size, ended);
        conversation.Stored.LogSize += log.Size;
        return true;
    }

    /// <summary>Adds the logs that were not there before; only those are opened.</summary>
    /// <returns>Whether there were any; null where one went away meanwhile.</returns>
    private bool? TryFoldNews(Conversation conversation, StoredState state)
    {
        var any = false;
        foreach (var (path, header) in _turns.Headers(conversation.Id, state.SeenLogs))
        {
            if (!conversation.HasTurn(header.Turn))
            {
                if (!TryFold(conversation, path, header))
                    return null;
                any = true;
            }

            state.SeenLogs.Add(path);
        }

        return any;
    }

    private static IEnumerable<TurnEntry> Entries(TurnLogFile log)
    {
        while (log.TryRead(out var entry))
            yield return entry;
    }

    private static GptException Busy(string message) => new(GptErrorKind.ConversationBusy, message) { Phase = GptPhase.Request, IsRetryable = true };
}
