using Omega.Gpt;

namespace Omega.Cli.Functions;

/// <summary>The functions of a run, with who runs each. Disposing ends the MCP servers that were started for them.</summary>
internal sealed class FunctionSources : IAsyncDisposable
{
    private readonly Dictionary<string, string> _origins = new(StringComparer.Ordinal);
    private readonly List<McpConnection> _servers = [];
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    private FunctionSources()
    {
    }

    public FunctionSet Functions { get; private set; } = FunctionSet.Empty;

    /// <summary>What people should know of them.</summary>
    public IReadOnlyList<string> Notes { get; private set; } = [];

    /// <summary>Reads the file and connects to the servers, all at once.</summary>
    /// <exception cref="GptException">The file does not hold definitions, a server cannot be used, or two functions have one name.</exception>
    public static async Task<FunctionSources> OpenAsync(FunctionChoices choices, TimeProvider time, CancellationToken cancellationToken = default)
    {
        var sources = new FunctionSources();
        try
        {
            if (choices.File is not null)
                sources.Load(choices.File, choices.RunsCommands);
            await sources.ConnectAsync(choices.Servers, time, cancellationToken).ConfigureAwait(false);
            return sources;
        }
        catch
        {
            await sources.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Where a function comes from, for people: a file, or an MCP server.</summary>
    public string OriginOf(string name) => _origins.GetValueOrDefault(name, "");

    /// <summary>Servers that have gone since this was last asked, in sentences.</summary>
    public IReadOnlyList<string> TakeEnded() => [.. _servers.Select(server => server.Ended).OfType<string>().Where(_told.Add)];

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
            await server.DisposeAsync().ConfigureAwait(false);
        _servers.Clear();
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
