using Omega.Gpt.Providers;

namespace Omega.Gpt.Usage;

/// <summary>The stage of each call that keeps to the budget and writes the ledger's row: opened before the call is sent, completed before its end is told.</summary>
internal sealed class MeteringProvider(IModelProvider inner, UsageMeter meter) : DelegatingModelProvider(inner)
{
    public override IAsyncEnumerable<ModelDelta> StreamAsync(ModelRequest request, CancellationToken cancellationToken = default) =>
        new MeteredStream(Inner, meter, request, cancellationToken);
}
