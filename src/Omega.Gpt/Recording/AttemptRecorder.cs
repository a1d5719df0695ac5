using System.Runtime.CompilerServices;
using Omega.Gpt.Providers;

namespace Omega.Gpt.Recording;

/// <summary>Records each call of a wire: what it sends, what it is answered, and how it ends. Its deltas pass untouched.</summary>
internal sealed class AttemptRecorder(IModelProvider inner, SessionRecorder recorder) : DelegatingModelProvider(inner)
{
    public override IAsyncEnumerable<ModelDelta> StreamAsync(ModelRequest request, CancellationToken cancellationToken = default) =>
        request.Attempt is null ? Inner.StreamAsync(request, cancellationToken) : RecordAsync(request, cancellationToken);

    private async IAsyncEnumerable<ModelDelta> RecordAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var wire = new WireRecorder(recorder, request);
        request.Attempt!.Tap = wire;
        var isWhole = false;
        GptException? failure = null;
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

                isWhole |= deltas.Current is FinishedDelta;
                yield return deltas.Current;
            }
        }
        finally
        {
            await deltas.DisposeAsync().ConfigureAwait(false);
            wire.Flush();
            recorder.AttemptEnded(request, isWhole && failure is null, failure);
        }
    }
}
