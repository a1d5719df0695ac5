using System.Buffers.Text;
using System.Text.Json;
using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Providers.Anthropic;

/// <summary>The fields of one event that the parser looks at, in one pass over its bytes.</summary>
internal ref struct AnthropicEvent
{
    /// <summary>The event's type; from the data, else the event's name.</summary>
    public ReadOnlySpan<byte> Type { get; private set; }

    /// <summary>The content block; -1 when the event names none.</summary>
    public int Index { get; private set; }

    /// <summary>The type of the object under <c>delta</c>; empty when it has none.</summary>
    public ReadOnlySpan<byte> DeltaType { get; private set; }

    /// <summary>The delta's <c>text</c>, <c>thinking</c>, <c>partial_json</c> or <c>signature</c>.</summary>
    public JsonString Delta { get; private set; }

    /// <summary>The object under <c>message</c>, <c>content_block</c>, <c>error</c> or (where it has no type) <c>delta</c>, byte for byte; empty when there is none.</summary>
    public ReadOnlySpan<byte> Body { get; private set; }

    /// <summary>The object under <c>usage</c>; empty when there is none.</summary>
    public ReadOnlySpan<byte> Usage { get; private set; }

    /// <param name="name">The event's name.</param>
    /// <param name="data">The event's data.</param>
    /// <exception cref="JsonException">The data is not a JSON object.</exception>
    public static AnthropicEvent Read(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        var read = new AnthropicEvent { Type = name, Index = -1 };
        if (read.TryTakePlain(data))
            return read;

        read = new AnthropicEvent { Type = name, Index = -1 };
        var reader = new Utf8JsonReader(data, new JsonReaderOptions { MaxDepth = JsonText.MaxDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("an event's data is a JSON object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = reader.ValueSpan;
            reader.Read();
            if (reader.TokenType == JsonTokenType.String && field.SequenceEqual("type"u8))
                read.Type = reader.ValueSpan;
            else if (reader.TokenType == JsonTokenType.Number && field.SequenceEqual("index"u8))
                read.Index = IndexOf(reader.ValueSpan);
            else if (reader.TokenType == JsonTokenType.StartObject)
                read.TakeObject(field, ref reader, data);
            else
                reader.Skip();
        }

        reader.Read(); // throws where more follows the object
        return read;
    }

    /// <summary>Reads an event whose only object is a block's delta.</summary>
    /// <returns>False where the data is not so plain, or not sound; then what was taken counts for nothing.</returns>
    private bool TryTakePlain(ReadOnlySpan<byte> data)
    {
        var json = new PlainJson(data);
        if (!json.Enter())
            return false;
        while (json.Next())
        {
            if (json.Kind == JsonTokenType.String && json.Name.SequenceEqual("type"u8))
                Type = json.Value[1..^1];
            else if (json.Kind == JsonTokenType.Number && json.Name.SequenceEqual("index"u8))
                Index = IndexOf(json.Value);
            else if (json.Kind == JsonTokenType.StartObject && !(json.Name.SequenceEqual("delta"u8) && TryTakePlainDelta(ref json)))
                return false;
        }

        // The end of a message has a delta, too, which is read as a body.
        return json.IsWhole && (DeltaType.IsEmpty || Type.SequenceEqual("content_block_delta"u8));
    }

    private bool TryTakePlainDelta(ref PlainJson json)
    {
        json.Enter();
        while (json.Next())
        {
            if (json.Kind == JsonTokenType.StartObject)
                return false;
            if (json.Kind == JsonTokenType.String)
                TakeDelta(json.Name, new JsonString(json.Value));
        }

        return !DeltaType.IsEmpty;
    }

    private void TakeObject(ReadOnlySpan<byte> field, ref Utf8JsonReader reader, ReadOnlySpan<byte> data)
    {
        var start = (int)reader.TokenStartIndex;
        if (field.SequenceEqual("delta"u8))
            TakeDelta(ref reader, data);
        else
            reader.Skip();
        var value = data[start..(int)reader.BytesConsumed];
        if (field.SequenceEqual("usage"u8))
            Usage = value;
        else if (field.SequenceEqual("message"u8) || field.SequenceEqual("content_block"u8) || field.SequenceEqual("error"u8) || field.SequenceEqual("delta"u8))
            Body = value;
    }

    private void TakeDelta(ref Utf8JsonReader reader, ReadOnlySpan<byte> data)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = reader.ValueSpan;
            reader.Read();
            if (reader.TokenType == JsonTokenType.String)
                TakeDelta(field, JsonString.At(ref reader, data));
            else
                reader.Skip();
        }
    }

    private void TakeDelta(ReadOnlySpan<byte> field, JsonString value)
    {
        if (field.SequenceEqual("type"u8))
            DeltaType = value.Raw;
        else if (field.SequenceEqual("text"u8) || field.SequenceEqual("partial_json"u8) || field.SequenceEqual("thinking"u8) || field.SequenceEqual("signature"u8))
            Delta = value;
    }

    // Nearly all indices have one digit.
    private static int IndexOf(ReadOnlySpan<byte> number)
    {
        if (number is [var digit])
            return digit - '0';
        return Utf8Parser.TryParse(number, out int index, out var length) && length == number.Length ? index : -1;
    }
}
