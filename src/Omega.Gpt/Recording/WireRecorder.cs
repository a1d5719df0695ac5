using System.Net.Http.Headers;
using Omega.Gpt.Providers;
using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Recording;

/// <summary>
/// Records the bytes of one call of a wire, event by event, once the stream's own filter has seen what is in them: where a key came in
/// pieces, all events that hold a piece of it are left out.
/// </summary>
internal sealed class WireRecorder(SessionRecorder recorder, ModelRequest request) : IWireTap
{
    /// <summary>What is kept back for the end of its event; more than that is left out.</summary>
    private const int MostHeld = 16 * 1024 * 1024;

    // [.. recorded or left out .. _start .. kept back .. _end ..]
    private byte[] _held = [];
    private int _start;
    private int _end;
    private long _behind; // bytes of the answer that are recorded or left out
    private bool _isStream;
    private bool _isOpen;

    private ReadOnlySpan<byte> Held => _held.AsSpan(_start, _end - _start);

    public void Hide(string secret) => recorder.Hide(secret);

    public void Sending(Uri endpoint, ReadOnlySpan<byte> body) => recorder.Sending(request, endpoint, body);

    public void Answered(int status, HttpResponseHeaders headers) => recorder.Answered(request, status, headers);

    public void Received(ReadOnlySpan<byte> bytes)
    {
        Held.CopyTo(_held);
        (_start, _end) = (0, _end - _start);
        if (_held.Length - _end < bytes.Length)
            Array.Resize(ref _held, Math.Max(_held.Length * 2, _end + bytes.Length));
        bytes.CopyTo(_held.AsSpan(_end));
        _end += bytes.Length;
        if (Held.Length > MostHeld)
            LeaveOut(Held.Length);
    }

    public void Passed(long count, SecretPassage passage)
    {
        (_isStream, _isOpen) = (true, passage == SecretPassage.Open);
        var over = (int)Math.Clamp(count - _behind, 0, Held.Length);
        if (over == 0 || _isOpen)
            return;
        if (passage == SecretPassage.Secret)
            LeaveOut(over);
        else
            Record(over);
    }

    /// <summary>The call is over: records the event in whose middle it ended, or an answer that was no stream. What nobody read is left out.</summary>
    public void Flush()
    {
        if (Held.IsEmpty)
            return;
        if (!_isOpen)
            Record(_isStream ? EndOfEvent(Held) : Held.Length, isCut: true);
        if (!Held.IsEmpty)
            LeaveOut(Held.Length);
    }

    private void Record(int count, bool isCut = false)
    {
        recorder.Received(request, Held[..count], isCut);
        Drop(count);
    }

    private void LeaveOut(int count)
    {
        recorder.LeftOut(request, count);
        Drop(count);
    }

    private void Drop(int count)
    {
        _behind += count;
        _start += count;
    }

    private static int EndOfEvent(ReadOnlySpan<byte> bytes)
    {
        var (lf, crlf) = (bytes.IndexOf("\n\n"u8), bytes.IndexOf("\r\n\r\n"u8));
        return Math.Min(lf < 0 ? bytes.Length : lf + 2, crlf < 0 ? bytes.Length : crlf + 4);
    }
}
