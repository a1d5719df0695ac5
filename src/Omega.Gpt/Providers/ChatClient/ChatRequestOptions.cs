using Microsoft.Extensions.AI;

namespace Omega.Gpt.Providers.ChatClient;

/// <summary>Options between Microsoft.Extensions.AI and ours.</summary>
internal static class ChatRequestOptions
{
    /// <summary>Our request's options as theirs.</summary>
    public static ChatOptions ToChat(ModelRequest request)
    {
        var options = request.Options;
        return new ChatOptions
        {
            ModelId = request.Model,
            Temperature = (float?)options.Temperature,
            MaxOutputTokens = options.MaxTokens,
            TopP = (float?)options.TopP,
            StopSequences = options.StopSequences is null ? null : [.. options.StopSequences],
            Seed = options.Seed,
            Reasoning = options.ReasoningEffort is { } effort ? new ReasoningOptions { Effort = ToChat(effort) } : null,
            ResponseFormat = options.ResponseFormat?.Kind switch
            {
                null or "text" => null,
                "json" => ChatResponseFormat.Json,
                _ => ChatResponseFormat.ForJsonSchema(options.ResponseFormat.Schema!.Value, options.ResponseFormat.Name),
            },
            ToolMode = request.Functions.Count == 0 ? null : options.FunctionChoice?.Kind switch
            {
                "none" => ChatToolMode.None,
                "required" => ChatToolMode.RequireAny,
                "function" => ChatToolMode.RequireSpecific(options.FunctionChoice.FunctionName!),
                _ => null,
            },
            AllowMultipleToolCalls = request.Functions.Count == 0 ? null : options.ParallelCalls,
            Tools = request.Functions.Count == 0
                ? null
                : [.. request.Functions.Select(function => AIFunctionFactory.CreateDeclaration(function.Name, function.Description, function.Parameters))],
        };
    }

    /// <summary>Their options as ours.</summary>
    public static TurnOptions FromChat(ChatOptions? options)
    {
        if (options is null)
            return new TurnOptions();
        var functions = options.Tools?.OfType<AIFunctionDeclaration>()
            .Select(function => new FunctionDefinition(function.Name, function.Description, function.JsonSchema)).ToList();
        return new TurnOptions
        {
            Model = options.ModelId,
            SystemMessage = options.Instructions,
            Temperature = Widen(options.Temperature),
            MaxTokens = options.MaxOutputTokens,
            TopP = Widen(options.TopP),
            StopSequences = options.StopSequences is { Count: > 0 } stops ? [.. stops] : null,
            Seed = options.Seed,
            ReasoningEffort = options.Reasoning?.Effort switch
            {
                null => null,
                Microsoft.Extensions.AI.ReasoningEffort.None => Gpt.ReasoningEffort.None,
                Microsoft.Extensions.AI.ReasoningEffort.Low => Gpt.ReasoningEffort.Low,
                Microsoft.Extensions.AI.ReasoningEffort.Medium => Gpt.ReasoningEffort.Medium,
                _ => Gpt.ReasoningEffort.High,
            },
            ResponseFormat = options.ResponseFormat switch
            {
                ChatResponseFormatJson { Schema: { } schema } json => Gpt.ResponseFormat.JsonSchema(json.SchemaName ?? "answer", schema),
                ChatResponseFormatJson => Gpt.ResponseFormat.Json,
                _ => null,
            },
            FunctionChoice = options.ToolMode switch
            {
                NoneChatToolMode => FunctionChoice.None,
                RequiredChatToolMode { RequiredFunctionName: { } name } => FunctionChoice.Function(name),
                RequiredChatToolMode => FunctionChoice.Required,
                _ => null,
            },
            ParallelCalls = options.AllowMultipleToolCalls,
            Functions = functions is { Count: > 0 } ? FunctionSet.Reported(functions) : null,
        };
    }

    // 0.2f is 0.200000003 as a double; through text it stays 0.2.
    private static double? Widen(float? value) =>
        value is { } number ? double.Parse(number.ToString(System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture) : null;

    private static Microsoft.Extensions.AI.ReasoningEffort ToChat(Gpt.ReasoningEffort effort) => effort switch
    {
        Gpt.ReasoningEffort.None => Microsoft.Extensions.AI.ReasoningEffort.None,
        Gpt.ReasoningEffort.Minimal or Gpt.ReasoningEffort.Low => Microsoft.Extensions.AI.ReasoningEffort.Low,
        Gpt.ReasoningEffort.Medium => Microsoft.Extensions.AI.ReasoningEffort.Medium,
        _ => Microsoft.Extensions.AI.ReasoningEffort.High,
    };
}
