using System.Text;
using System.Text.Json;

namespace Omega.TestKit;

/// <summary>One request as it came over the socket, and what became of its answer.</summary>
public sealed class ReceivedRequest
{
    private readonly TaskCompletionSource _aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<AnswerOutcome> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lazy<JsonDocument> _json;
    private long _bodyBytesSent;

    internal ReceivedRequest(string method, string target, IReadOnlyList<KeyValuePair<string, string>> headers, byte[] body)
    {
        Method = method;
        Target = target;
        Headers = headers;
        Body = body;
        var query = target.IndexOf('?', StringComparison.Ordinal);
        Path = query < 0 ? target : target[..query];
        Query = query < 0 ? "" : target[(query + 1)..];
        Wire = WirePath.Of(Path);
        _json = new(() => JsonDocument.Parse(Body));
    }

    /// <summary>1 for the server's first request, in the order in which they had arrived whole.</summary>
    public int Number { get; internal set; }

    /// <summary>1 for the server's first connection.</summary>
    public required int ConnectionId { get; init; }

    /// <summary>When it had arrived whole, by the server's clock.</summary>
    public required DateTimeOffset At { get; init; }

    public string Method { get; }

    /// <summary>As on the request line: path and query.</summary>
    public string Target { get; }

    public string Path { get; }

    /// <summary>Without the question mark; empty where there is none.</summary>
    public string Query { get; }

    public Wire Wire { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    public ReadOnlyMemory<byte> Body { get; }

    public string BodyText => Encoding.UTF8.GetString(Body.Span);

    /// <summary>The body as JSON; <c>GetRawText()</c> of an element is byte for byte what was sent.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public JsonElement Json => _json.Value.RootElement;

    /// <summary>
    /// Completes when the client closed or reset the connection before the answer was over; else never
    /// (<see cref="Ended"/> always completes).
    /// </summary>
    public Task ClientAborted => _aborted.Task;

    /// <summary>Completes when the server is done with the answer.</summary>
    public Task<AnswerOutcome> Ended => _ended.Task;

    /// <summary>Body bytes handed to the socket so far, without framing.</summary>
    public long BodyBytesSent => Volatile.Read(ref _bodyBytesSent);

    /// <summary>The first header of that name, or null.</summary>
    public string? Header(string name)
    {
        foreach (var header in Headers)
        {
            if (header.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return header.Value;
            }
        }

        return null;
    }

    public override string ToString() => $"#{Number} {Method} {Target} ({Body.Length} bytes, connection {ConnectionId})";

    internal void CountSent(int bytes) => Interlocked.Add(ref _bodyBytesSent, bytes);

    internal void End(AnswerOutcome outcome)
    {
        if (_ended.TrySetResult(outcome) && outcome == AnswerOutcome.ClientAborted)
        {
            _aborted.TrySetResult();
        }
    }
}
