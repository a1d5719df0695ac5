using System.Buffers;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Omega.TestKit;

/// <summary>Carries a reply out on a socket, step by step: one send per step.</summary>
internal sealed class ReplyWriter(Socket socket, TimeProvider time)
{
    private static readonly byte[] LastChunk = "0\r\n\r\n"u8.ToArray();

    /// <summary>Returns how the body ended.</summary>
    public async Task<BodyEnd> WriteAsync(Reply reply, ReceivedRequest request, CancellationToken cancellationToken)
    {
        foreach (var step in reply.BeforeHead)
        {
            await WaitAsync(step, cancellationToken);
        }

        if (reply.Framing != Framing.Raw)
        {
            await SendAllAsync(Head(reply), cancellationToken);
        }

        var left = reply.Cut?.Bytes ?? long.MaxValue;
        foreach (var step in reply.Steps)
        {
            if (left == 0)
            {
                break;
            }

            switch (step)
            {
                case SendStep { Bytes.IsEmpty: true }:
                    break;
                case SendStep send:
                    var now = send.Bytes[..(int)Math.Min(send.Bytes.Length, left)];
                    var announced = reply.Cut?.How == BodyEnd.EndCleanly ? now.Length : send.Bytes.Length;
                    await SendBodyAsync(reply.Framing, now, announced, cancellationToken);
                    request.CountSent(now.Length);
                    left -= now.Length;
                    break;
                case GarbageStep garbage:
                    await SendAllAsync(garbage.Bytes, cancellationToken);
                    break;
                case EndStep end:
                    return await EndAsync(end.How, reply.Framing, cancellationToken);
                default:
                    await WaitAsync(step, cancellationToken);
                    break;
            }
        }

        return await EndAsync(reply.Cut?.How ?? BodyEnd.EndCleanly, reply.Framing, cancellationToken);
    }

    public async Task SendAllAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await socket.SendAsync(bytes, cancellationToken)..];
        }
    }

    private async Task WaitAsync(ReplyStep step, CancellationToken cancellationToken)
    {
        switch (step)
        {
            case DelayStep delay:
                await Task.Delay(delay.Time, time, cancellationToken);
                break;
            case GateStep gate:
                await gate.Gate.PassAsync(cancellationToken);
                break;
            default:
                throw new ScriptFaultException($"{step} cannot be carried out here.");
        }
    }

    private async Task<BodyEnd> EndAsync(BodyEnd how, Framing framing, CancellationToken cancellationToken)
    {
        if (how == BodyEnd.EndCleanly && framing == Framing.Chunked)
        {
            await SendAllAsync(LastChunk, cancellationToken);
        }

        if (how == BodyEnd.Stall)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        return how;
    }

    private async Task SendBodyAsync(Framing framing, ReadOnlyMemory<byte> bytes, int announced, CancellationToken cancellationToken)
    {
        if (framing != Framing.Chunked)
        {
            await SendAllAsync(bytes, cancellationToken);
            return;
        }

        // Size, data and end of the chunk go out in one send, as a server's flush per event does it.
        var buffer = ArrayPool<byte>.Shared.Rent(bytes.Length + 16);
        try
        {
            announced.TryFormat(buffer, out var at, "x", CultureInfo.InvariantCulture);
            "\r\n"u8.CopyTo(buffer.AsSpan(at));
            bytes.Span.CopyTo(buffer.AsSpan(at + 2));
            at += 2 + bytes.Length;
            if (announced == bytes.Length)
            {
                "\r\n"u8.CopyTo(buffer.AsSpan(at));
                at += 2;
            }

            await SendAllAsync(buffer.AsMemory(0, at), cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Head(Reply reply)
    {
        var head = new StringBuilder($"HTTP/1.1 {reply.Status} {Reason(reply.Status)}\r\n");
        foreach (var (name, value) in reply.Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        var length = reply.AnnouncedLength ?? (reply.Cut is { How: BodyEnd.EndCleanly } cut ? cut.Bytes : reply.BodyLength);
        head.Append(reply.Framing switch
        {
            Framing.Chunked => "transfer-encoding: chunked\r\n",
            Framing.ContentLength => string.Create(CultureInfo.InvariantCulture, $"content-length: {length}\r\n"),
            _ => "connection: close\r\n",
        });
        return Encoding.Latin1.GetBytes(head.Append("\r\n").ToString());
    }

    private static string Reason(int status) => status switch
    {
        200 => "OK",
        307 => "Temporary Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        404 => "Not Found",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        _ => "Status",
    };
}
