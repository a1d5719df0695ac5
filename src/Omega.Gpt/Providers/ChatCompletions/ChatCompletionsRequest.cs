using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Providers.ChatCompletions;

/// <summary>Writes a request's JSON body. What is not set is not written: the provider's defaults are its own.</summary>
internal static class ChatCompletionsRequest
{
    private const int LongestCacheKey = 64;

    /// <summary>Writes the body.</summary>
    /// <exception cref="GptException">The wire cannot carry the request; the message says which part of it.</exception>
    public static void Write(Utf8JsonWriter writer, ModelRequest request, WireOptions wire)
    {
        var options = request.Options;
        writer.WriteStartObject();
        writer.WriteString("model", request.Model);
        ChatCompletionsMessages.Write(writer, request, wire);
        writer.WriteBoolean("stream", true);
        writer.WriteStartObject("stream_options");
        writer.WriteBoolean("include_usage", true);
        writer.WriteEndObject();
        WriteSampling(writer, request, wire);
        if (options.ResponseFormat is { } format)
            WriteFormat(writer, format);
        WriteFunctions(writer, request);
        if (wire.IsOpenAI)
            WriteCaching(writer, request);
        writer.WriteEndObject();
    }

    private static void WriteSampling(Utf8JsonWriter writer, ModelRequest request, WireOptions wire)
    {
        var options = request.Options;
        if (options.Temperature is { } temperature)
            writer.WriteNumber("temperature", temperature);
        if (options.TopP is { } topP)
            writer.WriteNumber("top_p", topP);
        // Reasoning models refuse the old name; servers other than OpenAI may not know the new one.
        if (options.MaxTokens is { } tokens)
            writer.WriteNumber(wire.IsOpenAI || request.Info?.Capabilities.Reasoning == true ? "max_completion_tokens" : "max_tokens", tokens);
        if (options.StopSequences is { Count: > 0 } stops)
        {
            writer.WriteStartArray("stop");
            foreach (var stop in stops)
                writer.WriteStringValue(stop);
            writer.WriteEndArray();
        }

        if (options.Seed is { } seed)
            writer.WriteNumber("seed", seed);
        if (options.ReasoningEffort is { } effort)
        {
            writer.WriteString("reasoning_effort", effort switch
            {
                ReasoningEffort.None => "none",
                ReasoningEffort.Minimal => "minimal",
                ReasoningEffort.Low => "low",
                ReasoningEffort.Medium => "medium",
                _ => "high",
            });
        }
    }

    private static void WriteFormat(Utf8JsonWriter writer, ResponseFormat format)
    {
        if (format.Kind == "text")
            return;

        writer.WriteStartObject("response_format");
        writer.WriteString("type", format.Kind == "json" ? "json_object" : "json_schema");
        if (format.Schema is { } schema)
        {
            writer.WriteStartObject("json_schema");
            writer.WriteString("name", format.Name);
            writer.WritePropertyName("schema");
            schema.WriteTo(writer);
            writer.WriteBoolean("strict", format.IsStrict);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteFunctions(Utf8JsonWriter writer, ModelRequest request)
    {
        var choice = request.Options.FunctionChoice;
        if (request.Functions.Count == 0)
        {
            if (choice?.Kind is "required" or "function")
                throw new GptException(GptErrorKind.BadRequest, "FunctionChoice demands a call, but the request has no functions.") { Phase = GptPhase.Request };
            return;
        }

        writer.WriteStartArray("tools");
        foreach (var function in request.Functions)
        {
            writer.WriteStartObject();
            writer.WriteString("type", "function");
            writer.WriteStartObject("function");
            writer.WriteString("name", function.Name);
            if (function.Description is not null)
                writer.WriteString("description", function.Description);
            writer.WritePropertyName("parameters");
            function.Parameters.WriteTo(writer);
            if (function.Strict is { } strict)
                writer.WriteBoolean("strict", strict);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (choice is { Kind: "function" })
        {
            writer.WriteStartObject("tool_choice");
            writer.WriteString("type", "function");
            writer.WriteStartObject("function");
            writer.WriteString("name", choice.FunctionName);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        else if (choice is not null)
        {
            writer.WriteString("tool_choice", choice.Kind);
        }

        if (request.Options.ParallelCalls is { } parallel)
            writer.WriteBoolean("parallel_tool_calls", parallel);
    }

    private static void WriteCaching(Utf8JsonWriter writer, ModelRequest request)
    {
        var caching = request.Options.PromptCaching ?? PromptCaching.Auto;
        if (caching == PromptCaching.Off)
            return;

        if (request.Conversation is { Length: > 0 } conversation)
        {
            writer.WriteString("prompt_cache_key", conversation.Length <= LongestCacheKey
                ? conversation
                : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(conversation))));
        }

        // OpenAI knows "in_memory" (minutes, at most an hour) and "24h"; an hour is promised only by the latter.
        if (caching == PromptCaching.OneHour)
            writer.WriteString("prompt_cache_retention", "24h");
    }
}
