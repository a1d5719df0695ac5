using System.Collections.Concurrent;
using System.Text.Json;

namespace Omega.Gpt.Tests.Functions.Outside;

/// <summary>A call as a handler sees it; keeps what was reported.</summary>
internal sealed class OutsideCall : FunctionContext
{
    private readonly ConcurrentQueue<JsonElement> _reported = [];

    public override string Call => "t.1.0";

    public override string Name => "f";

    public override string Turn => "t";

    public override string Conversation => "c";

    public override string IdempotencyKey => "key-1";

    public override TimeProvider Time => TimeProvider.System;

    public IReadOnlyList<string> Reported => [.. _reported.Select(part => part.GetRawText())];

    public override ValueTask ReportAsync(JsonElement data, CancellationToken cancellationToken = default)
    {
        _reported.Enqueue(data);
        return ValueTask.CompletedTask;
    }

    public ValueTask<JsonElement> RunAsync(GptFunction function, string arguments = "{}", CancellationToken cancellationToken = default) =>
        function.Handler!(JsonElement.Parse(arguments), this, cancellationToken);
}
