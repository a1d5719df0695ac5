namespace Omega.Gpt.Turns;

/// <summary>
/// A lock that is a file: held by one owner on this machine, within a process and between them, and gone with the process that
/// held it, however that ended. The file is removed when the lock is let go; one that a killed process left is taken over.
/// </summary>
internal sealed class FileLock : IDisposable, IAsyncDisposable
{
    private const int LinuxWouldBlock = 11;
    private const int MacWouldBlock = 35;
    private const int WindowsSharingViolation = unchecked((int)0x80070020);

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly string _path;
    private FileStream? _file;

    private FileLock(string path, FileStream file) => (_path, _file) = (path, file);

    /// <summary>Takes the lock; null when another holds it.</summary>
    /// <param name="path">The file. Its folder must exist.</param>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public static FileLock? TryAcquire(string path)
    {
        while (true)
        {
            FileStream file;
            try
            {
                file = AtomicFile.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception) when (exception.HResult is LinuxWouldBlock or MacWouldBlock or WindowsSharingViolation)
            {
                return null;
            }

            // A mark says that the last owner had removed the file between our opening and locking it: it is nobody's file now.
            if (file.Length == 0)
                return new FileLock(path, file);
            file.Dispose();
        }
    }

    /// <summary>Takes a lock that is only ever held for moments.</summary>
    /// <param name="path">The file. Its folder is created.</param>
    /// <param name="busy">What to say when it cannot be had within 10 s.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="GptException"><see cref="GptErrorKind.ConversationBusy"/>.</exception>
    public static async ValueTask<FileLock> AcquireAsync(string path, string busy, CancellationToken cancellationToken)
    {
        AtomicFile.CreateFolder(Path.GetDirectoryName(path)!);
        // Other processes run on the system's clock, whatever clock this one is given.
        var time = TimeProvider.System;
        var began = time.GetTimestamp();
        while (true)
        {
            if (TryAcquire(path) is { } taken)
                return taken;
            if (time.GetElapsedTime(began) > LongestWait)
                throw new GptException(GptErrorKind.ConversationBusy, busy) { Phase = GptPhase.Request, IsRetryable = true };
            await Task.Delay(TimeSpan.FromMilliseconds(5), time, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _file, null) is not { } file)
            return;
        if (OperatingSystem.IsWindows())
        {
            // An open file cannot be removed there, nor can one that the next owner has opened already.
            file.Dispose();
            AtomicFile.TryDelete(_path);
            return;
        }

        using (file)
        {
            AtomicFile.TryDelete(_path);
            try
            {
                file.WriteByte(0);
            }
            catch (IOException)
            {
                // A full disk. Without the mark, one who opened the file a moment ago may hold a lock that others do not see.
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
