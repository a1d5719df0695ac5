using System.Runtime.CompilerServices;
using Omega.Gpt.Providers;

namespace Omega.Gpt.Tests.Turns;

/// <summary>A provider that says what a test tells it to, one script a request, in order.</summary>
internal sealed class ScriptedProvider(params IReadOnlyList<ScriptedProvider.Script> scripts) : IModelProvider
{
    public delegate IAsyncEnumerable<ModelDelta> Script(ModelRequest request, CancellationToken cancellationToken);

    public string Name => "scripted";

    /// <summary>What was asked.</summary>
    public List<ModelRequest> Requests { get; } = [];

    public static Script Says(params ModelDelta[] deltas) => (_, token) => Stream(deltas, null, token);

    public static Script Breaks(Exception exception, params ModelDelta[] deltas) => (_, token) => Stream(deltas, exception, token);

    public static ModelDelta Done(FinishReason reason = FinishReason.Stop) => new FinishedDelta(reason, null);

    public IAsyncEnumerable<ModelDelta> StreamAsync(ModelRequest request, CancellationToken cancellationToken = default)
    {
        // The messages are a live view; what was asked is what they were then.
        Requests.Add(request with { Messages = [.. request.Messages] });
        return scripts[Requests.Count - 1](request, cancellationToken);
    }

    private static async IAsyncEnumerable<ModelDelta> Stream(ModelDelta[] deltas, Exception? exception, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var delta in deltas)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
            yield return delta;
        }

        if (exception is not null)
            throw exception;
    }
}
