using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Providers.Responses;

/// <summary>What this wire makes of a request's options beyond writing them down.</summary>
/// <param name="Gate">What was left out.</param>
/// <param name="Reasons">Whether the model is known to reason, so that a summary and the encrypted reasoning can be asked for; others refuse both.</param>
internal sealed record ResponsesChoices(OptionGate Gate, bool Reasons)
{
    /// <exception cref="GptException">An option is set that the wire does not carry, and the request is not lenient.</exception>
    public static ResponsesChoices Of(ModelRequest request, string provider)
    {
        var (options, gate) = (request.Options, new OptionGate(request, provider));
        if (options.StopSequences is { Count: > 0 })
            gate.Refuse("StopSequences are set, and the Responses API takes none");
        if (options.Seed is not null)
            gate.Refuse($"Seed is {options.Seed}, and the Responses API takes none");
        return new ResponsesChoices(gate, request.Info?.Capabilities.Reasoning == true);
    }
}
