using System.Text.Json;

namespace Omega.Gpt.Providers.Responses;

/// <summary>Writes the body of a request to <c>/responses</c>.</summary>
internal static class ResponsesRequest
{
    /// <summary>Writes the body.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="request">The request.</param>
    /// <param name="isOpenAI">Whether the server is OpenAI's own.</param>
    /// <param name="choices">The options that are sent.</param>
    /// <exception cref="GptException">A part cannot be sent.</exception>
    public static void Write(Utf8JsonWriter writer, ModelRequest request, bool isOpenAI, ResponsesChoices choices)
    {
        var options = request.Options;
        writer.WriteStartObject();
        writer.WriteString("model"u8, request.Model);
        writer.WritePropertyName("input"u8);
        new ResponsesInput(writer, request, choices.Gate.Provider, isOpenAI).Write();
        WriteFunctions(writer, request);
        writer.WriteBoolean("stream"u8, true);
        writer.WriteBoolean("store"u8, false);
        if (choices.Reasons)
        {
            writer.WriteStartArray("include"u8);
            writer.WriteStringValue("reasoning.encrypted_content"u8);
            writer.WriteEndArray();
        }

        WriteReasoning(writer, options.ReasoningEffort, choices.Reasons);
        WriteFormat(writer, options.ResponseFormat);
        if (options.Temperature is { } temperature)
            writer.WriteNumber("temperature"u8, temperature);
        if (options.TopP is { } topP)
            writer.WriteNumber("top_p"u8, topP);
        if (options.MaxTokens is { } maxTokens)
            writer.WriteNumber("max_output_tokens"u8, maxTokens);
        if (isOpenAI && request.Conversation is not null && options.PromptCaching != PromptCaching.Off)
            writer.WriteString("prompt_cache_key"u8, request.Conversation);
        if (isOpenAI && options.PromptCaching == PromptCaching.OneHour)
            writer.WriteString("prompt_cache_retention"u8, "24h"u8); // "in_memory", the other choice, may be minutes
        writer.WriteEndObject();
    }

    private static void WriteReasoning(Utf8JsonWriter writer, ReasoningEffort? effort, bool reasons)
    {
        var isSummed = reasons && effort != ReasoningEffort.None;
        if (effort is null && !isSummed)
            return;
        writer.WriteStartObject("reasoning"u8);
        if (effort is { } asked)
            writer.WriteString("effort"u8, Effort(asked));
        if (isSummed)
            writer.WriteString("summary"u8, "auto"u8);
        writer.WriteEndObject();
    }

    private static void WriteFormat(Utf8JsonWriter writer, ResponseFormat? format)
    {
        if (format is null or { Kind: "text" })
            return;
        writer.WriteStartObject("text"u8);
        writer.WriteStartObject("format"u8);
        if (format.Schema is { } schema)
        {
            writer.WriteString("type"u8, "json_schema"u8);
            writer.WriteString("name"u8, format.Name);
            writer.WritePropertyName("schema"u8);
            schema.WriteTo(writer);
            writer.WriteBoolean("strict"u8, format.IsStrict);
        }
        else
        {
            writer.WriteString("type"u8, "json_object"u8);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteFunctions(Utf8JsonWriter writer, ModelRequest request)
    {
        if (request.Functions.Count == 0)
            return;
        writer.WriteStartArray("tools"u8);
        foreach (var function in request.Functions)
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "function"u8);
            writer.WriteString("name"u8, function.Name);
            if (function.Description is not null)
                writer.WriteString("description"u8, function.Description);
            writer.WritePropertyName("parameters"u8);
            function.Parameters.WriteTo(writer);
            // Without a word the server would be strict, and refuse schemas that strict mode does not know.
            writer.WriteBoolean("strict"u8, function.Strict ?? false);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (request.Options.FunctionChoice is { FunctionName: { } name })
        {
            writer.WriteStartObject("tool_choice"u8);
            writer.WriteString("type"u8, "function"u8);
            writer.WriteString("name"u8, name);
            writer.WriteEndObject();
        }
        else if (request.Options.FunctionChoice is { } choice)
        {
            writer.WriteString("tool_choice"u8, choice.Kind);
        }

        if (request.Options.ParallelCalls is { } parallel)
            writer.WriteBoolean("parallel_tool_calls"u8, parallel);
    }

    private static string Effort(ReasoningEffort effort) => effort switch
    {
        ReasoningEffort.None => "none",
        ReasoningEffort.Minimal => "minimal",
        ReasoningEffort.Low => "low",
        ReasoningEffort.High => "high",
        _ => "medium",
    };
}
