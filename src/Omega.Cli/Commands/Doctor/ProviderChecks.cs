using System.Net.Sockets;
using Omega.Cli.Configuration;
using Omega.Cli.Turns;
using Omega.Gpt;
using Omega.Gpt.Models;
using Omega.Gpt.Providers;
using Omega.Gpt.Resilience;

namespace Omega.Cli.Commands.Doctor;

/// <summary>Which providers have a key, where their requests go, and whether that place answers at all.</summary>
internal static class ProviderChecks
{
    private const string Group = "Providers";

    private static readonly string[] ProxyVariables = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static async Task<IReadOnlyList<Check>> OfAsync(Settings settings, KeyStore keys, bool everywhere, TimeProvider time, CancellationToken cancellationToken)
    {
        var (catalog, models) = Models(settings);
        var registry = ProviderRegistry.Create(settings.Get, time, catalog, keys);
        var checks = await Task.WhenAll(registry.Describe().Select(provider => CheckAsync(settings, provider, everywhere, time, cancellationToken))).ConfigureAwait(false);
        var choice = registry.DefaultModel();
        return [.. checks.OrderBy(check => check.State == CheckState.Off), new Check("Model", choice.Model, CheckState.Good, choice.Reason), models];
    }

    private static (ModelCatalog Catalog, Check Check) Models(Settings settings)
    {
        var store = new CatalogStore(settings.Folders.CatalogUpdate, settings.Folders.OwnCatalog);
        try
        {
            var catalog = store.Read();
            var from = File.Exists(store.UpdateFile) ? store.HasStaleUpdate ? "; an older update is left out (omega models update --reset)" : " with an update" : "";
            return (catalog, new Check("Model", "catalogue", CheckState.Good, $"{catalog.All.Count} models, as of {catalog.Updated:yyyy-MM-dd}{from}{(File.Exists(store.OwnFile) ? $", corrected by {store.OwnFile}" : "")}"));
        }
        catch (GptException exception)
        {
            return (ModelCatalog.Default, new Check("Model", "catalogue", CheckState.Wrong, exception.Message));
        }
    }

    private static async Task<Check> CheckAsync(Settings settings, ProviderStatus provider, bool everywhere, TimeProvider time, CancellationToken cancellationToken)
    {
        var key = provider.KeySource is { } variable ? $"key from {settings.Find(variable)?.Origin ?? variable}{(provider.KeyCount > 1 ? $" and {provider.KeyCount - 1} more" : "")}"
            : provider.KeyVariables.Count > 0 ? $"no key ({string.Join(" or ", provider.KeyVariables)})" : "needs no key";
        if (provider.BaseUrl is not { } url)
        {
            return provider.KeyVariables.Count == 0
                ? new Check(Group, provider.Name, CheckState.Good, "built in")
                : new Check(Group, provider.Name, CheckState.Off, $"{key}; no server yet (--base-url)");
        }

        var where = provider.BaseUrlSource is "default" or null ? url : $"{url} ({settings.Find(provider.BaseUrlSource)?.Origin ?? provider.BaseUrlSource})";
        var set = provider.KeySource is not null || provider.BaseUrlSource is not ("default" or null);
        if (!set && !everywhere)
            return new Check(Group, provider.Name, CheckState.Off, $"{key}; {where}");
        var (reachable, finding) = await ReachAsync(url, time, cancellationToken).ConfigureAwait(false);
        return new Check(Group, provider.Name, reachable ? CheckState.Good : set ? CheckState.Odd : CheckState.Off, $"{key}; {where}; {finding}");
    }

    /// <summary>Opens a connection and closes it; nothing is sent, so that no key and no request leaves the machine.</summary>
    private static async Task<(bool Reachable, string Finding)> ReachAsync(string url, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
            return (false, "not a URL");
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using var limit = new CancellationTokenSource(Patience, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var began = time.GetTimestamp();
        try
        {
            await socket.ConnectAsync(uri.Host, uri.Port, linked.Token).ConfigureAwait(false);
            return (true, $"reachable in {TurnFooter.Seconds(time.GetElapsedTime(began).TotalMilliseconds)}");
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return (false, $"no answer in {Patience.TotalSeconds:0} s");
        }
        catch (SocketException exception)
        {
            return (false, $"not reachable ({exception.Message}){(HasProxy() ? "; a proxy is configured, and this check does not use it" : "")}");
        }
    }

    private static bool HasProxy() =>
        ProxyVariables.Any(name => Environment.GetEnvironmentVariable(name) is { Length: > 0 });
}
