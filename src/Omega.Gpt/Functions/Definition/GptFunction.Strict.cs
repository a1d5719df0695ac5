using Omega.Gpt.Functions.Definition;

namespace Omega.Gpt;

// The same function under a schema to which a provider holds the model.
public sealed partial class GptFunction
{
    /// <summary>
    /// This function with its schema in the strict form (<see cref="StrictSchema"/>): the provider is asked to hold the model to it.
    /// What was optional may then be null, and is "not given" to the handler.
    /// </summary>
    /// <exception cref="GptException">The schema has no strict form; the message says where and why.</exception>
    public GptFunction ToStrict()
    {
        var schema = Definition.Parameters;
        if (!StrictSchema.TryConvert(schema, out var strict, out var obstacles))
        {
            throw new GptException(
                GptErrorKind.BadRequest,
                $"{Definition.Name}: its schema has no strict form. {string.Join("; ", obstacles)}. Describe those arguments more narrowly, or do without ToStrict.")
            { Phase = GptPhase.Request };
        }

        var definition = Definition with { Parameters = strict, Strict = true };
        if (BatchHandler is { } batch)
        {
            return new GptFunction(
                definition,
                (calls, cancellationToken) =>
                {
                    foreach (var call in calls)
                        call.Arguments = StrictNulls.Remove(call.Arguments, schema);
                    return batch(calls, cancellationToken);
                },
                Options);
        }

        var handler = Handler!;
        return new GptFunction(
            definition,
            (arguments, context, cancellationToken) => handler(StrictNulls.Remove(arguments, schema), context, cancellationToken),
            Options);
    }
}
