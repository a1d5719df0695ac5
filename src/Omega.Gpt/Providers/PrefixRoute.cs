namespace Omega.Gpt.Providers;

/// <summary>A provider that continues answers at another endpoint than the one where it begins them.</summary>
/// <param name="begins">Takes every other request.</param>
/// <param name="continues">Takes requests whose last message is the beginning of the answer.</param>
internal sealed class PrefixRoute(IModelProvider begins, IModelProvider continues) : IModelProvider
{
    public string Name => begins.Name;

    internal IModelProvider Begins => begins;

    internal IModelProvider Continues => continues;

    public IAsyncEnumerable<ModelDelta> StreamAsync(ModelRequest request, CancellationToken cancellationToken = default) =>
        (request.ContinuesAnswer ? continues : begins).StreamAsync(request, cancellationToken);
}
