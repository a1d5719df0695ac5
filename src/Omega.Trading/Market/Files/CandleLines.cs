using System.Buffers;

namespace Omega.Trading;

/// <summary>The lines of a stream, one after the other, over one pooled buffer. A line that is too long is cut and said to be.</summary>
internal sealed class CandleLines : IDisposable
{
    private const int LeastBuffer = 256 * 1024;
    private const byte LineEnd = (byte)'\n';

    private readonly CandleInput _input;
    private readonly int _longest;
    private byte[] _buffer;
    private int _start;
    private int _end;
    private bool _isEnded;

    public CandleLines(CandleInput input, int longest)
    {
        (_input, _longest) = (input, longest);
        _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(LeastBuffer, 2 * longest));
    }

    /// <summary>Number of the line last read, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Whether the line last read is longer than allowed; what is beyond is skipped.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Reads the next line, without its end (LF or CRLF); it is valid until the next call.</summary>
    /// <returns>False at the end.</returns>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        IsTooLong = false;
        var searched = 0;
        while (true)
        {
            var rest = _buffer.AsSpan(_start + searched, _end - _start - searched);
            if (rest.IndexOf(LineEnd) is var found && found >= 0)
            {
                line = Take(searched + found, 1);
                return true;
            }

            searched = _end - _start;
            if (searched > _longest)
            {
                line = SkipRest();
                return true;
            }

            if (_isEnded)
            {
                line = Take(searched, 0);
                return searched > 0;
            }

            Fill();
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        (_start, _end, _isEnded) = (0, 0, true);
    }

    private ReadOnlySpan<byte> Take(int length, int lineEnd)
    {
        ReadOnlySpan<byte> line = _buffer.AsSpan(_start, length);
        _start += length + lineEnd;
        if (length + lineEnd > 0)
            Number++;
        if (line is [.., (byte)'\r'])
            line = line[..^1];
        IsTooLong = line.Length > _longest;
        return IsTooLong ? line[.._longest] : line;
    }

    // The beginning of the line is copied to the buffer's front; what follows is read behind it and thrown away.
    private ReadOnlySpan<byte> SkipRest()
    {
        _buffer.AsSpan(_start, _longest).CopyTo(_buffer);
        (_start, _end) = (_longest, _longest);
        var found = -1;
        while (found < 0 && !_isEnded)
        {
            _end = _longest;
            _isEnded = !_input.TryRead(_buffer.AsSpan(_longest), Number + 1, out var count);
            _end += count;
            found = _buffer.AsSpan(_longest, count).IndexOf(LineEnd);
        }

        _start = found < 0 ? _end : _longest + found + 1;
        Number++;
        IsTooLong = true;
        return _buffer.AsSpan(0, _longest);
    }

    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        _isEnded = !_input.TryRead(_buffer.AsSpan(_end), Number + 1, out var count);
        _end += count;
    }
}
