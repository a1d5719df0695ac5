using System.Runtime.InteropServices;
using System.Text;

namespace Omega.Gpt;

/// <summary>Files and folders that only their owner can read, and files that are replaced whole.</summary>
internal static class AtomicFile
{
    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode FileMode600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const int LinuxCloseOnExec = 0x80000;

    /// <summary>Creates a folder and those above it, for the owner alone. Not an error where it exists.</summary>
    public static void CreateFolder(string path)
    {
        if (Directory.Exists(path))
            return;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        // The mode holds for the last folder alone, so those above are made one by one.
        if (Path.GetDirectoryName(path) is { Length: > 0 } parent)
            CreateFolder(parent);
        Directory.CreateDirectory(path, FolderMode);
    }

    /// <summary>As <see cref="CreateFolder"/>, for the few folders that everything lies in: a new one is made to survive a power cut.</summary>
    public static void CreateRoot(string path)
    {
        if (Directory.Exists(path))
            return;
        CreateFolder(path);
        FlushFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Opens a file without a buffer; a new one is for the owner alone.</summary>
    public static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && mode is FileMode.Create or FileMode.CreateNew or FileMode.OpenOrCreate)
            options.UnixCreateMode = FileMode600;
        return new FileStream(path, options);
    }

    /// <summary>Writes a file beside the old one, forces it to the disk, and renames it over the old one.</summary>
    /// <exception cref="IOException">The file cannot be written; an old one is as it was.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var temporary = path + ".new";
        try
        {
            using (var file = Open(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                using (var buffered = new BufferedStream(file, 64 * 1024))
                {
                    write(buffered);
                    buffered.Flush();
                    file.Flush(flushToDisk: true);
                }
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception)
        {
            TryDelete(temporary);
            if (exception is IOException)
                throw new IOException($"Cannot write {path}: {exception.Message}", exception);
            throw;
        }

        FlushFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>
    /// Forces a folder's entries to the disk, so that a new or renamed file is found after a power cut. Best effort: some file systems
    /// cannot, and on Windows there is nothing to do.
    /// </summary>
    public static void FlushFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            return;
        try
        {
            var folder = open([.. Encoding.UTF8.GetBytes(path), 0], OperatingSystem.IsLinux() ? LinuxCloseOnExec : 0);
            if (folder < 0)
                return;
            _ = fsync(folder);
            _ = close(folder);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // A system whose C library has another name: the entries reach the disk when the system writes them.
        }
    }

    /// <summary>Deletes what may be there.</summary>
    public static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Left behind; the next write of the same file takes its place.
        }
    }

#pragma warning disable IDE1006, SYSLIB1054, CA5392 // The C library's own names; generated marshalling would need unsafe code.
    [DllImport("libc")]
    private static extern int open(byte[] path, int flags);

    [DllImport("libc")]
    private static extern int fsync(int file);

    [DllImport("libc")]
    private static extern int close(int file);
#pragma warning restore IDE1006, SYSLIB1054, CA5392
}
