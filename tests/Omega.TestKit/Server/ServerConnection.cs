using System.Net.Sockets;

namespace Omega.TestKit;

/// <summary>One client connection: request, answer, request, … until somebody closes.</summary>
internal sealed class ServerConnection
{
    /// <summary>What is left to do with the connection when an answer is over.</summary>
    private enum After
    {
        KeepAlive,
        Finish,
        Gone,
    }

    private readonly ModelServer _server;
    private readonly Socket _socket;
    private readonly SocketReader _reader;
    private readonly RequestParser _parser;
    private readonly ReplyWriter _writer;
    private readonly CancellationToken _stopping;
    private readonly int _id;

    public ServerConnection(ModelServer server, Socket socket, int id, CancellationToken stopping)
    {
        _server = server;
        _socket = socket;
        _id = id;
        _stopping = stopping;
        _reader = new(socket, stopping);
        _writer = new(socket, server.Options.Time);
        _parser = new(_reader, server.Options, bytes => _writer.SendAllAsync(bytes, stopping));
    }

    public async Task RunAsync()
    {
        try
        {
            var after = After.KeepAlive;
            while (after == After.KeepAlive && await ReadAsync() is { } request)
            {
                after = await AnswerAsync(request);
            }

            if (after == After.Finish)
            {
                await FinishAsync();
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The client left between two requests, or the server is being disposed: nothing to tell.
        }
        catch (Exception exception)
        {
            _server.Fault(new ScriptFaultException($"Connection {_id} failed: {exception.Message}", exception));
        }
        finally
        {
            _socket.Dispose();
            await _reader.SettleAsync();
        }
    }

    private async Task<ReceivedRequest?> ReadAsync()
    {
        try
        {
            if (await _parser.ReadAsync() is not { } parts)
            {
                return null;
            }

            var request = new ReceivedRequest(parts.Method, parts.Target, parts.Headers, parts.Body)
            {
                ConnectionId = _id,
                At = _server.Options.Time.GetUtcNow(),
            };
            _server.Record(request);
            return request;
        }
        catch (BadRequestException bad)
        {
            _server.Fault(new ScriptFaultException($"Connection {_id} sent a request that cannot be read: {bad.Message}", bad));
            var refused = new ReceivedRequest("", "", [], []) { ConnectionId = _id, At = default };
            await _writer.WriteAsync(Reply.OpenAIError(bad.Status, bad.Message).WithHeader("connection", "close"), refused, _stopping);
            await FinishAsync();
            return null;
        }
    }

    private async Task<After> AnswerAsync(ReceivedRequest request)
    {
        var outcome = AnswerOutcome.ServerStopped;
        _server.CountAnswer(1);
        try
        {
            using var leaving = CancellationTokenSource.CreateLinkedTokenSource(_stopping);
            var watch = WatchAsync(leaving);
            BodyEnd end;
            Reply reply;
            try
            {
                reply = await _server.ChooseAsync(request, leaving.Token);
                end = await _writer.WriteAsync(reply, request, leaving.Token);
                if (end == BodyEnd.Reset)
                {
                    await SendQueue.ResetAsync(_socket, leaving.Token);
                    outcome = AnswerOutcome.CutByScript;
                    return After.Gone;
                }
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                outcome = _stopping.IsCancellationRequested ? AnswerOutcome.ServerStopped : AnswerOutcome.ClientAborted;
                return After.Gone;
            }
            finally
            {
                await leaving.CancelAsync();
                await watch;
            }

            outcome = end == BodyEnd.EndCleanly ? AnswerOutcome.Sent : AnswerOutcome.CutByScript;
            var closes = end != BodyEnd.EndCleanly || reply.Framing is Framing.UntilClose or Framing.Raw || WantsClose(request, reply);
            return closes ? After.Finish : After.KeepAlive;
        }
        catch (ScriptFaultException fault)
        {
            _server.Fault(fault);
            outcome = AnswerOutcome.ScriptFault;
            return After.Gone;
        }
        finally
        {
            _server.CountAnswer(-1);
            request.End(outcome);
        }
    }

    private async Task WatchAsync(CancellationTokenSource leaving)
    {
        if (await _reader.WatchAsync(leaving.Token))
        {
            await leaving.CancelAsync();
        }
    }

    /// <summary>FIN, then reads until the client closes too: closing with unread bytes would turn the FIN into an RST.</summary>
    private async Task FinishAsync()
    {
        _socket.Shutdown(SocketShutdown.Send);
        while (await _reader.FillAsync())
        {
            _reader.Consume(_reader.Unread.Length);
        }
    }

    private static bool WantsClose(ReceivedRequest request, Reply reply) =>
        Says(request.Header("connection")) || reply.Headers.Any(header =>
            header.Key.Equals("connection", StringComparison.OrdinalIgnoreCase) && Says(header.Value));

    private static bool Says(string? connection) => connection?.Contains("close", StringComparison.OrdinalIgnoreCase) == true;
}
