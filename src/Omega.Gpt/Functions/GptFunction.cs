using System.Text.Json;
using Omega.Gpt.Functions.Schema;

namespace Omega.Gpt;

/// <summary>Runs a function's call.</summary>
/// <param name="arguments">The arguments: an object that satisfies the function's schema.</param>
/// <param name="context">The call.</param>
/// <param name="cancellationToken">
/// Cancelled when the function's time is up; for a <see cref="FunctionEffect.Pure"/> function also when the turn is cancelled.
/// </param>
/// <returns>The result, as JSON.</returns>
public delegate ValueTask<JsonElement> FunctionHandler(JsonElement arguments, FunctionContext context, CancellationToken cancellationToken);

/// <summary>A function that a model may call and this program runs. Immutable and thread-safe.</summary>
public sealed partial class GptFunction
{
    /// <summary>Creates a function from its definition and a handler.</summary>
    /// <param name="definition">What the model is told.</param>
    /// <param name="handler">Runs a call.</param>
    /// <param name="options">How it is run; null for the defaults: a side effect, without approval.</param>
    /// <exception cref="GptException">The schema or an option is not acceptable; the message says where and why.</exception>
    public GptFunction(FunctionDefinition definition, FunctionHandler handler, GptFunctionOptions? options = null)
        : this(definition, options) => Handler = handler ?? throw new ArgumentNullException(nameof(handler));

    /// <summary>Creates a function that takes all its calls of a step at once.</summary>
    /// <param name="definition">What the model is told.</param>
    /// <param name="handler">Runs the calls.</param>
    /// <param name="options">How it is run; null for the defaults: a side effect, without approval. The time is that of the whole batch.</param>
    /// <exception cref="GptException">The schema or an option is not acceptable; the message says where and why.</exception>
    public GptFunction(FunctionDefinition definition, FunctionBatchHandler handler, GptFunctionOptions? options = null)
        : this(definition, options) => BatchHandler = handler ?? throw new ArgumentNullException(nameof(handler));

    private GptFunction(FunctionDefinition definition, GptFunctionOptions? options)
    {
        ArgumentNullException.ThrowIfNull(definition);
        (Definition, Options) = (definition, options ?? new GptFunctionOptions());
        Options.Validate(definition.Name);
        Schema = FunctionEntry.Compile(definition);
        Slots = new SemaphoreSlim(Options.MaxConcurrency, Options.MaxConcurrency);
    }

    /// <summary>What the model is told.</summary>
    public FunctionDefinition Definition { get; }

    /// <summary>How it is run.</summary>
    public GptFunctionOptions Options { get; }

    /// <summary>Runs a call; null where calls are run as a batch.</summary>
    internal FunctionHandler? Handler { get; }

    /// <summary>Runs all calls of a step; null where they are run one by one.</summary>
    internal FunctionBatchHandler? BatchHandler { get; }

    /// <summary>The compiled schema of the arguments.</summary>
    internal JsonSchema Schema { get; }

    /// <summary>Bounds how many calls run at once, over all turns. Its wait handle is never made, so there is nothing to dispose.</summary>
    internal SemaphoreSlim Slots { get; }
}
