namespace Omega.Trading;

/// <summary>Files that appear whole or not at all.</summary>
internal static class ReplacedFile
{
    /// <summary>Writes a file beside the old one, forces it to the disk, and renames it over the old one.</summary>
    /// <exception cref="CandleFileException">The file cannot be written; an old one is as it was.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        // A name of its own, so that two writers do not write into one file.
        var temporary = $"{path}.{Guid.NewGuid():N}.new";
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception)
        {
            TryDelete(temporary);
            if (exception is DirectoryNotFoundException)
                throw new CandleFileException(path, null, "The folder does not exist.", exception);
            if (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
                throw new CandleFileException(path, null, $"The file cannot be written: {exception.Message}", exception);
            throw;
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // Left behind under a name that nothing reads.
        }
    }
}
