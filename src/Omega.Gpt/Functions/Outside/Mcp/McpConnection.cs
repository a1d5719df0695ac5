using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Omega.Gpt.Functions.Outside;

namespace Omega.Gpt;

/// <summary>
/// A connection to an MCP server: its tools as functions of the engine, under the same checks as any other. Thread-safe. Disposing ends
/// the connection, and the server where it is a program that was started for it.
/// </summary>
public sealed class McpConnection : IAsyncDisposable
{
    private const int MaxPages = 64;

    // For an answer that was written before the server ended.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private readonly McpOptions _options;
    private readonly McpLink _link;
    private readonly McpProgress _progress;
    private readonly McpClient _client;
    private readonly TimeProvider _time;
    private int _lastToken;

    private McpConnection(McpOptions options, McpLink link, McpProgress progress, McpClient client, TimeProvider time) =>
        (_options, _link, _progress, _client, _time) = (options, link, progress, client, time);

    /// <summary>The server's name, as the options give it.</summary>
    public string Name => _options.Name;

    /// <summary>The server's tools. A set of other functions may hold them too.</summary>
    public IReadOnlyList<GptFunction> Functions { get; private set; } = [];

    /// <summary>What of the server's list was left out and why, in sentences for people.</summary>
    public IReadOnlyList<string> Notes { get; private set; } = [];

    /// <summary>The process that was started for this connection; null where the server is reached over HTTP.</summary>
    public int? ProcessId => _link.ProcessId;

    /// <summary>Why the server is gone, in a sentence for people; null while it is there, as far as is known.</summary>
    public string? Ended => _link.Fault is { } fault ? Say(fault) : _client.Completion.IsCompleted ? Say("has closed the connection") : null;

