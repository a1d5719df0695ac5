using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Omega.TestKit;

/// <summary>
/// A model provider on a loopback socket that answers as a test scripts it, faults included, and remembers what it was
/// asked. Each request takes the next <see cref="Enqueue"/>d reply; when there is none, <see cref="Respond(Func{ReceivedRequest, Reply})"/>
/// is asked; when there is nobody to ask, the answer is 500 and a fault is recorded. <c>…/models</c> has an answer of its own.
/// All members may be used from any thread.
/// </summary>
public sealed class ModelServer : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<int, Task> _connections = [];
    private readonly ConcurrentQueue<Exception> _faults = [];
    private readonly Queue<Reply> _script = [];
    private readonly List<ReceivedRequest> _requests = [];
    private readonly List<(int Count, TaskCompletionSource<ReceivedRequest> Waiter)> _waiters = [];
    private readonly List<Demand> _demands = [];
    private readonly Task _accepting;
    private Func<ReceivedRequest, CancellationToken, ValueTask<Reply>>? _respond;
    private int _connectionCount;
    private int _inFlight;
    private int _peakInFlight;

    private ModelServer(ModelServerOptions options)
    {
        Options = options;
        if (options.SendBufferBytes is { } size)
        {
            _listener.SendBufferSize = size;
        }

        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(512);
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        BaseUrl = $"http://127.0.0.1:{Port}";
        _accepting = AcceptAsync();
    }

    /// <summary><c>http://127.0.0.1:PORT</c>, without a slash at its end.</summary>
    public string BaseUrl { get; }

    public int Port { get; }

    /// <summary>What <c>…/models</c> answers.</summary>
    public Reply Models { get; set; } = Reply.ModelList("omega-test-1");

    /// <summary>What was asked so far, in the order in which it had arrived whole.</summary>
    public IReadOnlyList<ReceivedRequest> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Errors of the script: nothing to answer with, a callback that threw, a request that was not HTTP.</summary>
    public IReadOnlyList<Exception> Faults => [.. _faults];

    /// <summary>Replies that nobody has asked for yet.</summary>
    public int Unserved
    {
        get
        {
            lock (_lock)
            {
                return _script.Count;
            }
        }
    }

    /// <summary>Connections accepted so far.</summary>
    public int Connections => Volatile.Read(ref _connectionCount);

    /// <summary>Connections open now.</summary>
    public int OpenConnections => _connections.Count;

    /// <summary>Answers under way now.</summary>
    public int InFlight
    {
        get
        {
            lock (_lock)
            {
                return _inFlight;
            }
        }
    }

    /// <summary>The most answers that were under way at one time.</summary>
    public int PeakInFlight
    {
        get
        {
            lock (_lock)
            {
                return _peakInFlight;
            }
        }
    }

    internal ModelServerOptions Options { get; }

    public static ModelServer Start(ModelServerOptions? options = null) => new(options ?? new());

    /// <summary>The address of a path, e.g. <c>Url("/v1/messages")</c>.</summary>
    public Uri Url(string path) => new(BaseUrl + path);

    /// <summary>Adds replies, one for each coming request.</summary>
    public ModelServer Enqueue(params Reply[] replies)
    {
        lock (_lock)
        {
            foreach (var reply in replies)
            {
                _script.Enqueue(reply);
            }
        }

        return this;
    }

    /// <summary>Answers what the queue has no reply for.</summary>
    public ModelServer Respond(Func<ReceivedRequest, Reply> respond) => Respond((request, _) => ValueTask.FromResult(respond(request)));

    /// <summary>Answers what the queue has no reply for; the token is cancelled when the client leaves.</summary>
    public ModelServer Respond(Func<ReceivedRequest, CancellationToken, ValueTask<Reply>> respond)
    {
        lock (_lock)
        {
            _respond = respond;
        }

        return this;
    }

    /// <summary>Holds every request (but those for models) to the demand: unmet, it is answered 400 and takes no reply.</summary>
    public ModelServer Demanding(Demand demand)
    {
        lock (_lock)
        {
            _demands.Add(demand);
        }

        return this;
    }

    /// <summary>The <paramref name="number"/>th request (from 1), as soon as it has arrived.</summary>
    /// <exception cref="TimeoutException">It did not arrive within the bound (real time, default <see cref="Patience.Bound"/>).</exception>
    public async Task<ReceivedRequest> WaitForRequestAsync(
        int number = 1, TimeSpan? bound = null, CancellationToken cancellationToken = default)
    {
        var waiter = new TaskCompletionSource<ReceivedRequest>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_requests.Count >= number)
            {
                return _requests[number - 1];
            }

            _waiters.Add((number, waiter));
        }

        try
        {
            return await waiter.Task.WaitAsync(bound ?? Patience.Bound, TimeProvider.System, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Request {number} did not arrive. Arrived: {string.Join("; ", Requests)}. {FaultText()}");
        }
    }

    /// <summary>Throws where the script had errors, so that a test does not pass beside them.</summary>
    public void ThrowIfFaulted()
    {
        if (!_faults.IsEmpty)
        {
            throw new AggregateException(FaultText(), _faults);
        }
    }

    /// <summary>Ends all connections and waits for everything the server has started.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_connections.Values);
        lock (_lock)
        {
            foreach (var (_, waiter) in _waiters)
            {
                waiter.TrySetException(new ObjectDisposedException(nameof(ModelServer), "The server was disposed. " + FaultText()));
            }
        }

        _stopping.Dispose();
    }

    internal void Fault(Exception fault) => _faults.Enqueue(fault);

    internal void CountAnswer(int change)
    {
        lock (_lock)
        {
            _inFlight += change;
            _peakInFlight = Math.Max(_peakInFlight, _inFlight);
        }
    }

    internal void Record(ReceivedRequest request)
    {
        lock (_lock)
        {
            _requests.Add(request);
            request.Number = _requests.Count;
            foreach (var (_, waiter) in _waiters.Where(entry => entry.Count == _requests.Count))
            {
                waiter.TrySetResult(request);
            }
        }
    }

    internal async ValueTask<Reply> ChooseAsync(ReceivedRequest request, CancellationToken cancellationToken)
    {
        if (request.Wire == Wire.Models)
        {
            return Models;
        }

        Demand[] demands;
        lock (_lock)
        {
            demands = [.. _demands];
        }

        if (Unmet(demands, request) is { } refusal)
        {
            return refusal;
        }

        var reply = await NextAsync(request, cancellationToken);
        return Unmet(reply.Demands, request) ?? reply;
    }

    private async ValueTask<Reply> NextAsync(ReceivedRequest request, CancellationToken cancellationToken)
    {
        Func<ReceivedRequest, CancellationToken, ValueTask<Reply>>? respond;
        lock (_lock)
        {
            if (request.Wire != Wire.Unknown && _script.TryDequeue(out var next))
            {
                return next;
            }

            respond = _respond;
        }

        if (respond is null)
        {
            if (request.Wire == Wire.Unknown)
            {
                return Reply.OpenAIError(404, $"Invalid URL ({request.Method} {request.Path})");
            }

            Fault(new ScriptFaultException($"No reply is scripted for {request}."));
            return Reply.Error(request.Wire, 500, "The test has scripted no reply for this request.");
        }

        try
        {
            return await respond(request, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Fault(new ScriptFaultException($"The script threw on {request}: {exception.Message}", exception));
            return Reply.Error(request.Wire, 500, "The test's script threw: " + exception.Message);
        }
    }

    private Reply? Unmet(IEnumerable<Demand> demands, ReceivedRequest request)
    {
        foreach (var demand in demands)
        {
            string? missing;
            try
            {
                missing = demand.Missing(request);
            }
            catch (Exception exception)
            {
                Fault(new ScriptFaultException($"A demand threw on {request}: {exception.Message}", exception));
                missing = $"the demand could not be checked: {exception.Message}";
            }

            if (missing is not null)
            {
                return Reply.Error(request.Wire, 400, missing);
            }
        }

        return null;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptAsync(_stopping.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                if (!_stopping.IsCancellationRequested)
                {
                    Fault(exception);
                }

                return;
            }

            socket.NoDelay = true;
            var id = Interlocked.Increment(ref _connectionCount);
            var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _connections[id] = ServeAsync(new ServerConnection(this, socket, id, _stopping.Token), id, begin.Task);
            begin.SetResult();
        }
    }

    /// <summary>Begins only when the connection is listed, so that its end always finds it there.</summary>
    private async Task ServeAsync(ServerConnection connection, int id, Task begin)
    {
        await begin;
        await connection.RunAsync();
        _connections.TryRemove(id, out _);
    }

    private string FaultText() => _faults.IsEmpty ? "No faults." : "Faults: " + string.Join("; ", _faults.Select(fault => fault.Message));
}
