namespace Omega.Gpt;

/// <summary>Reads the bytes of a file of function definitions, bounded.</summary>
internal static class FunctionSetFile
{
    /// <summary>At most one byte more than <see cref="FunctionSetText.MaxBytes"/>, which is enough to see that a file is too big.</summary>
    public static byte[] Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            using var bytes = new MemoryStream();
            var buffer = new byte[64 * 1024];
            // Pipes and devices have no length that could be trusted, so the bound is on what was read.
            for (int read; bytes.Length <= FunctionSetText.MaxBytes && (read = file.Read(buffer)) > 0;)
                bytes.Write(buffer, 0, read);
            return bytes.ToArray();
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Unreadable("there is no such file. Check the path.", error);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException or ArgumentException or NotSupportedException)
        {
            throw Unreadable(Directory.Exists(path) ? "is a folder. Name the file in it." : $"cannot be read: {error.Message}", error);
        }

        FunctionFileException Unreadable(string problem, Exception error) => new(path, null, null, problem, error);
    }
}
