using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Omega.Gpt.Providers.Sse;

/// <summary>
/// Splits a stream of bytes into server-sent events as the WHATWG HTML standard defines them (section 9.2.6, "Interpreting an event
/// stream"). Read into <see cref="GetMemory"/>, <see cref="Advance"/>, then call <see cref="TryRead"/> until it returns false. An event
/// is returned as soon as its blank line has arrived, even a blank line ended by a CR alone; one without its blank line is never
/// returned. Comments, <c>retry</c> and unknown fields are ignored. Reading allocates nothing once the buffers have their size.
/// Not thread-safe; one reader reads one stream.
/// </summary>
internal sealed class SseReader : IDisposable
{
    private const byte Cr = (byte)'\r';
    private const byte Lf = (byte)'\n';
    private const int FirstBuffer = 16 * 1024;
    private const int LeastRead = 4 * 1024;
    private const int None = -1;

    private readonly SseLimits _limits;
    private readonly int _maxLine;

    // [.. _data of _dataLength bytes ..] then, after the fields already taken, [_start .. unread .. _end] [.. free ..]
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
    private int _start;
    private int _end;
    private int _scanned; // of the unread bytes, how many are known to hold no line end
    private int _data;
    private int _dataLength = None;

    private PooledBytes _name;
    private PooledBytes _id;
    private bool _atStart = true;
    private bool _afterCr; // a line feed here belongs to the line end before it
    private bool _disposed;

    /// <param name="limits">Bounds of memory and length; null for <see cref="SseLimits.Default"/>.</param>
    public SseReader(SseLimits? limits = null)
    {
        _limits = limits ?? SseLimits.Default;
        _maxLine = _limits.MaxLineBytes;
    }

    /// <summary>All bytes fed so far.</summary>
    public long TotalBytes { get; private set; }

    /// <summary>Those of them that are over: of the events that came out, and comments behind these. An event that has only begun is not among them.</summary>
    public long PassedBytes { get; private set; }

    private long TakenBytes => Math.Min(TotalBytes, _limits.MaxTotalBytes) - (_end - _start);

    /// <summary>After <see cref="TryRead"/> returned false: whether a line or an event has begun and not ended.</summary>
    public bool HasPartial => _end > _start || _dataLength != None || _name.Length > 0;

    /// <summary>Bytes held in the main buffer: at most about twice the line and event limits together, if drained after each read.</summary>
    internal int Capacity => _buffer.Length;

