using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Omega.Gpt.Turns;

/// <summary>Writes at a place in a file; a test puts a counting or failing one in.</summary>
/// <param name="file">The file.</param>
/// <param name="bytes">What to write.</param>
/// <param name="offset">Where.</param>
internal delegate void WriteAt(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset);

/// <summary>Appends to a log file: one write to the operating system for each entry, into one buffer that is used again.</summary>
internal sealed class FileTurnWriter : ITurnWriter
{
    private readonly string _path;
    private readonly FileStream _file;
    private readonly FileLock _lock;
    private readonly WriteAt _writeAt;
    private readonly Action<long> _closed;
    private readonly Lock _gate = new();
    private readonly ArrayBufferWriter<byte> _line = new(512);
    private readonly long _begin;
    private long _end;
    private bool _torn;
    private bool _folderFlushed;
    private bool _hasEnd;
    private bool _disposed;

    /// <summary>Takes a log over. Owns <paramref name="file"/> and <paramref name="fileLock"/> from here.</summary>
    /// <param name="path">The log.</param>
    /// <param name="file">The log, open for writing.</param>
    /// <param name="fileLock">The right to write it.</param>
    /// <param name="end">Where its last whole entry ends.</param>
    /// <param name="epoch">The writer's number.</param>
    /// <param name="writeAt">How to write.</param>
    /// <param name="closed">Told how many bytes were written, at the end.</param>
    public FileTurnWriter(string path, FileStream file, FileLock fileLock, long end, long epoch, WriteAt writeAt, Action<long> closed) =>
        (_path, _file, _lock, _begin, _end, Epoch, _writeAt, _closed) = (path, file, fileLock, end, end, epoch, writeAt, closed);

    public long Epoch { get; }

    public ValueTask AppendAsync(GptEvent gptEvent, bool flush = false, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (_hasEnd)
                throw new InvalidOperationException($"Turn {gptEvent.Turn} has ended; nothing can be added to its log.");
            _line.ResetWrittenCount();
            TurnLogLines.WriteEvent(_line, gptEvent);
            WriteLine(flush);
            _hasEnd = gptEvent.EndsTurn;
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask AppendAsync(Message message, bool flush = false, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            _line.ResetWrittenCount();
            TurnLogLines.WriteMessage(_line, message);
            WriteLine(flush);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Writes the first line of a new log.</summary>
    internal void Append(TurnHeader header)
    {
        _line.ResetWrittenCount();
        TurnLogLines.WriteHeader(_line, header);
        WriteLine(flush: false);
    }

    /// <summary>Writes that this writer goes on where another stopped.</summary>
    internal void AppendEpoch()
    {
        _folderFlushed = true;
        _line.ResetWrittenCount();
        TurnLogLines.WriteEpoch(_line, Epoch);
        WriteLine(flush: false);
    }

    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_disposed)
                return ValueTask.CompletedTask;
            _disposed = true;
            _file.Dispose();
            _lock.Dispose();
        }

        _closed(_end - _begin);
        return ValueTask.CompletedTask;
    }

    private void WriteLine(bool flush)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var file = _file.SafeFileHandle;
        try
        {
            Mend(file);
            // A length that is not ours means another writer, whatever the lock says; its lines are not to be written over.
            if (RandomAccess.GetLength(file) != _end)
                throw new GptException(GptErrorKind.ConversationBusy, $"{_path} has another writer; this one (epoch {Epoch}) may not go on.") { Phase = GptPhase.Turn };
            _torn = true;
            _writeAt(file, _line.WrittenSpan, _end);
            _torn = false;
            _end += _line.WrittenCount;
            if (flush)
                Flush(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            TryMend(file);
            throw new IOException($"Cannot write the turn's log {_path}: {exception.Message}", exception);
        }
    }

    private void Flush(SafeFileHandle file)
    {
        RandomAccess.FlushToDisk(file);
        if (_folderFlushed)
            return;
        // The file's own name has to survive, too: once for each log, and for a folder that came with it.
        var folder = Path.GetDirectoryName(_path)!;
        AtomicFile.FlushFolder(folder);
        AtomicFile.FlushFolder(Path.GetDirectoryName(folder)!);
        _folderFlushed = true;
    }

    /// <summary>Cuts off what a failed write left, before anything is written after it.</summary>
    private void Mend(SafeFileHandle file)
    {
        if (!_torn)
            return;
        RandomAccess.SetLength(file, _end);
        _torn = false;
    }

    private void TryMend(SafeFileHandle file)
    {
        try
        {
            Mend(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Readers leave a torn line out; the next append tries again.
        }
    }
}
