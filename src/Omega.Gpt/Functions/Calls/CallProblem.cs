using System.Buffers;
using System.Text.Json;
using Omega.Gpt.Functions.Schema;
using Omega.Gpt.Models;

namespace Omega.Gpt.Functions.Calls;

/// <summary>Why a call cannot be run as the model wrote it, or how it ended badly.</summary>
/// <param name="Kind">What went wrong.</param>
/// <param name="Message">One or more sentences that a model can act on.</param>
/// <param name="At">The argument at fault, as a JSON pointer; null where none is.</param>
internal sealed record CallProblem(GptErrorKind Kind, string Message, string? At = null)
{
    private const int ShownErrors = 3;
    private const int ShownNames = 32;

    /// <summary>Arguments that fail their schema, or are no sound JSON.</summary>
    public static CallProblem Arguments(string name, params IReadOnlyList<SchemaError> errors)
    {
        var more = errors.Count > ShownErrors ? $" And {errors.Count - ShownErrors} more." : "";
        return new(GptErrorKind.FunctionArguments, $"{name} was not run: {string.Join("; ", errors.Take(ShownErrors).Select(error => error.Message))}.{more}", errors[0].InstancePath);
    }

    /// <summary>A name that no function has.</summary>
    public static CallProblem Unknown(string name, FunctionSet functions)
    {
        var near = NearNames.Question(NearNames.Find(name, functions.Definitions.Select(definition => definition.Name)));
        var known = string.Join(", ", functions.Definitions.Take(ShownNames).Select(definition => definition.Name));
        return new(GptErrorKind.UnknownFunction, $"There is no function \"{name}\".{near} Known: {known}{(functions.Count > ShownNames ? ", …" : "")}.");
    }

    /// <summary>The problem as the model reads it: <c>{"error":{"kind","message","at"}}</c>.</summary>
    public JsonElement ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("error");
            writer.WritePropertyName("kind");
            JsonSerializer.Serialize(writer, Kind, GptJsonContext.Default.GptErrorKind);
            writer.WriteString("message", Message);
            if (At is not null)
                writer.WriteString("at", At);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }
}
