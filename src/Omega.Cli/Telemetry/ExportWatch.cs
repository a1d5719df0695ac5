using System.Net.Sockets;

namespace Omega.Cli.Telemetry;

/// <summary>Remembers the first thing that kept telemetry from arriving. Thread-safe.</summary>
internal sealed class ExportWatch
{
    private string? _failure;

    public string? Failure => Volatile.Read(ref _failure);

    public void Fail(string failure) => Interlocked.CompareExchange(ref _failure, failure, null);
}

/// <summary>
/// The way to the collector: says what became of each request, as the SDK keeps it to itself. Redirects are not followed: whoever is named
/// gets the headers, and nobody else.
/// </summary>
internal sealed class ExportWatchHandler(ExportWatch watch) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
{
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return Seen(base.Send(request, cancellationToken));
        }
        catch (Exception exception) when (Failed(exception))
        {
            throw;
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return Seen(await base.SendAsync(request, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception) when (Failed(exception))
        {
            throw;
        }
    }

    private HttpResponseMessage Seen(HttpResponseMessage response)
    {
        if (!response.IsSuccessStatusCode)
            watch.Fail($"HTTP {(int)response.StatusCode}");
        else if (response.Headers.TryGetValues("grpc-status", out var status) && status.First() is not "0" and var code)
            watch.Fail($"gRPC status {code}");
        return response;
    }

    private bool Failed(Exception exception)
    {
        watch.Fail(exception switch
        {
            OperationCanceledException => "no answer in time",
            HttpRequestException { InnerException: SocketException socket } => socket.Message,
            _ => exception.Message,
        });
        return false;
    }
}
