using System.Text.Json;

namespace Omega.Gpt;

/// <summary>What a running function knows of its call.</summary>
public abstract class FunctionContext
{
    private protected FunctionContext()
    {
    }

    /// <summary>The call's id: <c>{turn}.{step}.{index}</c>.</summary>
    public abstract string Call { get; }

    /// <summary>The function's name.</summary>
    public abstract string Name { get; }

    /// <summary>The turn's id.</summary>
    public abstract string Turn { get; }

    /// <summary>The conversation's id.</summary>
    public abstract string Conversation { get; }

    /// <summary>The same for every attempt at this very call, and for no other: what a broker takes as client order id.</summary>
    public abstract string IdempotencyKey { get; }

    /// <summary>The clock.</summary>
    public abstract TimeProvider Time { get; }

    /// <summary>Shows a part of the result as <see cref="FunctionCallProgressEvent"/>, at once. The model does not see it.</summary>
    /// <param name="data">The part.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public abstract ValueTask ReportAsync(JsonElement data, CancellationToken cancellationToken = default);
}
