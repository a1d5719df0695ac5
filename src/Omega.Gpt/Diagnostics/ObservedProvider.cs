using System.Runtime.CompilerServices;
using Omega.Gpt.Providers;

namespace Omega.Gpt.Diagnostics;

/// <summary>Tells OpenTelemetry of each call of a model. While nobody listens, it hands on the inner stream as it is.</summary>
/// <param name="inner">The stages that belong to a call.</param>
/// <param name="wire">The wire itself, which knows its server.</param>
/// <param name="time">The clock.</param>
internal sealed class ObservedProvider(IModelProvider inner, IModelProvider wire, TimeProvider time) : DelegatingModelProvider(inner)
{
    public override IAsyncEnumerable<ModelDelta> StreamAsync(ModelRequest request, CancellationToken cancellationToken = default) =>
        GptTelemetry.IsWatched ? ObserveAsync(request, cancellationToken) : Inner.StreamAsync(request, cancellationToken);

    private async IAsyncEnumerable<ModelDelta> ObserveAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        GptException? failure = null;
        var call = new ObservedCall(request, wire, time);
        var deltas = Inner.StreamAsync(request, cancellationToken).GetAsyncEnumerator(cancellationToken);
        try
        {
            while (true)
            {
                try
                {
                    if (!await deltas.MoveNextAsync().ConfigureAwait(false))
                        break;
                }
                catch (GptException exception)
                {
                    failure = exception;
                    throw;
                }

                call.Observe(deltas.Current);
                yield return deltas.Current;
            }
        }
        finally
        {
            await deltas.DisposeAsync().ConfigureAwait(false);
            call.End(failure);
        }
    }
}