    /// <summary>Free space to read into, never empty. It ends the life of the last event's spans and is itself valid until the next call.</summary>
    public Memory<byte> GetMemory()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_start == _end && _dataLength == None)
        {
            _start = _end = 0;
        }
        else if (_buffer.Length - _end < LeastRead)
        {
            MakeRoom();
        }

        return _buffer.AsMemory(_end);
    }

    /// <summary>Tells that <paramref name="count"/> bytes were read into the start of <see cref="GetMemory"/>; 0 is allowed.</summary>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _buffer.Length - _end);
        // Bytes beyond the limit are left out, so that all events before it come out first, however the bytes were split into reads.
        _end += (int)Math.Clamp(_limits.MaxTotalBytes - TotalBytes, 0, count);
        TotalBytes += count;
    }

    /// <summary>Copies <paramref name="bytes"/> in: for tests and replay. The buffer grows to hold what is fed and not yet read.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var free = GetMemory().Span;
            var count = Math.Min(free.Length, bytes.Length);
            bytes[..count].CopyTo(free);
            Advance(count);
            bytes = bytes[count..];
        }
    }

    /// <summary>The next event among the bytes fed so far, or false: feed more.</summary>
    /// <exception cref="SseFormatException">The stream went over a limit; each further call throws it again.</exception>
    public bool TryRead(out SseEvent sse)
    {
        if (!_atStart || PassByteOrderMark())
        {
            while (true)
            {
                if (_afterCr && _start < _end)
                {
                    _start += _buffer[_start] == Lf ? 1 : 0;
                    _afterCr = false;
                }

                var unread = _buffer.AsSpan(_start, _end - _start);
                // Every second line or so is blank: a look at its first byte saves the start-up of a vectorised search.
                var found = !unread.IsEmpty && unread[0] is Cr or Lf ? 0 : unread[_scanned..].IndexOfAny(Cr, Lf);
                var length = found < 0 ? unread.Length : _scanned + found;
                if (length > _maxLine)
                {
                    Throw(nameof(SseLimits.MaxLineBytes), _maxLine);
                }

                if (found < 0)
                {
                    _scanned = length;
                    break;
                }

                if (length > 0)
                {
                    TakeLine(unread[..length]);
                }

                _start += length + 1;
                _scanned = 0;
                _afterCr = unread[length] == Cr;
                if (length == 0)
                {
                    var name = _name.Take();
                    if (_dataLength != None)
                    {
                        sse = new SseEvent(name, _buffer.AsSpan(_data, _dataLength), _id.Span);
                        _dataLength = None;
                        PassedBytes = TakenBytes;
                        return true;
                    }
                }
            }
        }

        if (TotalBytes > _limits.MaxTotalBytes)
        {
            Throw(nameof(SseLimits.MaxTotalBytes), _limits.MaxTotalBytes);
        }

        if (_dataLength == None && _name.Length == 0)
        {
            PassedBytes = TakenBytes;
        }

        sse = default;
        return false;
    }

    /// <summary>Gives the buffers back. No read into <see cref="GetMemory"/> may still be under way.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
            _start = _end = _scanned = 0;
            _dataLength = None;
            _name.Dispose();
            _id.Dispose();
        }
    }

    private void TakeLine(ReadOnlySpan<byte> line)
    {
        if (IsField(line, "data"u8, out var value))
        {
            AppendData(value, line.Length - value);
        }
        else if (IsField(line, "event"u8, out value))
        {
            _name.Set(line[value..]);
        }
        else if (IsField(line, "id"u8, out value) && !line.Contains((byte)0))
        {
            _id.Set(line[value..]);
        }
    }

    // The first data line stays where it is. A further one moves down to the end of those before it, over its own "data:" and over
    // lines already taken: a line has at least four bytes ("data") before its value, so there is always room for the joining line feed.
    private void AppendData(int value, int length)
    {
        var joined = _dataLength == None ? length : (long)_dataLength + 1 + length;
        if (joined > _limits.MaxEventBytes)
        {
            Throw(nameof(SseLimits.MaxEventBytes), _limits.MaxEventBytes);
        }

        if (_dataLength == None)
        {
            _data = _start + value;
        }
        else
        {
            var end = _data + _dataLength;
            _buffer[end] = Lf;
            _buffer.AsSpan(_start + value, length).CopyTo(_buffer.AsSpan(end + 1));
        }

        _dataLength = (int)joined;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)] // with the constant name it becomes one or two integer comparisons
    private static bool IsField(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, out int value)
    {
        value = name.Length;
        if (!line.StartsWith(name))
        {
            return false;
        }

        if (line.Length > value)
        {
            if (line[value++] != ':')
            {
                return false;
            }

            value += value < line.Length && line[value] == ' ' ? 1 : 0;
        }

        return true;
    }

    // False while the bytes so far are but the beginning of a mark.
    private bool PassByteOrderMark()
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF], unread = _buffer.AsSpan(_start, _end - _start);
        if (unread.Length < mark.Length && mark.StartsWith(unread))
        {
            return false;
        }

        _start += unread.StartsWith(mark) ? mark.Length : 0;
        _atStart = false;
        return true;
    }

    // Moves what is still needed (the event's data, the unread bytes) to the front, into a buffer twice as large if it fills this one.
    // Data moves to the front once, an unfinished line once, and either once per doubling: constant work per byte.
    private void MakeRoom()
    {
        var (kept, unread) = (Math.Max(_dataLength, 0), _end - _start);
        var old = _buffer;
        if (old.Length - kept - unread < LeastRead)
        {
            _buffer = ArrayPool<byte>.Shared.Rent(checked(old.Length * 2));
        }

        if (kept > 0 && (_data > 0 || _buffer != old))
        {
            old.AsSpan(_data, kept).CopyTo(_buffer);
        }

        old.AsSpan(_start, unread).CopyTo(_buffer.AsSpan(kept));
        (_data, _start, _end) = (0, kept, kept + unread);
        if (_buffer != old)
        {
            ArrayPool<byte>.Shared.Return(old);
        }
    }

    [DoesNotReturn]
    private void Throw(string limit, long value) =>
        throw new SseFormatException(limit, value, TakenBytes);
}
