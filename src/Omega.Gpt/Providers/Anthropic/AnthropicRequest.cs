using System.Text.Json;
using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Providers.Anthropic;

/// <summary>
/// Writes the body of a request to <c>/messages</c>. With prompt caching on, it marks the last function, the last system block, the last
/// block before the newest user message (which later turns repeat), and in the middle of a turn the last function result (which the next
/// step repeats): four marks, as many as Anthropic takes.
/// </summary>
internal sealed class AnthropicRequest
{
    private readonly Utf8JsonWriter _writer;
    private readonly ModelRequest _request;
    private readonly AnthropicChoices _choices;
    private readonly PromptCaching _caching;

    private AnthropicRequest(Utf8JsonWriter writer, ModelRequest request, AnthropicChoices choices) =>
        (_writer, _request, _choices, _caching) = (writer, request, choices, request.Options.PromptCaching ?? PromptCaching.Auto);

    /// <summary>Writes the body.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="request">The request.</param>
    /// <param name="choices">The options that are sent.</param>
    /// <exception cref="GptException">A part cannot be sent, or there is no message.</exception>
    public static void Write(Utf8JsonWriter writer, ModelRequest request, AnthropicChoices choices) =>
        new AnthropicRequest(writer, request, choices).Write();

    private void Write()
    {
        var turns = AnthropicTurn.Of(_request, _choices.Gate.Provider);
        if (turns.Count == 0)
            throw Unacceptable("there is no message to answer");
        _writer.WriteStartObject();
        _writer.WriteString("model"u8, _request.Model);
        _writer.WriteNumber("max_tokens"u8, _choices.MaxTokens);
        WriteFunctions(turns);
        WriteSystem();
        WriteTurns(turns);
        _writer.WriteBoolean("stream"u8, true);
        if (_choices.Temperature is { } temperature)
            _writer.WriteNumber("temperature"u8, temperature);
        if (_request.Options.TopP is { } topP)
            _writer.WriteNumber("top_p"u8, topP);
        if (_request.Options.StopSequences is { Count: > 0 } stops)
        {
            _writer.WriteStartArray("stop_sequences"u8);
            foreach (var stop in stops)
                _writer.WriteStringValue(stop);
            _writer.WriteEndArray();
        }

        WriteThinking();
        WriteOutput();
        _writer.WriteEndObject();
    }

    // System messages go to the front, in their order, wherever they stood: Anthropic has no other place for them.
    private void WriteSystem()
    {
        var texts = _request.Messages.Where(message => message.Role == Role.System)
            .SelectMany(message => message.Parts.OfType<TextPart>().Where(AnthropicTurn.IsSaid).Select(part => part.Text)).ToList();
        if (Instruction() is { } instruction)
            texts.Add(instruction);
        if (texts.Count == 0)
            return;
        _writer.WriteStartArray("system"u8);
        for (var i = 0; i < texts.Count; i++)
            AnthropicBlocks.WriteText(_writer, texts[i], Mark(i == texts.Count - 1));
        _writer.WriteEndArray();
    }

    private void WriteTurns(List<AnthropicTurn> turns)
    {
        var newest = turns.FindLastIndex(turn => turn.IsUser);
        _writer.WriteStartArray("messages"u8);
        for (var i = 0; i < turns.Count; i++)
        {
            var isMarked = i == newest - 1 || i == newest && i == turns.Count - 1 && turns[i].HasResults;
            _writer.WriteStartObject();
            _writer.WriteString("role"u8, turns[i].IsUser ? "user"u8 : "assistant"u8);
            _writer.WriteStartArray("content"u8);
            var parts = turns[i].Parts.ToList();
            for (var j = 0; j < parts.Count; j++)
                AnthropicBlocks.Write(_writer, parts[j], Mark(isMarked && j == parts.Count - 1), Unacceptable);
            _writer.WriteEndArray();
            _writer.WriteEndObject();
        }

        _writer.WriteEndArray();
    }

