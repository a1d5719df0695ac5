using System.Buffers.Binary;

namespace Omega.Gpt;

/// <summary>
/// Answers as files of a folder, for their owner alone, within a size: the oldest make room. Several processes may use the folder. Each file
/// is written whole or not at all. Thread-safe.
/// </summary>
/// <param name="folder">The folder; made when it does not exist.</param>
/// <param name="maxBytes">What all answers together may take.</param>
/// <param name="time">The clock; null for the system's.</param>
public sealed class FileAnswerCache(string folder, long maxBytes = 256L * 1024 * 1024, TimeProvider? time = null) : IAnswerCache
{
    private const string Extension = ".answer";

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Lock _lock = new();

    /// <inheritdoc/>
    public async ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken = default)
    {
        byte[] file;
        try
        {
            file = await File.ReadAllBytesAsync(PathOf(key), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        // The first eight bytes say until when it is good.
        if (file.Length > sizeof(long) && BinaryPrimitives.ReadInt64BigEndian(file) > _time.GetUtcNow().UtcTicks)
            return file[sizeof(long)..];
        AtomicFile.TryDelete(PathOf(key));
        return null;
    }

    /// <inheritdoc/>
    public ValueTask SetAsync(string key, byte[] answer, TimeSpan timeToLive, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var until = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(until, (_time.GetUtcNow() + timeToLive).UtcTicks);
        lock (_lock)
        {
            AtomicFile.CreateFolder(Path.GetFullPath(folder));
            MakeRoom(answer.Length);
            AtomicFile.Write(PathOf(key), stream =>
            {
                stream.Write(until);
                stream.Write(answer);
            });
        }

        return default;
    }

    private string PathOf(string key) => Path.Combine(folder, key + Extension);

    private void MakeRoom(int coming)
    {
        var files = new DirectoryInfo(folder).GetFiles("*" + Extension);
        var kept = files.Sum(file => file.Length) + coming;
        foreach (var oldest in files.OrderBy(file => file.LastWriteTimeUtc))
        {
            if (kept <= maxBytes)
                return;
            kept -= oldest.Length;
            AtomicFile.TryDelete(oldest.FullName);
        }
    }
}
