using System.Buffers;
using System.Net.Http.Headers;
using Omega.Gpt.Providers;

namespace Omega.Gpt.Recording;

/// <summary>
/// Records the bytes of one call of a wire, line by line of its stream: a key that comes in two pieces is whole when it is looked for.
/// </summary>
internal sealed class WireRecorder(SessionRecorder recorder, ModelRequest request) : IWireTap
{
    /// <summary>What is kept back for the end of its line; a longer line is recorded in pieces.</summary>
    private const int MostHeld = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _held = new();

    public void Hide(string secret) => recorder.Hide(secret);

    public void Sending(Uri endpoint, ReadOnlySpan<byte> body) => recorder.Sending(request, endpoint, body);

    public void Answered(int status, HttpResponseHeaders headers) => recorder.Answered(request, status, headers);

    public void Received(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.LastIndexOf((byte)'\n') + 1;
        if (end > 0)
        {
            if (_held.WrittenCount == 0)
            {
                recorder.Received(request, bytes[..end]);
            }
            else
            {
                _held.Write(bytes[..end]);
                Flush();
            }
        }

        _held.Write(bytes[end..]);
        if (_held.WrittenCount >= MostHeld)
            Flush();
    }

    /// <summary>Records what is left of a line.</summary>
    public void Flush()
    {
        if (_held.WrittenCount == 0)
            return;
        recorder.Received(request, _held.WrittenSpan);
        _held.ResetWrittenCount();
    }
}
