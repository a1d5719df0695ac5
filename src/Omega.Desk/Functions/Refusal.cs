using System.Buffers;
using System.Text.Json;
using Omega.Trading;
using Omega.Trading.Expressions;
using Omega.Trading.Strategies;

namespace Omega.Desk.Functions;

/// <summary>A call that asks for what cannot be given. The model reads it as the result, in a form it can act on.</summary>
internal sealed class Refusal : Exception
{
    private const int MostGiven = 200;

    public Refusal(string kind, string message, string? at = null, string? given = null, IReadOnlyList<string>? near = null, IReadOnlyList<string>? known = null)
        : base(message)
    {
        (Kind, At, Near, Known) = (kind, at, near ?? [], known ?? []);
        Given = given is { Length: > MostGiven } ? given[..MostGiven] + "…" : given;
    }

    /// <summary>What is wrong in one word of snake case, such as <c>unknown_market</c>.</summary>
    public string Kind { get; }

    /// <summary>The argument at fault; null where none is.</summary>
    public string? At { get; }

    /// <summary>What was given for it.</summary>
    public string? Given { get; }

    /// <summary>What may have been meant, nearest first.</summary>
    public IReadOnlyList<string> Near { get; }

    /// <summary>What there is.</summary>
    public IReadOnlyList<string> Known { get; }

    /// <summary>What the market's library refuses, as a refusal: its messages name the value and the remedy.</summary>
    public static Refusal Of(TradingException exception) => exception switch
    {
        ExpressionException error => new("expression", error.Message, given: error.Expression),
        StrategySpecException error => new("expression", $"{error.Path}: {error.Reason}"),
        _ => new("not_possible", exception.Message),
    };

    /// <summary><c>{"error":{"kind","message","at","given","near","known"}}</c>; what is empty is left out.</summary>
    public JsonElement ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, DeskJson.Writing))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("error");
            writer.WriteString("kind", Kind);
            writer.WriteString("message", Message);
            if (At is not null)
                writer.WriteString("at", "/" + At);
            if (Given is not null)
                writer.WriteString("given", Given);
            Write(writer, "near", Near);
            Write(writer, "known", Known);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
            return;
        writer.WriteStartArray(name);
        foreach (var value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }
}
