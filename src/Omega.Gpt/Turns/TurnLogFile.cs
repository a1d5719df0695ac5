using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace Omega.Gpt.Turns;

/// <summary>
/// Reads one log file. The last line may be torn (the process was killed, or the disk was full, while it was being written): it is
/// left out. Any other line that cannot be read is damage, reported with file and line.
/// </summary>
internal sealed class TurnLogFile : IDisposable
{
    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly LineReader _lines;

    private TurnLogFile(string path, int maxLine)
    {
        _path = path;
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        _lines = new LineReader(_file, maxLine);
    }

    /// <summary>The header; null where it was not written to its end, so that the log never began.</summary>
    public TurnHeader? Header { get; private set; }

    /// <summary>The last writer's number.</summary>
    public long Epoch { get; private set; } = 1;

    /// <summary>How much of the file was there when it was read, a torn line included.</summary>
    public long Size => _lines.Size;

    /// <summary>Where the last whole entry ends.</summary>
    public long End { get; private set; }

    /// <summary>Opens a log and reads its header.</summary>
    /// <exception cref="FileNotFoundException">There is no such log.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such log.</exception>
    /// <exception cref="ConversationException">The header is damaged.</exception>
    public static TurnLogFile Open(string path, int maxLine)
    {
        var file = new TurnLogFile(path, maxLine);
        try
        {
            file.ReadHeader();
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>As <see cref="Open"/>, or null where there is no such log.</summary>
    public static TurnLogFile? TryOpen(string path, int maxLine)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            return Open(path, maxLine);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            // Deleted since we looked.
            return null;
        }
    }

    /// <summary>The header of a log; null where there is none.</summary>
    public static TurnHeader? HeaderOf(string path, int maxLine)
    {
        using var file = TryOpen(path, maxLine);
        return file?.Header;
    }

    /// <summary>The next entry.</summary>
    /// <exception cref="ConversationException">A line is damaged, and it is not the last.</exception>
    public bool TryRead(out TurnEntry entry)
    {
        while (TryReadLine(out var line))
        {
            long epoch;
            try
            {
                TurnLogLines.Read(line.Span, out entry, out epoch);
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
            {
                var number = _lines.Lines;
                if (!TurnLogLines.IsJson(line.Span) && !TryReadLine(out _))
                    break;
                throw Damaged(exception, number);
            }

            End = _lines.Offset;
            if (epoch == 0)
                return true;
            Epoch = epoch;
        }

        entry = default;
        return false;
    }

    public void Dispose()
    {
        _lines.Dispose();
        _file.Dispose();
    }

    private void ReadHeader()
    {
        if (!TryReadLine(out var line))
            return;
        try
        {
            Header = TurnLogLines.ReadHeader(line.Span);
            End = _lines.Offset;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            if (TurnLogLines.IsJson(line.Span) || TryReadLine(out _))
                throw Damaged(exception, 1);
        }
    }

    private bool TryReadLine(out ReadOnlyMemory<byte> line)
    {
        try
        {
            return _lines.TryRead(out line);
        }
        catch (InvalidDataException exception)
        {
            throw Damaged(exception, _lines.Lines + 1);
        }
    }

    private ConversationException Damaged(Exception cause, int line) =>
        new($"{_path}, line {line}: {cause.Message.TrimEnd('.')}. The file is left as it is; without that line, the rest can be read.", cause)
        {
            File = _path,
            Line = line,
        };
}
