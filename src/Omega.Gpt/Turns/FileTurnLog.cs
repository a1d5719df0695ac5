using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Omega.Gpt.Turns;

/// <summary>
/// Logs as files, <c>HOME/turns/CONVERSATION/TURN.jsonl</c>, a line for each entry. An append is one write to the operating system, so
/// it survives <c>kill -9</c>; with <c>flush</c> it is forced to the disk, together with the folder's entry of the file. A log's writer
/// holds a lock file beside it, which dies with the process. Files are for their owner alone (0600, folders 0700). Thread-safe, and
/// safe between processes on one machine.
/// </summary>
public sealed class FileTurnLog : ITurnLog
{
    private readonly string _root;
    private readonly string _locks;
    private readonly WriteAt _writeAt;
    private readonly ConcurrentDictionary<string, long> _written = new(StringComparer.Ordinal);

    /// <summary>Opens the logs beneath a folder. Nothing is created before the first turn.</summary>
    /// <param name="home">The folder; logs lie in its <c>turns</c>.</param>
    /// <param name="limits">Bounds; null for the defaults.</param>
    public FileTurnLog(string home, ConversationLimits? limits = null)
        : this(home, limits, RandomAccess.Write)
    {
    }

    internal FileTurnLog(string home, ConversationLimits? limits, WriteAt writeAt)
    {
        _root = Path.Combine(Path.GetFullPath(home), "turns");
        _locks = Path.Combine(Path.GetFullPath(home), "locks");
        Limits = limits ?? ConversationLimits.Default;
        _writeAt = writeAt;
    }

    internal ConversationLimits Limits { get; }

    /// <summary>Whether a conversation's document holds a turn; null where there are no documents.</summary>
    internal Func<string, string, bool>? IsMerged { get; init; }

