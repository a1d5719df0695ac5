using System.Net;
using System.Runtime.CompilerServices;

namespace Omega.Benchmarks.Streams;

/// <summary>A server without a network: every request gets the same answer, and each read of it one event, as the network gives them.</summary>
internal sealed class MemoryServer(byte[][] answer, bool waits = false) : HttpMessageHandler
{
    /// <summary>A client of a server that answers with <see cref="Streams.Answer"/>.</summary>
    /// <param name="wire">The wire.</param>
    public static HttpClient Client(Wire wire) => new(new MemoryServer(Streams.Answer.On(wire)));

    /// <summary>A client of a server that answers with as many pieces as are asked for, on Chat Completions.</summary>
    /// <param name="pieces">How many.</param>
    /// <param name="waits">Whether each read has to be waited for.</param>
    public static HttpClient Client(int pieces, bool waits) => new(new MemoryServer(Streams.Answer.Of(pieces), waits));

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(Reply());

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => Reply();

    private HttpResponseMessage Reply() => new(HttpStatusCode.OK)
    {
        Content = new StreamContent(new EventStream(answer, waits)) { Headers = { ContentType = new("text/event-stream") } },
    };

    private sealed class EventStream(byte[][] events, bool waits) : Stream
    {
        private int _event;
        private int _offset;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            if (_event == events.Length)
                return 0;
            var unread = events[_event].AsSpan(_offset);
            var count = Math.Min(unread.Length, buffer.Length);
            unread[..count].CopyTo(buffer);
            if (count == unread.Length)
                (_event, _offset) = (_event + 1, 0);
            else
                _offset += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => waits ? WaitAsync(buffer) : new(Read(buffer.Span));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            Task.FromResult(Read(buffer.AsSpan(offset, count)));

        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
        private async ValueTask<int> WaitAsync(Memory<byte> buffer)
        {
            await Task.Yield();
            return Read(buffer.Span);
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
