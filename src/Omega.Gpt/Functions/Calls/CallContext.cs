using System.Runtime.InteropServices;
using System.Text.Json;

namespace Omega.Gpt.Functions.Calls;

/// <summary>What a running function knows of its call.</summary>
internal sealed class CallContext(CallTicket ticket, CallRunner runner) : FunctionContext
{
    public override string Call => ticket.Id;

    public override string Name => ticket.Name;

    public override string Turn => ticket.Scope.Turn;

    public override string Conversation => ticket.Scope.Conversation;

    public override string IdempotencyKey => ticket.Key.Id;

    public override TimeProvider Time => ticket.Scope.Time;

    public override ValueTask ReportAsync(JsonElement data, CancellationToken cancellationToken = default)
    {
        if (data.ValueKind == JsonValueKind.Undefined)
            throw new ArgumentException("A part of a result is a JSON value; this is none.", nameof(data));
        var size = JsonMarshal.GetRawUtf8Value(data).Length;
        if (size > ticket.Function.Options.MaxResultBytes)
            throw new ArgumentException($"A part of {ticket.Name}'s result has {size} bytes; allowed: {ticket.Function.Options.MaxResultBytes}. Report smaller parts.", nameof(data));
        return runner.ReportAsync(ticket, data.Clone(), cancellationToken);
    }
}