    private void WriteFunctions(List<AnthropicTurn> turns)
    {
        var functions = _request.Functions;
        // Anthropic refuses a history with calls where no functions are given; then those of the history are given, and calls forbidden.
        var past = functions.Count > 0 ? [] : turns.SelectMany(turn => turn.Parts).OfType<FunctionCallPart>().Select(call => call.Name).Distinct().ToList();
        if (functions.Count + past.Count == 0)
            return;
        _writer.WriteStartArray("tools"u8);
        for (var i = 0; i < functions.Count; i++)
            WriteFunction(functions[i], i == functions.Count - 1);
        for (var i = 0; i < past.Count; i++)
            WriteFunction(new FunctionDefinition(past[i], "No longer available.", JsonElement.Parse("""{"type":"object"}""")), i == past.Count - 1);
        _writer.WriteEndArray();
        WriteChoice(past.Count > 0 ? FunctionChoice.None : _choices.FunctionChoice);
    }

    private void WriteFunction(FunctionDefinition function, bool isLast)
    {
        _writer.WriteStartObject();
        _writer.WriteString("name"u8, function.Name);
        if (function.Description is not null)
            _writer.WriteString("description"u8, function.Description);
        _writer.WritePropertyName("input_schema"u8);
        function.Parameters.WriteTo(_writer);
        if (function.Strict == true)
            _writer.WriteBoolean("strict"u8, true);
        AnthropicBlocks.WriteMark(_writer, Mark(isLast));
        _writer.WriteEndObject();
    }

    private void WriteChoice(FunctionChoice? choice)
    {
        var oneAtMost = _request.Options.ParallelCalls == false && choice is not { Kind: "none" };
        if (choice is null && !oneAtMost)
            return;
        _writer.WriteStartObject("tool_choice"u8);
        _writer.WriteString("type"u8, choice?.Kind switch { "required" => "any", "function" => "tool", "none" => "none", _ => "auto" });
        if (choice?.FunctionName is { } name)
            _writer.WriteString("name"u8, name);
        if (oneAtMost)
            _writer.WriteBoolean("disable_parallel_tool_use"u8, true);
        _writer.WriteEndObject();
    }

    private void WriteThinking()
    {
        if (_choices.Thinking is not { } type)
            return;
        _writer.WriteStartObject("thinking"u8);
        _writer.WriteString("type"u8, type);
        if (_choices.Budget is { } budget)
            _writer.WriteNumber("budget_tokens"u8, budget);
        if (type == "adaptive")
            _writer.WriteString("display"u8, "summarized"u8); // newer models show nothing of their thinking otherwise
        _writer.WriteEndObject();
    }

    private void WriteOutput()
    {
        var schema = IsHeldToSchema ? _request.Options.ResponseFormat?.Schema : null;
        if (schema is null && _choices.Effort is null)
            return;
        _writer.WriteStartObject("output_config"u8);
        if (_choices.Effort is { } effort)
            _writer.WriteString("effort"u8, effort);
        if (schema is { } held)
        {
            _writer.WriteStartObject("format"u8);
            _writer.WriteString("type"u8, "json_schema"u8);
            _writer.WritePropertyName("schema"u8);
            held.WriteTo(_writer);
            _writer.WriteEndObject();
        }

        _writer.WriteEndObject();
    }

    // Anthropic has no mode for JSON without a schema, and old models have none for a schema: those are told in words.
    private string? Instruction() => _request.Options.ResponseFormat switch
    {
        { Schema: { } schema } when !IsHeldToSchema => $"Answer with one JSON object that fits this JSON Schema, and nothing else: {JsonText.Compact(schema)}",
        { Kind: "json" } => "Answer with one JSON object and nothing else.",
        _ => null,
    };

    private bool IsHeldToSchema => _request.Info?.Capabilities.JsonSchema != false;

    private PromptCaching Mark(bool isHere) => isHere ? _caching : PromptCaching.Off;

    private GptException Unacceptable(string problem) => new(GptErrorKind.BadRequest, $"{_choices.Gate.Provider}/{_request.Model}: {problem}.")
    {
        Phase = GptPhase.Request,
        Provider = _choices.Gate.Provider,
        Model = _request.Model,
    };
}
