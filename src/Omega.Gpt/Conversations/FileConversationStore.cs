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
                return ValueTask.FromResult(document);
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
        (stored.HasDocument, stored.DocumentSize, stored.LogSize) = (true, new FileInfo(path).Length, unmerged);
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
            conversation.Stored = new StoredState(this) { HasDocument = true, DocumentSize = json.Length };
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
            if (conversation?.HasTurn(header.Turn) == true)
                continue;
            using var log = TurnLogFile.TryOpen(path, _turns.Limits.MaxBytes);
            if (log?.Header is null)
                return false;
            conversation ??= new Conversation(id, header.At) { Stored = new StoredState(this) };
            conversation.Append(header, Entries(log));
            StateOf(conversation).Folded[header.Turn] = log.Size;
            StateOf(conversation).LogSize += log.Size;
        }

        return true;
    }

    private static IEnumerable<TurnEntry> Entries(TurnLogFile log)
    {
        while (log.TryRead(out var entry))
            yield return entry;
    }

    private static GptException Busy(string message) => new(GptErrorKind.ConversationBusy, message) { Phase = GptPhase.Request, IsRetryable = true };
}
