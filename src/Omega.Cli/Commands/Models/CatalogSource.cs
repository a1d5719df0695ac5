using System.Net;
using Omega.Gpt.Models;

namespace Omega.Cli.Commands.Models;

/// <summary>Reads a catalogue from a file or a URL, bounded in size and time. Redirects are not followed: whoever is named is asked.</summary>
internal static class CatalogSource
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <exception cref="CliException">It cannot be read; the message says why.</exception>
    public static Task<ReadOnlyMemory<byte>> ReadAsync(string from, TimeProvider time, CancellationToken cancellationToken) =>
        from.Contains("://", StringComparison.Ordinal) ? DownloadAsync(from, time, cancellationToken) : ReadFileAsync(from, cancellationToken);

    private static async Task<ReadOnlyMemory<byte>> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            await using (file.ConfigureAwait(false))
                return await ReadAllAsync(file, path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CliException.Usage($"{path} could not be read: {exception.Message}");
        }
    }

    private static async Task<ReadOnlyMemory<byte>> DownloadAsync(string from, TimeProvider time, CancellationToken cancellationToken)
    {
        // Prices decide what is spent: nobody on the way may change them.
        if (!Uri.TryCreate(from, UriKind.Absolute, out var url) || !(url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
            throw CliException.Usage($"\"{from}\" is not an https URL. (http is taken from this machine alone.)");
        var shown = url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.All }) { Timeout = Timeout.InfiniteTimeSpan };
        using var limit = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.TryAddWithoutValidation("User-Agent", $"omega/{VersionCommand.Number}");
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token).ConfigureAwait(false);
            if ((int)response.StatusCode is >= 300 and < 400)
                throw CliException.Failed($"{shown} redirects to {response.Headers.Location}. Give that URL if you trust it.");
            if (response.StatusCode != HttpStatusCode.OK)
                throw CliException.Failed($"{shown} answered HTTP {(int)response.StatusCode}. Nothing was changed.");
            var body = await response.Content.ReadAsStreamAsync(both.Token).ConfigureAwait(false);
            return await ReadAllAsync(body, shown, both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CliException(ExitCode.TimedOut, $"{shown} did not send it all within {Patience.TotalSeconds:0} s. Nothing was changed.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new CliException(ExitCode.Unreachable, $"{shown} could not be read: {exception.InnerException?.Message ?? exception.Message} Nothing was changed.");
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAllAsync(Stream stream, string from, CancellationToken cancellationToken)
    {
        using var all = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (all.Length + count > CatalogStore.MaxBytes)
                throw CliException.Failed($"{from} has more than {CatalogStore.MaxBytes >> 20} MB; that is no catalogue. Nothing was changed.");
            all.Write(buffer, 0, count);
        }

        return all.GetBuffer().AsMemory(0, (int)all.Length);
    }
}
