using System.Runtime.CompilerServices;
using Omega.Gpt.Providers;

namespace Omega.Gpt.Recording;

/// <summary>Records what a turn's step asks and what it gets, over all calls of wires that this takes: this is what a replay serves.</summary>
/// <param name="inner">The stages that make the calls.</param>
/// <param name="recorder">Takes it.</param>
/// <param name="served">The model that answers, at any moment.</param>
internal sealed class StepRecorder(IModelProvider inner, SessionRecorder recorder, Func<ResolvedModel> served) : DelegatingModelProvider(inner)
{
    public override async IAsyncEnumerable<ModelDelta> StreamAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        recorder.Request(request, served().ProviderName);
        var isWhole = false;
        GptException? failure = null;
        string? serving = null;
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

                var delta = deltas.Current;
                if (served() is var model && serving != model.Id)
                {
                    serving = model.Id;
                    recorder.Served(request, model.ProviderName, model.Model);
                }

                recorder.Delta(request, delta);
                isWhole |= delta is FinishedDelta;
                yield return delta;
            }
        }
        finally
        {
            await deltas.DisposeAsync().ConfigureAwait(false);
            recorder.RequestEnded(request, isWhole && failure is null, failure);
        }
    }
}
