using System.Text;
using System.Text.Json;

namespace Omega.Cli.Editing;

/// <summary>
/// A history on disk: one JSON string a line, readable by its owner alone. A person's work never fails because of it: a file that cannot be
/// read or written is left alone, and lines that are not strings are left out.
/// </summary>
/// <param name="path">The file.</param>
internal sealed class HistoryFile(string path)
{
    private const long MaxBytes = 4 * 1024 * 1024;

    /// <summary>The last entries.</summary>
    public LineHistory Load()
    {
        try
        {
            if (!File.Exists(path) || new FileInfo(path).Length > MaxBytes)
                return new LineHistory([]);
            var lines = File.ReadAllLines(path);
            List<string> entries = [.. lines.Select(Read).OfType<string>().TakeLast(LineHistory.MaxEntries)];
            if (lines.Length > 2 * LineHistory.MaxEntries)
                Rewrite(entries);
            return new LineHistory(entries);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new LineHistory([]);
        }
    }

    /// <summary>Adds an entry; several processes may.</summary>
    public void Append(string entry)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var file = new FileStream(path, Options(FileMode.Append));
            file.Write(Line(entry));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The history is a convenience.
        }
    }

    private static byte[] Line(string entry) => Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(entry)}\"\n");

    private static string? Read(string line)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(line));
            return reader.Read() && reader.TokenType == JsonTokenType.String && reader.GetString() is { Length: > 0 and <= LineHistory.MaxLength } entry ? entry : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private void Rewrite(List<string> entries)
    {
        var beside = $"{path}.{Environment.ProcessId}.tmp";
        using (var file = new FileStream(beside, Options(FileMode.Create)))
        {
            foreach (var entry in entries)
                file.Write(Line(entry));
        }

        File.Move(beside, path, overwrite: true);
    }
}
