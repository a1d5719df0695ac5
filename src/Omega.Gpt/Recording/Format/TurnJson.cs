using System.Text.Json;
using Omega.Gpt.Turns;

namespace Omega.Gpt.Recording.Format;

/// <summary>What a turn was asked, as it stands in a recording's line, and back.</summary>
internal static class TurnJson
{
    public static void Write(Utf8JsonWriter writer, TurnPlan plan, bool isResumed, bool withHistory)
    {
        writer.WriteString("at", plan.At);
        writer.WriteString("conversation", plan.Conversation.Id);
        writer.WriteString("requested", plan.Requested);
        writer.WriteString("provider", plan.Model.ProviderName);
        writer.WriteString("model", plan.Model.Model);
        if (isResumed)
            writer.WriteBoolean("resumed", true);
        if (plan.IsRepeatable)
            writer.WriteBoolean("repeatable", true);
        if (plan.Timeout is { } timeout)
            writer.WriteNumber("timeout_ms", timeout.TotalMilliseconds);
        if (plan.Options.SystemMessage is { } system)
            writer.WriteString("system", system);
        writer.WritePropertyName("options");
        OptionsJson.Write(writer, plan.Options);
        writer.WritePropertyName("limits");
        Write(writer, plan.Limits);
        if (plan.Functions.IsReported)
            writer.WriteBoolean("functions_reported", true);
        writer.WriteStartArray("functions");
        foreach (var definition in plan.Functions.Definitions)
            Write(writer, definition, plan.Functions.FindFunction(definition.Name));
        writer.WriteEndArray();
        if (withHistory)
            Write(writer, "history", plan.Conversation.Messages);
        Write(writer, "input", plan.Input);
    }

    public static FunctionLimits ReadLimits(JsonElement json) => new()
    {
        MaxSteps = Whole(json, "max_steps"),
        MaxCallsPerStep = Whole(json, "max_calls_per_step"),
        MaxCallsPerTurn = Whole(json, "max_calls_per_turn"),
        MaxIdenticalCalls = Whole(json, "max_identical_calls"),
        MaxRepairs = Whole(json, "max_repairs"),
        MaxArgumentsLength = Whole(json, "max_arguments_length"),
        AbortStepOnRejectedCall = json.IsTrue("abort_step_on_rejected_call"),
    };

    /// <summary>The turn's functions: known as they were, run by nobody.</summary>
    public static FunctionSet ReadFunctions(JsonElement turn)
    {
        var functions = turn.Required("functions");
        if (turn.IsTrue("functions_reported"))
            return FunctionSet.Reported(functions.EnumerateArray().Select(Definition));
        return FunctionSet.Of(functions.EnumerateArray().Select(function => function.Text("runs") is null
            ? new FunctionEntry(Definition(function), isChecked: true)
            : new FunctionEntry(Function(function))));
    }

    public static List<Message> ReadMessages(JsonElement messages) =>
        [.. messages.EnumerateArray().Select(message => message.Deserialize(GptJsonContext.Default.Message) ?? throw new JsonException("a message is an object, not null"))];

    private static GptFunction Function(JsonElement json)
    {
        var definition = Definition(json);
        var options = new GptFunctionOptions
        {
            Effect = json.Text("effect") == "pure" ? FunctionEffect.Pure : FunctionEffect.SideEffect,
            RequiresApproval = json.IsTrue("approval"),
        };
        return json.Text("runs") == "batch"
            ? new GptFunction(definition, (FunctionBatchHandler)((_, _) => throw NotRun()), options)
            : new GptFunction(definition, (FunctionHandler)((_, _, _) => throw NotRun()), options);

        InvalidOperationException NotRun() => new($"{definition.Name} is answered from the recording and has no handler.");
    }

    private static FunctionDefinition Definition(JsonElement json) => new(json.RequiredText("name"), json.Text("description"), json.Required("parameters").Clone())
    {
        Strict = json.TryGetProperty("strict", out var strict) ? strict.GetBoolean() : null,
    };

    private static void Write(Utf8JsonWriter writer, FunctionDefinition definition, GptFunction? function)
    {
        writer.WriteStartObject();
        writer.WriteString("name", definition.Name);
        if (definition.Description is not null)
            writer.WriteString("description", definition.Description);
        writer.WritePropertyName("parameters");
        definition.Parameters.WriteTo(writer);
        if (definition.Strict is { } strict)
            writer.WriteBoolean("strict", strict);
        if (function is not null)
        {
            writer.WriteString("runs", function.BatchHandler is null ? "single" : "batch");
            writer.WriteString("effect", function.Options.Effect == FunctionEffect.Pure ? "pure" : "side_effect");
            if (function.Options.RequiresApproval)
                writer.WriteBoolean("approval", true);
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, FunctionLimits limits)
    {
        writer.WriteStartObject();
        writer.WriteNumber("max_steps", limits.MaxSteps);
        writer.WriteNumber("max_calls_per_step", limits.MaxCallsPerStep);
        writer.WriteNumber("max_calls_per_turn", limits.MaxCallsPerTurn);
        writer.WriteNumber("max_identical_calls", limits.MaxIdenticalCalls);
        writer.WriteNumber("max_repairs", limits.MaxRepairs);
        writer.WriteNumber("max_arguments_length", limits.MaxArgumentsLength);
        writer.WriteBoolean("abort_step_on_rejected_call", limits.AbortStepOnRejectedCall);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, IEnumerable<Message> messages)
    {
        writer.WriteStartArray(name);
        foreach (var message in messages)
            JsonSerializer.Serialize(writer, message, GptJsonContext.Default.Message);
        writer.WriteEndArray();
    }

    private static int Whole(JsonElement json, string name) => json.Required(name).GetInt32();
}