    /// <summary>Connects to a server and lists its tools.</summary>
    /// <param name="options">Which, and how.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="loggerFactory">Where the protocol's client logs; null for nowhere. At Trace it logs what is said.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="GptException">The options are wrong, the server cannot be reached, or it does not answer as an MCP server does.</exception>
    public static async Task<McpConnection> ConnectAsync(McpOptions options, TimeProvider? time = null, ILoggerFactory? loggerFactory = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        time ??= TimeProvider.System;
        using var limit = new CancellationTokenSource(options.ConnectTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var link = McpLink.Open(options, time, loggerFactory);
        McpConnection? connection = null;
        try
        {
            var progress = new McpProgress();
            var client = await McpClient.CreateAsync(progress.Over(link.Transport), ClientOptions(options, time), loggerFactory, both.Token).WaitAsync(both.Token).ConfigureAwait(false);
            connection = new McpConnection(options, link, progress, client, time);
            await connection.ListAsync(both.Token).ConfigureAwait(false);
            return connection;
        }
        catch (Exception error)
        {
            if (error is IOException)
                await link.SettleAsync().ConfigureAwait(false);
            var failure = cancellationToken.IsCancellationRequested ? null : Explain(options, link, error, limit.IsCancellationRequested);
            if (connection is not null)
                await connection.DisposeAsync().ConfigureAwait(false);
            else
                await link.DisposeAsync().ConfigureAwait(false);
            if (failure is null)
                throw;
            throw failure;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync().ConfigureAwait(false);
        await _link.DisposeAsync().ConfigureAwait(false);
    }

    private static McpClientOptions ClientOptions(McpOptions options, TimeProvider time) => new()
    {
        ClientInfo = new Implementation { Name = "omega", Version = typeof(McpConnection).Assembly.GetName().Version?.ToString(3) ?? "0" },
        InitializationTimeout = options.ConnectTimeout,
        TimeProvider = time,
    };

    private static GptException? Explain(McpOptions options, McpLink link, Exception error, bool isLate)
    {
        var name = $"The MCP server \"{options.Name}\"";
        if (link.Fault is { } fault)
            return new GptException(GptErrorKind.Connection, $"{name} {fault}", error) { Phase = GptPhase.Connect };
        if (isLate || error is TimeoutException)
            return new GptException(GptErrorKind.Timeout, $"{name} did not answer as one within {options.ConnectTimeout.TotalSeconds:0.#} s. Check that it speaks MCP, or give it longer.", error) { Phase = GptPhase.Connect };
        return error is GptException ? null
            : new GptException(GptErrorKind.Connection, $"{name} could not be used: {error.Message}", error) { Phase = GptPhase.Connect, StatusCode = (int?)(error as HttpRequestException)?.StatusCode };
    }

    // The client's own listing gives up at the first tool whose schema it does not like; here such a tool is left out and the others stay.
    private async Task ListAsync(CancellationToken cancellationToken)
    {
        var tools = new McpToolList(_options);
        string? cursor = null;
        var pages = 0;
        do
        {
            var parameters = new JsonObject();
            if (cursor is not null)
                parameters["cursor"] = cursor;
            var page = await RequestAsync(RequestMethods.ToolsList, parameters, cancellationToken).ConfigureAwait(false);
            tools.Add(page);
            cursor = page.TryGetProperty("nextCursor", out var next) && next.ValueKind == JsonValueKind.String ? next.GetString() : null;
        }
        while (cursor is not null && tools.HasRoom && ++pages < MaxPages);

        tools.End(isCut: cursor is not null && pages == MaxPages);
        Functions = [.. tools.Tools.Select(Function)];
        Notes = [.. tools.Notes.Select(note => $"MCP server \"{Name}\": {note}")];
    }

    private GptFunction Function(McpTool tool)
    {
        var effect = _options.Effects.GetValueOrDefault(tool.ServerName);
        return new GptFunction(tool.Definition, (arguments, context, cancellationToken) => CallAsync(tool, arguments, context, cancellationToken), new GptFunctionOptions
        {
            Effect = effect,
            RequiresApproval = effect == FunctionEffect.SideEffect && _options.RequiresApproval,
            Timeout = _options.CallTimeout,
            MaxResultBytes = _options.MaxResultBytes,
            // The protocol's errors of tools are written for the model.
            ShowsErrors = true,
        });
    }

    private async ValueTask<JsonElement> CallAsync(McpTool tool, JsonElement arguments, FunctionContext context, CancellationToken cancellationToken)
    {
        var token = $"{context.Call}-{Interlocked.Increment(ref _lastToken)}";
        var pump = new ProgressPump(context, cancellationToken);
        _progress.Begin(token, pump);
        try
        {
            var parameters = new JsonObject
            {
                ["name"] = tool.ServerName,
                ["arguments"] = JsonObject.Create(arguments),
                ["_meta"] = new JsonObject { ["progressToken"] = token },
            };
            return McpResult.Read(tool.Definition.Name, await RequestAsync(RequestMethods.ToolsCall, parameters, cancellationToken).ConfigureAwait(false));
        }
        catch (McpProtocolException refused)
        {
            throw new GptException(GptErrorKind.FunctionExecution, Say($"refused the call: {refused.Message}"), refused) { Phase = GptPhase.Function };
        }
        catch (Exception error) when (error is not GptException && !cancellationToken.IsCancellationRequested)
        {
            await _link.SettleAsync().ConfigureAwait(false);
            throw new GptException(GptErrorKind.Connection, Ended ?? Say($"could not be called: {error.Message}"), error) { Phase = GptPhase.Function };
        }
        finally
        {
            _progress.End(token);
            await pump.EndAsync().ConfigureAwait(false);
        }
    }

    private async Task<JsonElement> RequestAsync(string method, JsonObject parameters, CancellationToken cancellationToken)
    {
        var answering = _client.SendRequestAsync(new JsonRpcRequest { Method = method, Params = parameters }, cancellationToken);
        if (await Task.WhenAny(answering, _link.Broken).WaitAsync(cancellationToken).ConfigureAwait(false) != answering)
            await answering.WaitAsync(LastWords, _time, cancellationToken).ConfigureAwait(false);
        var response = await answering.WaitAsync(cancellationToken).ConfigureAwait(false);
        return JsonElement.Parse(response.Result?.ToJsonString() ?? "null", OutsideJson.Strict);
    }

    private string Say(string what) => $"The MCP server \"{Name}\" {what}";
}
