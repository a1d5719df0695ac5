using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Omega.Gpt.Functions.Outside;

/// <summary>
/// Takes progress out of a server's messages, in the order in which it came. The client itself hands notifications to its handlers
/// concurrently, which turns their order around.
/// </summary>
internal sealed class McpProgress
{
    private readonly ConcurrentDictionary<string, ProgressPump> _calls = new(StringComparer.Ordinal);

    /// <summary>From now on, progress of this token goes to the pump.</summary>
    public void Begin(string token, ProgressPump pump) => _calls[token] = pump;

    public void End(string token) => _calls.TryRemove(token, out _);

    /// <summary>A transport whose messages come without progress.</summary>
    public IClientTransport Over(IClientTransport transport) => new ClientTransport(transport, this);

    /// <summary>Whether a message was progress and is dealt with.</summary>
    private bool Take(JsonRpcMessage message)
    {
        if (message is not JsonRpcNotification { Method: NotificationMethods.ProgressNotification } notification)
            return false;
        if (notification.Params is JsonObject { } parameters
            && parameters["progressToken"] is JsonValue token && token.TryGetValue<string>(out var text)
            && _calls.TryGetValue(text, out var pump)
            && Part(parameters) is { } part)
        {
            pump.Post(part);
        }

        return true;
    }

    // What a person reads, without the protocol's own fields.
    private static JsonElement? Part(JsonObject parameters)
    {
        var part = new JsonObject();
        foreach (var field in (string[])["progress", "total", "message"])
        {
            if (parameters[field] is { } value)
                part[field] = value.DeepClone();
        }

        return OutsideJson.Parse(part.ToJsonString());
    }

    private sealed class ClientTransport(IClientTransport inner, McpProgress progress) : IClientTransport
    {
        public string Name => inner.Name;

        public async Task<ITransport> ConnectAsync(CancellationToken cancellationToken = default) =>
            new Transport(await inner.ConnectAsync(cancellationToken).ConfigureAwait(false), progress);
    }

    private sealed class Transport(ITransport inner, McpProgress progress) : ITransport
    {
        public string? SessionId => inner.SessionId;

        public ChannelReader<JsonRpcMessage> MessageReader { get; } = new Reader(inner.MessageReader, progress);

        public Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default) => inner.SendMessageAsync(message, cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    private sealed class Reader(ChannelReader<JsonRpcMessage> inner, McpProgress progress) : ChannelReader<JsonRpcMessage>
    {
        public override Task Completion => inner.Completion;

        public override bool TryRead([MaybeNullWhen(false)] out JsonRpcMessage item)
        {
            while (inner.TryRead(out item))
            {
                if (!progress.Take(item))
                    return true;
            }

            return false;
        }

        public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default) => inner.WaitToReadAsync(cancellationToken);
    }
}
