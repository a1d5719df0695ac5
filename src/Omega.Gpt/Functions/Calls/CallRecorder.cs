using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Omega.Gpt.Functions.Schema;

namespace Omega.Gpt.Functions.Calls;

/// <summary>Keeps the ledger of calls with side effects, and rules on what a handler brought back.</summary>
internal sealed class CallRecorder(CallScope scope, CallRunner runner)
{
    private const int MaxDepth = 128;

    /// <summary>How a call ended that an earlier process began; null where none did.</summary>
    public async ValueTask<CallOutcome?> FindAsync(CallTicket ticket, CancellationToken cancellationToken)
    {
        if (scope.Ledger is null)
            return ticket.WasBegun ? Unknown(ticket) : null;
        return Known(ticket, await scope.Ledger.FindAsync(ticket.Key, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Makes the beginning durable. Null where the call may be run now.</summary>
    public async ValueTask<CallOutcome?> BeginAsync(CallTicket ticket)
    {
        if (scope.Ledger is null)
            return null;
        return Known(ticket, await scope.Ledger.StartAsync(ticket.Key, ticket.Name, scope.Time.GetUtcNow(), CancellationToken.None).ConfigureAwait(false));
    }

    /// <summary>Rules on what came back, and makes the end durable where it is known.</summary>
    public async ValueTask<CallOutcome> EndAsync(CallTicket ticket, TimedRun run, TimedResult result)
    {
        var outcome = Judge(ticket, run, result);
        if (!ticket.HasSideEffect || scope.Ledger is null)
            return outcome;
        if (result.End == RunEnd.Returned)
            await FinishAsync(ticket, outcome).ConfigureAwait(false);
        else if (run.Late is { } late && ticket.Function.Handler is not null)
            _ = FinishLateAsync(ticket, run, late);
        return outcome;
    }

    private static CallOutcome? Known(CallTicket ticket, CallRecord? record) => record switch
    {
        null => null,
        { FinishedAt: null } => Unknown(ticket),
        { Result: { } told } => new CallOutcome { Result = told, Kind = record.Error, Message = record.Error is null ? null : MessageOf(told), WasRun = true },
        _ => Unknown(ticket),
    };

    private static CallOutcome Unknown(CallTicket ticket) => CallOutcome.Failed(new CallProblem(
        GptErrorKind.OutcomeUnknown,
        $"{ticket.Name} was begun and how it ended is not known: it may or may not have taken effect. It is not run again. Check before calling it anew."));

    private static string MessageOf(JsonElement told) =>
        told.ValueKind == JsonValueKind.Object && told.TryGetProperty("error", out var error) && error.TryGetProperty("message", out var message) ? message.GetString()! : told.GetRawText();

    private static CallOutcome Judge(CallTicket ticket, TimedRun run, TimedResult result)
    {
        var name = ticket.Name;
        var elapsed = run.ElapsedMs;
        switch (result.End)
        {
            case RunEnd.Cancelled:
                return Failed(GptErrorKind.Cancelled, $"{name} was stopped before it had ended, because its turn was cancelled or its step failed.");
            case RunEnd.TimedOut when ticket.HasSideEffect && run.IsTurnCancelled:
                return Failed(GptErrorKind.OutcomeUnknown, $"{name} had not ended within {Seconds(ticket)} s when its turn was cancelled: it may or may not have taken effect.");
            case RunEnd.TimedOut:
                return Failed(GptErrorKind.Timeout, $"{name} did not end within {Seconds(ticket)} s.{(ticket.HasSideEffect ? " It may or may not have taken effect; check before calling it again." : "")}");
        }

        if (result.Exception is { } exception)
        {
            var detail = CallFailure.Describe(exception);
            return Failed(GptErrorKind.FunctionExecution, ticket.Function.Options.ShowsErrors ? $"{name} failed: {CallFailure.Short(exception.Message)}" : $"{name} failed while it ran.", $"{name} failed: {detail}");
        }

        if (result.Error is { } error)
            return Failed(GptErrorKind.FunctionExecution, ticket.Function.Options.ShowsErrors ? $"{name} failed: {CallFailure.Short(error)}" : $"{name} failed while it ran.", $"{name} failed: {CallFailure.Short(error)}");
        return Accept(result.Value, ticket, out var problem) is { } value
            ? new CallOutcome { Result = value, WasRun = true, DurationMs = elapsed }
            : Failed(GptErrorKind.FunctionExecution, $"{name} ran, but {problem}.");

        CallOutcome Failed(GptErrorKind kind, string message, string? detail = null) => CallOutcome.Failed(new CallProblem(kind, message), detail, elapsed);
    }

    private static string Seconds(CallTicket ticket) => ticket.Function.Options.Timeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>The result as it goes on, or null with what is wrong with it.</summary>
    private static JsonElement? Accept(JsonElement value, CallTicket ticket, out string? problem)
    {
        try
        {
            if (value.ValueKind == JsonValueKind.Undefined)
            {
                problem = "it returned nothing that is JSON";
                return null;
            }

            var size = JsonMarshal.GetRawUtf8Value(value).Length;
            var most = ticket.Function.Options.MaxResultBytes;
            problem = size > most ? $"its result has {size} bytes, and {most} are allowed" : StrictJson.FindFault(value, MaxDepth) is { } fault ? $"its result cannot be written: {fault.Message}" : null;
            return problem is not null ? null : ticket.Edited is null ? value.Clone() : WithEdit(value, ticket.Values);
        }
        catch (ObjectDisposedException)
        {
            problem = "the document of its result was disposed";
            return null;
        }
    }

    /// <summary>The model is told with what its function really ran.</summary>
    private static JsonElement WithEdit(JsonElement value, JsonElement arguments)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("note", "A person changed the arguments before this ran.");
            writer.WritePropertyName("arguments");
            arguments.WriteTo(writer);
            writer.WritePropertyName("result");
            value.WriteTo(writer);
            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private async ValueTask FinishAsync(CallTicket ticket, CallOutcome outcome)
    {
        try
        {
            await scope.Ledger!.FinishAsync(ticket.Key, outcome.Result, outcome.Kind, scope.Time.GetUtcNow(), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // What it did is done and known here; only a later process would not know.
            await runner.PostAsync(new NoticeEvent("ledger_failed", $"{ticket.Name} ended, but the ledger could not record it: {CallFailure.Describe(exception)}")).ConfigureAwait(false);
        }
    }

    /// <summary>A handler that came back after its time: what it did is recorded, though nobody waits for it any more.</summary>
    private async Task FinishLateAsync(CallTicket ticket, TimedRun run, Task<JsonElement> late)
    {
        try
        {
            var outcome = Judge(ticket, run, new TimedResult(await late.ConfigureAwait(false), null, null, RunEnd.Returned));
            await scope.Ledger!.FinishAsync(ticket.Key, outcome.Result, outcome.Kind, scope.Time.GetUtcNow(), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Whether it took effect stays unknown, as the ledger says.
        }
    }
}
