using System.Net;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Omega.Gpt.Functions.Outside;

/// <summary>The way to a server: a program of ours, or an address. Knows why it is broken.</summary>
internal abstract class McpLink : IAsyncDisposable
{
    /// <summary>Longest message of a server: a line over standard output or in an event stream, or a whole answer.</summary>
    public const int MaxMessageBytes = 16 * 1024 * 1024;

    /// <summary>What the official client speaks over.</summary>
    public abstract IClientTransport Transport { get; }

    /// <summary>What is known of the link's end, behind the words <c>The MCP server "x"</c>; null while nothing is.</summary>
    public abstract string? Fault { get; }

    /// <summary>Completes when nothing can come any more. The client itself does not always see it.</summary>
    public virtual Task Broken { get; } = new TaskCompletionSource().Task;

    /// <summary>The process that was started; null where there is none.</summary>
    public virtual int? ProcessId => null;

    /// <exception cref="GptException">The program cannot be started.</exception>
    public static McpLink Open(McpOptions options, TimeProvider time, ILoggerFactory? loggerFactory) => options.Endpoint switch
    {
        McpProgram program => new ProgramLink(program, time, loggerFactory),
        McpAddress address => new AddressLink(address, options, loggerFactory),
        var other => throw new ArgumentException($"There is no way to {other}.", nameof(options)),
    };

    /// <summary>Waits, where something broke, until it is known why; not long.</summary>
    public virtual ValueTask SettleAsync() => ValueTask.CompletedTask;

    public abstract ValueTask DisposeAsync();

    /// <summary>A program that was started for this connection.</summary>
    private sealed class ProgramLink : McpLink
    {
        private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2), Settling = TimeSpan.FromSeconds(1);

        private readonly ChildProcess _child;
        private readonly BoundedStream _output;
        private readonly TimeProvider _time;
        private readonly CommandErrors _errors = new(progress: null);
        private readonly CancellationTokenSource _leaving = new();
        private readonly Task _reading;
        private string? _ended;

        public ProgramLink(McpProgram program, TimeProvider time, ILoggerFactory? loggerFactory)
        {
            _time = time;
            _child = ChildProcess.Start(program.Command);
            _output = new BoundedStream(_child.Output, MaxMessageBytes, byLine: true, exceeded: _child.Kill);
            Broken = _child.WaitForExitAsync();
            _reading = _errors.ReadAsync(_child.Error, _leaving.Token);
            Transport = new StreamClientTransport(_child.Input, _output, loggerFactory);
        }

        public override IClientTransport Transport { get; }

        public override Task Broken { get; }

        public override int? ProcessId => _child.Id;

        public override string? Fault => _ended
            ?? (_output.IsExceeded ? $"sent a message longer than {MaxMessageBytes / (1024 * 1024)} MiB and was ended"
                : _child.HasExited ? $"has ended with exit code {_child.ExitCode}{_errors.Tail}"
                : null);

        public override async ValueTask SettleAsync()
        {
            try
            {
                // The pipes close a moment before the end is known, and what it said may still be in them.
                await Task.WhenAll(Broken, _reading).WaitAsync(Settling, _time).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                // It lives, or something it started holds its streams.
            }
        }

        public override async ValueTask DisposeAsync()
        {
            if (_ended is not null)
                return;
            _ended = Fault ?? "was ended";
            try
            {
                // The end of its input is how a server is told to leave.
                await _child.Input.DisposeAsync().ConfigureAwait(false);
            }
            catch (IOException)
            {
                // It has left already.
            }

            try
            {
                if (!_output.IsExceeded)
                    await _child.WaitForExitAsync().WaitAsync(Farewell, _time).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                // It does not leave by itself.
            }

            _child.Kill();
            await _leaving.CancelAsync().ConfigureAwait(false);
            await _reading.ConfigureAwait(false);
            _child.Dispose();
            _leaving.Dispose();
        }
    }

    /// <summary>An address.</summary>
    private sealed class AddressLink : McpLink
    {
        private readonly HttpClient _http;
        private readonly HttpClientTransport _transport;

        public AddressLink(McpAddress address, McpOptions options, ILoggerFactory? loggerFactory)
        {
            // Headers hold keys: they go to the address that was named and nowhere else.
            var handler = new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = options.ConnectTimeout, AutomaticDecompression = DecompressionMethods.All };
            _http = new HttpClient(new BoundedHandler(handler)) { Timeout = Timeout.InfiniteTimeSpan };
            _transport = new HttpClientTransport(
                new HttpClientTransportOptions
                {
                    Endpoint = address.Url,
                    Name = options.Name,
                    ConnectionTimeout = options.ConnectTimeout,
                    AdditionalHeaders = new Dictionary<string, string>(address.Headers),
                },
                _http,
                loggerFactory,
                ownsHttpClient: false);
        }

        public override IClientTransport Transport => _transport;

        public override string? Fault => null;

        public override async ValueTask DisposeAsync()
        {
            await _transport.DisposeAsync().ConfigureAwait(false);
            _http.Dispose();
        }
    }

    /// <summary>Bounds what answers hold: lines of event streams, the whole of others.</summary>
    private sealed class BoundedHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var byLine = response.Content.Headers.ContentType?.MediaType == "text/event-stream";
            var bounded = new StreamContent(new BoundedStream(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), MaxMessageBytes, byLine));
            foreach (var header in response.Content.Headers)
                bounded.Headers.TryAddWithoutValidation(header.Key, header.Value);
            response.Content = bounded;
            return response;
        }
    }
}
