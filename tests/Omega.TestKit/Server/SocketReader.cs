using System.Net.Sockets;

namespace Omega.TestKit;

/// <summary>
/// Buffered reading of one connection. While an answer is written, a read is kept pending (<see cref="WatchAsync"/>), so
/// that a client that leaves is noticed at once; what it reads is kept for the next request.
/// </summary>
internal sealed class SocketReader(Socket socket, CancellationToken stopping)
{
    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;
    private Task<int>? _pending;

    public ReadOnlySpan<byte> Unread => _buffer.AsSpan(_start.._end);

    public void Consume(int bytes) => _start += bytes;

    /// <summary>Reads more; false when the client has closed its side.</summary>
    /// <exception cref="SocketException">The connection was reset.</exception>
    public async Task<bool> FillAsync()
    {
        var read = await (_pending ??= ReceiveAsync());
        _pending = null;
        _end += read;
        return read > 0;
    }

    /// <summary>Completes when the client has left: true. False when it sent bytes, or the watch was called off.</summary>
    public async Task<bool> WatchAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await (_pending ??= ReceiveAsync()).WaitAsync(cancellationToken) == 0;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return !stopping.IsCancellationRequested && !cancellationToken.IsCancellationRequested;
        }
    }

    /// <summary>Waits for the read that was pending when the socket was disposed, so that nothing outlives the connection.</summary>
    public async Task SettleAsync()
    {
        try
        {
            await (_pending ?? Task.FromResult(0));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // How a read ends whose socket is gone.
        }
    }

    private async Task<int> ReceiveAsync()
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_end == _buffer.Length)
        {
            var grown = _start > 0 ? _buffer : new byte[_buffer.Length * 2];
            _buffer.AsSpan(_start.._end).CopyTo(grown);
            _end -= _start;
            _start = 0;
            _buffer = grown;
        }

        return await socket.ReceiveAsync(_buffer.AsMemory(_end), stopping);
    }
}
