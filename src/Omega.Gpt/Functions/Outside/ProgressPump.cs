using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;

namespace Omega.Gpt.Functions.Outside;

/// <summary>
/// Carries progress from outside to a call without holding up whoever brings it: at most 256 parts wait, of which the oldest give way,
/// and at most 1,000 are shown for a call. What was left out is said at the end.
/// </summary>
internal sealed class ProgressPump
{
    private const int Waiting = 256, MaxParts = 1000;

    private readonly Channel<JsonElement> _parts;
    private readonly Task _carrying;
    private int _taken;
    private int _leftOut;

    public ProgressPump(FunctionContext context, CancellationToken cancellationToken)
    {
        var options = new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true };
        _parts = Channel.CreateBounded<JsonElement>(options, _ => Interlocked.Increment(ref _leftOut));
        _carrying = CarryAsync(context, cancellationToken);
    }

    /// <summary>Takes a part; never waits. Safe from any thread; nothing is taken after the end.</summary>
    public void Post(JsonElement part)
    {
        if (Interlocked.Increment(ref _taken) > MaxParts)
            Interlocked.Increment(ref _leftOut);
        else
            _parts.Writer.TryWrite(part);
    }

    /// <summary>Shows what still waits; call it once, before the call ends.</summary>
    public Task EndAsync()
    {
        _parts.Writer.TryComplete();
        return _carrying;
    }

    private async Task CarryAsync(FunctionContext context, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var part in _parts.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                await context.ReportAsync(part, cancellationToken).ConfigureAwait(false);
            if (_leftOut > 0)
                await context.ReportAsync(OutsideJson.String(string.Create(CultureInfo.InvariantCulture, $"({_leftOut:N0} more were left out)")), cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The call is being ended; nobody waits for its progress.
        }
    }
}
