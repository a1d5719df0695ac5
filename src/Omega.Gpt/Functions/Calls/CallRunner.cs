using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Threading.Channels;

namespace Omega.Gpt.Functions.Calls;

/// <summary>
/// Runs the calls of a turn beside the model's stream, and hands out what happens to them in order. One reader: the turn's loop, which
/// journals each event, shows it and says so. A reader that does not come holds the functions up, as a slow consumer should.
/// </summary>
internal sealed class CallRunner : IDisposable
{
    private const int Capacity = 64;

    private readonly Channel<GptEvent> _events = Channel.CreateBounded<GptEvent>(new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private readonly Dictionary<string, CallTicket> _open = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop;
    private readonly CallInvoker _invoker;
    private readonly CallScope _scope;
    private Task<bool>? _waiting;

    /// <param name="scope">What the calls share.</param>
    /// <param name="turn">Cancels what has not begun, and functions without side effects.</param>
    public CallRunner(CallScope scope, CancellationToken turn)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(turn);
        _scope = scope;
        _invoker = new CallInvoker(scope, this, _stop.Token);
    }

    /// <summary>Whether no call is running.</summary>
    public bool IsIdle => _open.Count == 0;

    /// <summary>A call that is complete and valid.</summary>
    public CallTicket Ticket(GptFunction function, string id, int step, int index, string arguments, bool wasBegun = false) =>
        new(_scope, function, id, step, index, arguments) { WasBegun = wasBegun };

    /// <summary>Begins a call. Returns at once.</summary>
    public void Start(CallTicket ticket)
    {
        _open.Add(ticket.Id, ticket);
        // Ends with the call's last event whatever happens, and that event is waited for.
        if (_scope.Script is null)
            _ = _invoker.RunAsync(ticket);
    }

    /// <summary>Begins the calls of a function that takes them together. Returns at once.</summary>
    public void StartBatch(IReadOnlyList<CallTicket> tickets)
    {
        foreach (var ticket in tickets)
            _open.Add(ticket.Id, ticket);
        if (_scope.Script is null)
            _ = _invoker.RunBatchAsync(tickets);
    }

    /// <summary>The next event, if one is there.</summary>
    public bool TryTake([NotNullWhen(true)] out GptEvent? gptEvent)
    {
        while (!IsIdle && TryRead(out gptEvent))
        {
            switch (gptEvent)
            {
                // A function that outlived its own end has nothing to say any more.
                case FunctionCallProgressEvent progress when !_open.ContainsKey(progress.Call):
                    continue;
                case FunctionCallCompletedEvent completed:
                    _open.Remove(completed.Call);
                    break;
                case FunctionCallFailedEvent failed:
                    _open.Remove(failed.Call);
                    break;
                case FunctionCallRejectedEvent rejected:
                    _open.Remove(rejected.Call);
                    break;
            }

            return true;
        }

        gptEvent = null;
        return false;
    }

    /// <summary>Completes when an event is there.</summary>
    /// <exception cref="RecordingException">In a replay: nothing more comes of the open calls.</exception>
    public Task WaitAsync()
    {
        if (_scope.Script is { } script)
            return Task.FromException(script.Stuck(_open.Keys));
        if (_waiting is null or { IsCompleted: true })
            _waiting = _events.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
        return _waiting;
    }

    /// <summary>Says that an event is in the journal: what has side effects begins only then.</summary>
    public void Journaled(GptEvent gptEvent)
    {
        if (gptEvent is FunctionCallExecutingEvent executing && _open.TryGetValue(executing.Call, out var ticket))
            ticket.SetJournaled();
    }

    /// <summary>Begins nothing more and cancels what has no side effects. What has begun and has some is given its time.</summary>
    public void Cancel() => _stop.Cancel();

    /// <summary>A call's event, at the moment it happens.</summary>
    internal ValueTask PostAsync(GptEvent gptEvent) => _events.Writer.WriteAsync(gptEvent with { At = _scope.Time.GetUtcNow() });

    internal async ValueTask ReportAsync(CallTicket ticket, JsonElement data, CancellationToken cancellationToken)
    {
        if (ticket.Outcome is not null)
            return;
        try
        {
            await _events.Writer.WriteAsync(new FunctionCallProgressEvent(ticket.Id, data) { At = _scope.Time.GetUtcNow() }, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            // The turn is over; nobody looks any more.
        }
    }

    public void Dispose()
    {
        _events.Writer.TryComplete();
        _invoker.Dispose();
        _stop.Dispose();
    }

    private bool TryRead([NotNullWhen(true)] out GptEvent? gptEvent)
    {
        if (_scope.Script is not { } script)
            return _events.Reader.TryRead(out gptEvent);
        gptEvent = script.NextOf(_open);
        return gptEvent is not null;
    }
}
