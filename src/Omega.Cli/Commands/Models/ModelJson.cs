using System.Globalization;
using System.Text.Json;
using Omega.Gpt.Models;

namespace Omega.Cli.Commands.Models;

/// <summary>A model as a JSON object: money as decimal strings, null for unknown.</summary>
internal static class ModelJson
{
    public static void Write(Utf8JsonWriter json, ModelInfo model, DateOnly day)
    {
        json.WriteStartObject();
        json.WriteString("model", model.ToString());
        WriteTexts(json, "aliases", model.Aliases);
        WriteNumber(json, "context", model.Context);
        WriteNumber(json, "max_output", model.MaxOutput);
        json.WriteString("tokenizer", model.Tokenizer);
        WritePrices(json, model);
        json.WriteBoolean("prices_vary", model.PricesVary);
        json.WriteString("state", ModelText.Lower(ModelFilter.StateOf(model, day)));
        json.WriteString("retires_on", model.RetiresOn is { } last ? ModelText.Day(last) : null);
        json.WriteString("successor", model.Successor);
        WriteCapabilities(json, model.Capabilities);
        json.WriteString("source", model.Source);
        json.WriteEndObject();
    }

    private static void WritePrices(Utf8JsonWriter json, ModelInfo model)
    {
        json.WriteStartArray("prices");
        foreach (var tier in model.Prices)
        {
            json.WriteStartObject();
            json.WriteNumber("above_input", tier.AboveInput);
            Money("input", tier.Input);
            Money("output", tier.Output);
            Money("cache_read", tier.CacheRead);
            Money("cache_write", tier.CacheWrite);
            Money("cache_write_hour", tier.CacheWriteHour);
            json.WriteEndObject();
        }

        json.WriteEndArray();

        void Money(string name, decimal? value) => json.WriteString(name, value?.ToString(CultureInfo.InvariantCulture));
    }

    private static void WriteCapabilities(Utf8JsonWriter json, ModelCapabilities takes)
    {
        json.WriteBoolean("reasoning", takes.Reasoning);
        if (takes.Efforts is { } efforts)
            WriteTexts(json, "efforts", efforts.Select(ModelText.Lower));
        else
            json.WriteNull("efforts");
        json.WriteBoolean("reasons_by_default", takes.Reasoning && takes.ReasonsByDefault);
        json.WriteBoolean("functions", takes.Functions);
        json.WriteBoolean("functions_over_chat", takes.FunctionsOverChat);
        json.WriteBoolean("images", takes.Images);
        json.WriteBoolean("files", takes.Files);
        json.WriteBoolean("json_schema", takes.JsonSchema);
        json.WriteBoolean("temperature", takes.Temperature);
        json.WriteBoolean("top_p", takes.TopP);
        json.WriteBoolean("sampling_without_reasoning", takes.SamplingWithoutReasoning);
        json.WriteBoolean("temperature_with_top_p", takes.TemperatureWithTopP);
        json.WriteBoolean("stop", takes.Stop);
        json.WriteBoolean("seed", takes.Seed);
        json.WriteBoolean("prefix_continuation", takes.PrefixContinuation);
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }
}
