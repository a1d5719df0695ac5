using System.Text.Json;
using System.Text.Json.Nodes;
using Omega.Gpt.Functions.Calls;

namespace Omega.Gpt.Recording.Format;

/// <summary>
/// Generation options as JSON and back. Left out: the model, which stands beside them; the system message, which is among the messages; and
/// headers, which may hold secrets.
/// </summary>
internal static class OptionsJson
{
    public static void Write(Utf8JsonWriter writer, GenerationOptions options)
    {
        writer.WriteStartObject();
        if (options.Temperature is { } temperature)
            writer.WriteNumber("temperature", temperature);
        if (options.MaxTokens is { } maxTokens)
            writer.WriteNumber("max_tokens", maxTokens);
        if (options.TopP is { } topP)
            writer.WriteNumber("top_p", topP);
        if (options.StopSequences is { } stops)
        {
            writer.WriteStartArray("stop");
            foreach (var stop in stops)
                writer.WriteStringValue(stop);
            writer.WriteEndArray();
        }

        if (options.Seed is { } seed)
            writer.WriteNumber("seed", seed);
        if (options.ReasoningEffort is { } effort)
            writer.WriteString("reasoning_effort", effort.ToString());
        if (options.ParallelCalls is { } parallel)
            writer.WriteBoolean("parallel_calls", parallel);
        if (options.PromptCaching is { } caching)
            writer.WriteString("prompt_caching", caching.ToString());
        if (options.FunctionChoice is { } choice)
        {
            writer.WriteStartObject("function_choice");
            writer.WriteString("kind", choice.Kind);
            if (choice.FunctionName is not null)
                writer.WriteString("name", choice.FunctionName);
            writer.WriteEndObject();
        }

        if (options.ResponseFormat is { } format)
            Write(writer, format);
        if (options.ExtraBody is { Count: > 0 } extra)
        {
            writer.WritePropertyName("extra_body");
            using var document = JsonDocument.Parse(extra.ToJsonString());
            CanonicalJson.Write(writer, document.RootElement);
        }

        writer.WriteEndObject();
    }

    public static GenerationOptions Read(JsonElement json) => new()
    {
        Temperature = json.Number("temperature"),
        MaxTokens = (int?)json.Number("max_tokens"),
        TopP = json.Number("top_p"),
        StopSequences = json.TryGetProperty("stop", out var stops) ? [.. stops.EnumerateArray().Select(stop => stop.GetString()!)] : null,
        Seed = json.TryGetProperty("seed", out var seed) ? seed.GetInt64() : null,
        ReasoningEffort = json.Text("reasoning_effort") is { } effort ? Enum.Parse<ReasoningEffort>(effort) : null,
        ParallelCalls = json.TryGetProperty("parallel_calls", out var parallel) ? parallel.GetBoolean() : null,
        PromptCaching = json.Text("prompt_caching") is { } caching ? Enum.Parse<PromptCaching>(caching) : null,
        FunctionChoice = json.TryGetProperty("function_choice", out var choice) ? Choice(choice) : null,
        ResponseFormat = json.TryGetProperty("response_format", out var format) ? Format(format) : null,
        ExtraBody = json.TryGetProperty("extra_body", out var extra) ? JsonNode.Parse(extra.GetRawText()) as JsonObject : null,
    };

    private static void Write(Utf8JsonWriter writer, ResponseFormat format)
    {
        writer.WriteStartObject("response_format");
        writer.WriteString("kind", format.Kind);
        if (format.Schema is { } schema)
        {
            writer.WriteString("name", format.Name);
            writer.WriteBoolean("strict", format.IsStrict);
            writer.WritePropertyName("schema");
            CanonicalJson.Write(writer, schema);
        }

        writer.WriteEndObject();
    }

    private static FunctionChoice Choice(JsonElement json) => json.RequiredText("kind") switch
    {
        "none" => FunctionChoice.None,
        "required" => FunctionChoice.Required,
        "function" => FunctionChoice.Function(json.RequiredText("name")),
        _ => FunctionChoice.Auto,
    };

    private static ResponseFormat Format(JsonElement json) => json.RequiredText("kind") switch
    {
        "json" => ResponseFormat.Json,
        "json_schema" => ResponseFormat.JsonSchema(json.RequiredText("name"), json.Required("schema").Clone(), json.IsTrue("strict")),
        _ => ResponseFormat.Text,
    };
}
