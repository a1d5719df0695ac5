using System.Text.Json;
using System.Threading.Channels;
using Omega.Gpt;

namespace Omega.Desk.Functions;

/// <summary>
/// Shows how far a computation is while it runs. The computation never waits: what nobody has shown yet is replaced by what is newer.
/// </summary>
internal sealed class ProgressPump : IAsyncDisposable
{
    private readonly Channel<JsonElement> _latest = Channel.CreateBounded<JsonElement>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
    private readonly Task _pump;

    public ProgressPump(FunctionContext context, CancellationToken cancellationToken) => _pump = RunAsync(context, cancellationToken);

    public void Report(JsonElement data) => _latest.Writer.TryWrite(data);

    /// <summary>Shows what is left, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _latest.Writer.TryComplete();
        try
        {
            await _pump.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Whoever cancelled wants no more of it.
        }
    }

    private async Task RunAsync(FunctionContext context, CancellationToken cancellationToken)
    {
        await foreach (var data in _latest.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            await context.ReportAsync(data, cancellationToken).ConfigureAwait(false);
    }
}
