using System.Text.Json;

namespace Omega.Gpt;

/// <summary>Runs a function's call.</summary>
/// <param name="arguments">The arguments: an object that satisfies the function's schema.</param>
/// <param name="context">The call.</param>
/// <param name="cancellationToken">Cancelled when the turn is, and when the function's time is up.</param>
/// <returns>The result, as JSON.</returns>
public delegate ValueTask<JsonElement> FunctionHandler(JsonElement arguments, FunctionContext context, CancellationToken cancellationToken);

/// <summary>A function that a model may call and this program runs. Immutable and thread-safe.</summary>
public sealed partial class GptFunction
{
    /// <summary>Creates a function from its definition and a handler.</summary>
    /// <param name="definition">What the model is told.</param>
    /// <param name="handler">Runs a call.</param>
    /// <param name="options">How it is run; null for the defaults: a side effect, without approval.</param>
    public GptFunction(FunctionDefinition definition, FunctionHandler handler, GptFunctionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(handler);
        (Definition, Handler, Options) = (definition, handler, options ?? new GptFunctionOptions());
    }

    /// <summary>What the model is told.</summary>
    public FunctionDefinition Definition { get; }

    /// <summary>How it is run.</summary>
    public GptFunctionOptions Options { get; }

    internal FunctionHandler Handler { get; }
}
