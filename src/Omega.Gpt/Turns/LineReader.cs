using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Omega.Gpt.Turns;

/// <summary>Reads the lines of a file that may be growing. A line without its end is not there yet.</summary>
internal sealed class LineReader(SafeFileHandle file, int maxLine) : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(4096);
    private int _start;
    private int _scanned;
    private int _end;

    /// <summary>Number of lines read.</summary>
    public int Lines { get; private set; }

    /// <summary>Where the last line read ends in the file.</summary>
    public long Offset { get; private set; }

    /// <summary>How much of the file has been read, a line without its end included.</summary>
    public long Size { get; private set; }

    /// <summary>The next line, without its end; valid until the next call.</summary>
    /// <returns>False at the end of the file, or before a line that is not whole.</returns>
    /// <exception cref="InvalidDataException">A line is longer than allowed.</exception>
    public bool TryRead(out ReadOnlyMemory<byte> line)
    {
        while (true)
        {
            var length = _buffer.AsSpan(_start + _scanned, _end - _start - _scanned).IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = _buffer.AsMemory(_start, _scanned + length);
                (_start, _scanned) = (_start + line.Length + 1, 0);
                Offset += line.Length + 1;
                Lines++;
                return true;
            }

            _scanned = _end - _start;
            if (_scanned > maxLine)
                throw new InvalidDataException($"line {Lines + 1} is longer than {maxLine:N0} bytes");
            MakeRoom();
            var count = RandomAccess.Read(file, _buffer.AsSpan(_end), Size);
            if (count == 0)
            {
                line = default;
                return false;
            }

            _end += count;
            Size += count;
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        (_start, _scanned, _end) = (0, 0, 0);
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end < _buffer.Length)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 4);
        _buffer.AsSpan(0, _end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
