using Omega.Cli.Markets;
using Omega.Gpt;
using Omega.Trading;

namespace Omega.Cli.Functions;

/// <summary>The functions of a run, with who runs each. Disposing ends the MCP servers that were started for them.</summary>
internal sealed class FunctionSources : IAsyncDisposable
{
    private const string Desk = "the market desk";

    private readonly Dictionary<string, string> _origins = new(StringComparer.Ordinal);
    private readonly List<McpConnection> _servers = [];
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    private FunctionSources()
    {
    }

    private FunctionSet? _combined;

    /// <summary>All of them: those from outside, then those of the market desk.</summary>
    public FunctionSet Functions { get; private set; } = FunctionSet.Empty;

    /// <summary>Those from outside alone.</summary>
    public FunctionSet Outside { get; private set; } = FunctionSet.Empty;

    /// <summary>The market; null where its functions are left out.</summary>
    public MarketSource? Market { get; private set; }

    /// <summary>What people should know of them.</summary>
    public IReadOnlyList<string> Notes { get; private set; } = [];

    /// <summary>Opens the market, reads the file and connects to the servers, all at once.</summary>
    /// <exception cref="GptException">The file does not hold definitions, or a server cannot be used.</exception>
    /// <exception cref="TradingException">The market's file cannot be used.</exception>
    /// <exception cref="CliException">Two functions have one name.</exception>
    public static async Task<FunctionSources> OpenAsync(CliHost host, FunctionChoices choices, CancellationToken cancellationToken = default)
    {
        var sources = new FunctionSources();
        try
        {
            if (choices.File is not null)
                sources.Load(choices.File, choices.RunsCommands);
            await sources.ConnectAsync(choices.Servers, host.Time, cancellationToken).ConfigureAwait(false);
            sources.Outside = sources.Functions;
            if (choices.Market is not null)
                await sources.UseMarketAsync(MarketFeeds.Open(host, choices.Market, cancellationToken)).ConfigureAwait(false);
            return sources;
        }
        catch
        {
            await sources.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Where a function comes from, for people: the market desk, a file, or an MCP server.</summary>
    public string OriginOf(string name) => _origins.TryGetValue(name, out var origin) ? origin : Functions.Find(name) is null ? "" : Desk;

    /// <summary>Puts the functions over another market; the one before is closed.</summary>
    /// <exception cref="CliException">A function from outside has the name of one of the desk's; the market is closed.</exception>
    public async ValueTask UseMarketAsync(MarketSource market)
    {
        if (market.Desk.Functions.FirstOrDefault(function => Outside.Find(function.Name) is not null) is { } twice)
        {
            await market.DisposeAsync().ConfigureAwait(false);
            throw CliException.Usage($"There are two functions named \"{twice.Name}\": of {Desk} and in {_origins[twice.Name]}. Name the other one otherwise{(_origins[twice.Name].StartsWith("MCP", StringComparison.Ordinal) ? ", or set a \"prefix\" for the server in omega.json" : "")}.");
        }

        var left = Market;
        Market = market;
        Combine();
        if (left is not null)
            await left.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The functions for a prompt: those of the desk may read the candle files that it names.</summary>
    public FunctionSet For(string prompt)
    {
        Market?.AllowFilesIn(prompt);
        Combine();
        return Functions;
    }

    /// <summary>Servers that have gone since this was last asked, in sentences.</summary>
    public IReadOnlyList<string> TakeEnded() => [.. _servers.Select(server => server.Ended).OfType<string>().Where(_told.Add)];

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
            await server.DisposeAsync().ConfigureAwait(false);
        _servers.Clear();
        if (Market is not null)
            await Market.DisposeAsync().ConfigureAwait(false);
    }

    private void Combine()
    {
        if (Market?.Desk.Functions is { } desk && desk != _combined)
            (Functions, _combined) = (Outside.With(desk.Select(definition => desk.FindFunction(definition.Name)!)), desk);
    }

    private void Load(string file, bool runsCommands)
    {
        Functions = CommandFunctions.Load(file);
        if (!runsCommands && Functions.Any(definition => Functions.FindFunction(definition.Name) is not null))
        {
            Functions = new FunctionSet(Functions.Definitions);
            Notes = [$"The commands in {file} are not run, because .env in this folder named the file. Name it with --functions to run them."];
        }

        foreach (var definition in Functions)
            _origins[definition.Name] = file;
    }

    private async Task ConnectAsync(IReadOnlyList<McpOptions> servers, TimeProvider time, CancellationToken cancellationToken)
    {
        if (servers.GroupBy(server => server.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw CliException.Usage($"There are two MCP servers named \"{twice.Key}\". Name one of them otherwise: --mcp \"NAME=…\"");
        var connecting = servers.Select(server => McpConnection.ConnectAsync(server, time, cancellationToken: cancellationToken)).ToList();
        try
        {
            await Task.WhenAll(connecting).ConfigureAwait(false);
        }
        finally
        {
            // Those that could be reached are to be ended even where another could not.
            _servers.AddRange(connecting.Where(task => task.IsCompletedSuccessfully).Select(task => task.Result));
        }

        foreach (var server in _servers)
        {
            foreach (var function in server.Functions)
            {
                if (!_origins.TryAdd(function.Definition.Name, $"MCP server {server.Name}"))
                    throw CliException.Usage($"There are two functions named \"{function.Definition.Name}\": in {_origins[function.Definition.Name]} and in MCP server {server.Name}. Set a \"prefix\" for the server in omega.json, or name it otherwise.");
            }
        }

        Functions = Functions.With(_servers.SelectMany(server => server.Functions));
        Notes = [.. Notes, .. _servers.SelectMany(server => server.Notes)];
    }
}
