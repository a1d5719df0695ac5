using Omega.Gpt.Recording;

namespace Omega.Gpt;

/// <summary>A recording as <see cref="SessionRecorder"/> wrote it, read whole. Immutable and thread-safe.</summary>
public sealed class SessionRecording
{
    /// <summary>The version of the format that this library writes, and reads.</summary>
    public const int Version = 1;

    private const long MaxBytes = 512L * 1024 * 1024;

    private SessionRecording(string file, IReadOnlyList<RecordedTurn> turns, string? notice) => (File, Turns, Notice) = (file, turns, notice);

    /// <summary>The file it was read from.</summary>
    public string File { get; }

    /// <summary>What is not whole about it, such as a last line that was cut; null where nothing is.</summary>
    public string? Notice { get; }

    /// <summary>The turns, in the order in which they began.</summary>
    public IReadOnlyList<RecordedTurn> Turns { get; }

    /// <summary>Reads a recording. A last line that was cut, as by a crash, is left out and said (<see cref="Notice"/>).</summary>
    /// <param name="path">The file; up to 512 MiB.</param>
    /// <exception cref="RecordingException">It cannot be read, or is no recording; the message says where.</exception>
    public static SessionRecording Load(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new RecordingReader(path).Parse(Read(path));
    }

    /// <summary>Whether bytes are the beginning of a recording.</summary>
    internal static bool IsOne(ReadOnlySpan<byte> bytes) => bytes.StartsWith("{\"type\":\"recording\""u8);

    /// <exception cref="RecordingException">It cannot be read.</exception>
    internal static byte[] Read(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MaxBytes } file)
                throw new RecordingException($"\"{path}\" has {file.Length} bytes; at most {MaxBytes} (512 MiB) are read.") { File = path };
            return System.IO.File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RecordingException($"The recording \"{path}\" cannot be read: {exception.Message}", exception) { File = path };
        }
    }

    internal static SessionRecording Of(string file, IReadOnlyList<RecordedTurn> turns, string? notice) => new(file, turns, notice);
}
