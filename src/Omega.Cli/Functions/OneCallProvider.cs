using System.Runtime.CompilerServices;
using Omega.Gpt;
using Omega.Gpt.Providers;

namespace Omega.Cli.Functions;

/// <summary>
/// Stands where a model stands, and makes the one call that a person asked for: so that it goes through everything that a model's call
/// goes through.
/// </summary>
internal sealed class OneCallProvider(string function, string arguments) : IModelProvider
{
    public const string Model = "person/call";

    public string Name => "person";

    public async IAsyncEnumerable<ModelDelta> StreamAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        yield return new StartedDelta(null, null, null);
        if (request.Messages[^1].Role == Role.User)
        {
            yield return new CallStartedDelta(0, function);
            yield return new CallArgumentsDelta(0, arguments);
            yield return new FinishedDelta(FinishReason.FunctionCalls, null);
        }
        else
        {
            yield return new FinishedDelta(FinishReason.Stop, null);
        }
    }
}
