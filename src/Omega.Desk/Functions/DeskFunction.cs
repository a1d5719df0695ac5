using System.Text.Json;
using Omega.Gpt;
using Omega.Trading;

namespace Omega.Desk.Functions;

/// <summary>Makes functions of the desk: pure, and refusing what cannot be done in a form that the model can act on.</summary>
internal static class DeskFunction
{
    private static readonly GptFunctionOptions Options = new() { Effect = FunctionEffect.Pure, ShowsErrors = false };

    /// <summary>Makes one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does and when to call it.</param>
    /// <param name="schema">JSON Schema of its arguments.</param>
    /// <param name="run">Runs a call.</param>
    public static GptFunction Make(string name, string description, string schema, Func<CallArguments, FunctionContext, CancellationToken, ValueTask<JsonElement>> run) =>
        new(new FunctionDefinition(name, description, JsonElement.Parse(schema)), async (json, context, cancellationToken) =>
        {
            try
            {
                return await run(new CallArguments(json), context, cancellationToken).ConfigureAwait(false);
            }
            catch (Refusal refusal)
            {
                return refusal.ToJson();
            }
            catch (TradingException exception)
            {
                return Refusal.Of(exception).ToJson();
            }
        }, Options);
}
