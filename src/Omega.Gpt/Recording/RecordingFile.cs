using System.Globalization;

namespace Omega.Gpt.Recording;

/// <summary>
/// Where lines go: one file, or a folder of files of which the oldest make room. Only the owner can read them. Not thread-safe.
/// </summary>
internal abstract class RecordingFile : IDisposable
{
    /// <summary>Whether another file should be begun when no turn is under way.</summary>
    public virtual bool IsFull => false;

    /// <summary>Whether another file must be begun, whatever is under way.</summary>
    public virtual bool IsOverfull => false;

    /// <summary>Appends whole lines.</summary>
    /// <exception cref="IOException">They cannot be written.</exception>
    public abstract void Write(ReadOnlySpan<byte> lines);

    /// <summary>Begins another file, where there are several.</summary>
    public virtual void Next()
    {
    }

    public abstract void Dispose();

    /// <summary>One file, which must not exist yet.</summary>
    public sealed class Single(string path) : RecordingFile
    {
        private readonly FileStream _file = AtomicFile.Open(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);

        public override void Write(ReadOnlySpan<byte> lines) => _file.Write(lines);

        public override void Dispose() => _file.Dispose();
    }

    /// <summary>A folder of files that together stay within a size, but for a line that is larger than a file's share.</summary>
    public sealed class Rotating(string folder, long maxBytes, TimeProvider time) : RecordingFile
    {
        /// <summary>How many shares the size has: a file ends behind the turn with which it reaches one, at the latest at two.</summary>
        private const int Shares = 8;
        private const string Pattern = "flight-*.jsonl";

        private FileStream? _file;
        private long _written;
        private int _files;

        public override bool IsFull => _written >= maxBytes / Shares;

        public override bool IsOverfull => _written >= maxBytes / Shares * 2;

        public override void Write(ReadOnlySpan<byte> lines)
        {
            _file ??= Begin();
            _file.Write(lines);
            _written += lines.Length;
        }

        public override void Next() => Dispose();

        public override void Dispose()
        {
            _file?.Dispose();
            (_file, _written) = (null, 0);
        }

        private FileStream Begin()
        {
            MakeRoom();
            // Names sort by time, and within a millisecond by number; another process has names of its own.
            var name = string.Create(CultureInfo.InvariantCulture, $"flight-{time.GetUtcNow().UtcDateTime:yyyyMMdd-HHmmss-fff}-{Environment.ProcessId}");
            string path;
            do
                path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}-{_files++:000000}.jsonl"));
            while (File.Exists(path));
            return AtomicFile.Open(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete);
        }

        private void MakeRoom()
        {
            var files = new DirectoryInfo(folder).GetFiles(Pattern).OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
            var kept = files.Sum(file => file.Length);
            foreach (var oldest in files)
            {
                if (kept <= maxBytes - (maxBytes / Shares * 2))
                    return;
                kept -= oldest.Length;
                AtomicFile.TryDelete(oldest.FullName);
            }
        }
    }
}
