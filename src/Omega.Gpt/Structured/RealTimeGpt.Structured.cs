using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;
using Omega.Gpt.Functions.Definition;
using Omega.Gpt.Structured;

namespace Omega.Gpt;

// Typed answers: the schema comes from the type, the answer is validated, and a wrong one goes back with its errors.
public sealed partial class RealTimeGpt
{
    /// <summary>Asks for an answer of a type. It is validated against the type's schema; a wrong one is sent back, a bounded number of times.</summary>
    /// <typeparam name="T">A record, a list, an enum, a number: anything JSON can hold.</typeparam>
    /// <param name="prompt">What to ask.</param>
    /// <param name="type">The type's metadata, from a JsonSerializerContext.</param>
    /// <param name="options">Options of the turn; null for the defaults. The response format is set by this method.</param>
    /// <param name="structured">How often a wrong answer may be mended; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the turn; what had arrived is kept in the conversation.</param>
    /// <exception cref="StructuredOutputException">The answer stayed wrong, was cut or filtered, or the model refused.</exception>
    /// <exception cref="GptException">The type cannot be described, or the turn could not begin or failed.</exception>
    public Task<T> GetAsync<T>(string prompt, JsonTypeInfo<T> type, TurnOptions? options = null, StructuredOutputOptions? structured = null, CancellationToken cancellationToken = default) =>
        GetAsync(Message.User(prompt), type, options, structured, cancellationToken);

    /// <inheritdoc cref="GetAsync{T}(string, JsonTypeInfo{T}, TurnOptions?, StructuredOutputOptions?, CancellationToken)"/>
    /// <param name="input">What to ask, with images and files.</param>
    /// <param name="type">The type's metadata, from a JsonSerializerContext.</param>
    /// <param name="options">Options of the turn; null for the defaults. The response format is set by this method.</param>
    /// <param name="structured">How often a wrong answer may be mended; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the turn; what had arrived is kept in the conversation.</param>
    public async Task<T> GetAsync<T>(Message input, JsonTypeInfo<T> type, TurnOptions? options = null, StructuredOutputOptions? structured = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(type);
        var run = new StructuredRun<T>(this, StructuredType<T>.Of(type), options ?? new TurnOptions(), structured ?? StructuredOutputOptions.Default);
        await foreach (var answer in run.RunAsync(input, showsPartials: false, cancellationToken).ConfigureAwait(false))
            return answer.Value!;
        throw new GptException(GptErrorKind.StreamInterrupted, "The turn ended without an answer. Ask again.") { Phase = GptPhase.Turn };
    }

    /// <inheritdoc cref="GetAsync{T}(string, JsonTypeInfo{T}, TurnOptions?, StructuredOutputOptions?, CancellationToken)"/>
    /// <remarks>Reads the type by reflection, with names in snake_case and enums by name.</remarks>
    [RequiresUnreferencedCode("Reads the members of types by reflection; give a JsonTypeInfo in a trimmed program.")]
    [RequiresDynamicCode("Reads the members of types by reflection; give a JsonTypeInfo in a program compiled ahead of time.")]
    public Task<T> GetAsync<T>(string prompt, TurnOptions? options = null, StructuredOutputOptions? structured = null, CancellationToken cancellationToken = default) =>
        GetAsync(Message.User(prompt), Reflected<T>(), options, structured, cancellationToken);

    /// <summary>As <see cref="GetAsync{T}(string, JsonTypeInfo{T}, TurnOptions?, StructuredOutputOptions?, CancellationToken)"/>, with the value while it is written: see <see cref="Partial{T}"/>. The last is the whole.</summary>
    /// <typeparam name="T">A record, a list, an enum, a number: anything JSON can hold.</typeparam>
    /// <param name="prompt">What to ask.</param>
    /// <param name="type">The type's metadata, from a JsonSerializerContext.</param>
    /// <param name="options">Options of the turn; null for the defaults. The response format is set by this method.</param>
    /// <param name="structured">How often a wrong answer may be mended; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the turn; what had arrived is kept in the conversation.</param>
    /// <exception cref="StructuredOutputException">The answer stayed wrong, was cut or filtered, or the model refused.</exception>
    /// <exception cref="GptException">The type cannot be described, or the turn could not begin or failed.</exception>
    public IAsyncEnumerable<Partial<T>> StreamAsync<T>(string prompt, JsonTypeInfo<T> type, TurnOptions? options = null, StructuredOutputOptions? structured = null, CancellationToken cancellationToken = default) =>
        StreamAsync(Message.User(prompt), type, options, structured, cancellationToken);

    /// <inheritdoc cref="StreamAsync{T}(string, JsonTypeInfo{T}, TurnOptions?, StructuredOutputOptions?, CancellationToken)"/>
    /// <param name="input">What to ask, with images and files.</param>
    /// <param name="type">The type's metadata, from a JsonSerializerContext.</param>
    /// <param name="options">Options of the turn; null for the defaults. The response format is set by this method.</param>
    /// <param name="structured">How often a wrong answer may be mended; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the turn; what had arrived is kept in the conversation.</param>
    public IAsyncEnumerable<Partial<T>> StreamAsync<T>(Message input, JsonTypeInfo<T> type, TurnOptions? options = null, StructuredOutputOptions? structured = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(type);
        return new StructuredRun<T>(this, StructuredType<T>.Of(type), options ?? new TurnOptions(), structured ?? StructuredOutputOptions.Default)
            .RunAsync(input, showsPartials: true, cancellationToken);
    }

    /// <inheritdoc cref="StreamAsync{T}(string, JsonTypeInfo{T}, TurnOptions?, StructuredOutputOptions?, CancellationToken)"/>
    /// <remarks>Reads the type by reflection, with names in snake_case and enums by name.</remarks>
    [RequiresUnreferencedCode("Reads the members of types by reflection; give a JsonTypeInfo in a trimmed program.")]
    [RequiresDynamicCode("Reads the members of types by reflection; give a JsonTypeInfo in a program compiled ahead of time.")]
    public IAsyncEnumerable<Partial<T>> StreamAsync<T>(string prompt, TurnOptions? options = null, StructuredOutputOptions? structured = null, CancellationToken cancellationToken = default) =>
        StreamAsync(Message.User(prompt), Reflected<T>(), options, structured, cancellationToken);

    [RequiresUnreferencedCode("Reads the members of types by reflection; give a JsonTypeInfo in a trimmed program.")]
    [RequiresDynamicCode("Reads the members of types by reflection; give a JsonTypeInfo in a program compiled ahead of time.")]
    private static JsonTypeInfo<T> Reflected<T>() =>
        (JsonTypeInfo<T>)ModelJson.TypeInfo(ModelJson.Reflected(), typeof(T), $"The answer's type {typeof(T)}");
}