    /// <inheritdoc/>
    public ValueTask<ITurnWriter?> BeginAsync(TurnHeader header, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = PathOf(header.Conversation, header.Turn);
        for (var attempt = 1; ; attempt++)
        {
            AtomicFile.CreateRoot(_root);
            AtomicFile.CreateFolder(Path.GetDirectoryName(path)!);
            try
            {
                return ValueTask.FromResult<ITurnWriter?>(Begin(path, header));
            }
            catch (DirectoryNotFoundException) when (attempt < 100)
            {
                // The folder was empty a moment ago, and a save of the conversation has removed it.
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ITurnWriter> ResumeAsync(string conversation, string turn, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = PathOf(conversation, turn);
        if (TurnLogFile.HeaderOf(path, Limits.MaxBytes) is null)
            throw new KeyNotFoundException($"The conversation \"{conversation}\" has no turn \"{turn}\".");
        // A save must not take in and remove what is being resumed.
        await using var saving = await FileLock.AcquireAsync(SaveLockOf(conversation), $"The conversation \"{conversation}\" is being saved.", cancellationToken).ConfigureAwait(false);
        var fileLock = FileLock.TryAcquire(LockOf(path)) ?? throw Busy($"Turn \"{turn}\" is being written.");
        FileStream? file = null;
        try
        {
            if (IsMerged?.Invoke(conversation, turn) == true)
                throw Busy($"Turn \"{turn}\" is closed: what it had said is in the conversation's document.");
            long end, epoch;
            using (var log = TurnLogFile.Open(path, Limits.MaxBytes))
            {
                while (log.TryRead(out var entry))
                {
                    if (entry.Event is { EndsTurn: true })
                        throw Busy($"Turn \"{turn}\" has ended.");
                }

                (end, epoch) = (log.End, log.Epoch + 1);
            }

            file = AtomicFile.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            file.SetLength(end);
            var writer = new FileTurnWriter(path, file, fileLock, end, epoch, _writeAt, written => Count(conversation, written));
            writer.AppendEpoch();
            return writer;
        }
        catch
        {
            if (file is not null)
                await file.DisposeAsync().ConfigureAwait(false);
            fileLock.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<TurnHeader> ListAsync(string conversation, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var (_, header) in Headers(conversation))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return header;
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<TurnHeader?> FindAsync(string conversation, string turn, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(TurnLogFile.HeaderOf(PathOf(conversation, turn), Limits.MaxBytes));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<TurnEntry> ReadAsync(string conversation, string turn, long afterSequence = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var path = PathOf(conversation, turn);
        using var log = TurnLogFile.TryOpen(path, Limits.MaxBytes);
        if (log?.Header is null)
            yield break;
        var begun = afterSequence <= 0;
        while (log.TryRead(out var entry))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (entry.Event is { } gptEvent)
            {
                begun |= gptEvent.Sequence >= afterSequence;
                if (afterSequence > 0 && gptEvent.Sequence <= afterSequence)
                    continue;
            }

            if (begun)
                yield return entry;
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="GptException"><see cref="GptErrorKind.ConversationBusy"/>: a log is being written.</exception>
    public ValueTask DeleteAsync(string conversation, string? turn = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var path in turn is null ? Files(conversation) : [PathOf(conversation, turn)])
        {
            if (!File.Exists(path))
                continue;
            using var fileLock = FileLock.TryAcquire(LockOf(path)) ?? throw Busy($"{path} is being written.");
            File.Delete(path);
        }

        RemoveFolderIfEmpty(conversation);
        return ValueTask.CompletedTask;
    }

    /// <summary>The logs of a conversation that have begun, oldest first. A log that cannot be read is damage, not absence.</summary>
    /// <param name="conversation">The conversation's id.</param>
    /// <param name="seen">Files to leave out; those that are no longer there are taken out of it. Null for none.</param>
    internal List<(string Path, TurnHeader Header)> Headers(string conversation, HashSet<string>? seen = null)
    {
        List<(string Path, TurnHeader Header)> headers = [];
        var files = Files(conversation);
        seen?.IntersectWith(files);
        foreach (var path in files)
        {
            if (seen?.Contains(path) == true)
                continue;
            if (TurnLogFile.HeaderOf(path, Limits.MaxBytes) is { } header)
                headers.Add((path, header));
        }

        headers.Sort((a, b) => a.Header.At != b.Header.At ? a.Header.At.CompareTo(b.Header.At) : string.CompareOrdinal(a.Path, b.Path));
        return headers;
    }

    /// <summary>The conversations that have a folder of logs, with the folder.</summary>
    internal IEnumerable<DirectoryInfo> Folders() => Directory.Exists(_root) ? new DirectoryInfo(_root).EnumerateDirectories() : [];

    /// <summary>Whether there is any log of a conversation, begun or not.</summary>
    internal bool HasFiles(string conversation) => Files(conversation).Count > 0;

    /// <summary>A log's size; null where there is none.</summary>
    internal long? SizeOf(string conversation, string turn) =>
        new FileInfo(PathOf(conversation, turn)) is { Exists: true } file ? file.Length : null;

    /// <summary>Bytes written to a conversation's logs by writers that have closed since the last call.</summary>
    internal long TakeWritten(string conversation) => _written.TryRemove(conversation, out var bytes) ? bytes : 0;

    internal void RemoveFolderIfEmpty(string conversation)
    {
        try
        {
            Directory.Delete(FolderOf(conversation));
        }
        catch (IOException)
        {
            // Not empty, or not there.
        }
    }

    /// <summary>Held while a turn runs.</summary>
    internal string TurnLockOf(string conversation) => Path.Combine(_locks, Conversation.CheckId(conversation) + ".turn");

    /// <summary>Held for the moments in which a document is written, or a log changes hands.</summary>
    internal string SaveLockOf(string conversation) => Path.Combine(_locks, Conversation.CheckId(conversation) + ".save");

    /// <summary>Whether a log's writer is alive. Certain only under the save lock: no log changes hands then.</summary>
    internal static bool IsLive(string path)
    {
        var fileLock = LockOf(path);
        if (!File.Exists(fileLock))
            return false;
        using var taken = FileLock.TryAcquire(fileLock);
        return taken is null;
    }

    private static string LockOf(string path) => path + ".lock";

    private FileTurnWriter? Begin(string path, TurnHeader header)
    {
        var fileLock = FileLock.TryAcquire(LockOf(path));
        if (fileLock is null)
            return TurnLogFile.HeaderOf(path, Limits.MaxBytes) is not null ? null : throw Busy($"Turn \"{header.Turn}\" is being begun by another writer.");
        FileStream? file = null;
        try
        {
            if (TurnLogFile.HeaderOf(path, Limits.MaxBytes) is not null)
            {
                fileLock.Dispose();
                return null;
            }

            // A file without a whole header is one whose writer died before the turn began.
            file = AtomicFile.Open(path, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            var writer = new FileTurnWriter(path, file, fileLock, 0, 1, _writeAt, written => Count(header.Conversation, written));
            writer.Append(header);
            return writer;
        }
        catch
        {
            if (file is not null)
            {
                file.Dispose();
                AtomicFile.TryDelete(path);
            }

            fileLock.Dispose();
            throw;
        }
    }

    private void Count(string conversation, long bytes) => _written.AddOrUpdate(conversation, bytes, (_, earlier) => earlier + bytes);

    private string FolderOf(string conversation) => Path.Combine(_root, Conversation.CheckId(conversation));

    private string PathOf(string conversation, string turn)
    {
        TurnFileName.Check(turn);
        return Path.Combine(FolderOf(conversation), TurnFileName.Of(turn));
    }

    private List<string> Files(string conversation)
    {
        var folder = FolderOf(conversation);
        if (!Directory.Exists(folder))
            return [];
        try
        {
            return [.. Directory.EnumerateFiles(folder, "*" + TurnFileName.Extension)];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    private static GptException Busy(string message) => new(GptErrorKind.ConversationBusy, message) { Phase = GptPhase.Turn };
}
