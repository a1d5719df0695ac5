using System.Buffers.Text;
using System.Text.Json;
using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Providers.Responses;

/// <summary>The fields of one event that the parser looks at, in one pass over its bytes.</summary>
internal ref struct ResponsesEvent
{
    /// <summary>The event's type; from the data, else the event's name.</summary>
    public ReadOnlySpan<byte> Type { get; private set; }

    public long? Sequence { get; private set; }

    public int? OutputIndex { get; private set; }

    /// <summary>Index of the content or summary part within the item; 0 when the event names none.</summary>
    public int PartIndex { get; private set; }

    public JsonString ItemId { get; private set; }

    /// <summary>New text.</summary>
    public JsonString Delta { get; private set; }

    /// <summary>The whole of <c>text</c>, <c>refusal</c> or <c>arguments</c>.</summary>
    public JsonString Whole { get; private set; }

    /// <summary>A call's name, which some events repeat.</summary>
    public JsonString Name { get; private set; }

    /// <summary>The object under <c>item</c>, byte for byte; empty when there is none.</summary>
    public ReadOnlySpan<byte> Item { get; private set; }

    /// <summary>The object under <c>response</c>; empty when there is none.</summary>
    public ReadOnlySpan<byte> Response { get; private set; }

    /// <summary>The object or text under <c>error</c>; empty when there is none.</summary>
    public ReadOnlySpan<byte> Error { get; private set; }

    /// <param name="name">The event's name.</param>
    /// <param name="data">The event's data.</param>
    /// <exception cref="JsonException">The data is not a JSON object.</exception>
    public static ResponsesEvent Read(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        var read = new ResponsesEvent { Type = name };
        if (read.TryTakePlain(data))
            return read;

        read = new ResponsesEvent { Type = name };
        var reader = new Utf8JsonReader(data, new JsonReaderOptions { MaxDepth = JsonText.MaxDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("an event's data is a JSON object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = reader.ValueSpan;
            reader.Read();
            switch (reader.TokenType)
            {
                case JsonTokenType.String:
                    read.TakeText(field, JsonString.At(ref reader, data));
                    break;
                case JsonTokenType.Number:
                    read.TakeNumber(field, reader.ValueSpan);
                    break;
                case JsonTokenType.StartObject:
                    read.TakeObject(field, ref reader, data);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        reader.Read(); // throws where more follows the object
        return read;
    }

    /// <summary>Reads an event without objects, as each delta is.</summary>
    /// <returns>False where the data is not so plain, or not sound; then what was taken counts for nothing.</returns>
    private bool TryTakePlain(ReadOnlySpan<byte> data)
    {
        var json = new PlainJson(data);
        if (!json.Enter())
            return false;
        while (json.Next())
        {
            switch (json.Kind)
            {
                case JsonTokenType.String:
                    TakeText(json.Name, new JsonString(json.Value));
                    break;
                case JsonTokenType.Number:
                    TakeNumber(json.Name, json.Value);
                    break;
                case JsonTokenType.StartObject:
                    return false;
            }
        }

        return json.IsWhole;
    }

    private void TakeText(ReadOnlySpan<byte> field, JsonString value)
    {
        switch (field.Length)
        {
            case 4 when field.SequenceEqual("type"u8):
                Type = value.Raw;
                break;
            case 4 when field.SequenceEqual("text"u8):
            case 7 when field.SequenceEqual("refusal"u8):
            case 9 when field.SequenceEqual("arguments"u8):
                Whole = value;
                break;
            case 4 when field.SequenceEqual("name"u8):
                Name = value;
                break;
            case 5 when field.SequenceEqual("delta"u8):
                Delta = value;
                break;
            case 5 when field.SequenceEqual("error"u8):
                Error = value.Token;
                break;
            case 7 when field.SequenceEqual("item_id"u8):
                ItemId = value;
                break;
        }
    }

    private void TakeNumber(ReadOnlySpan<byte> field, ReadOnlySpan<byte> number)
    {
        switch (field.Length)
        {
            case 15 when field.SequenceEqual("sequence_number"u8):
                Sequence = Utf8Parser.TryParse(number, out long sequence, out var length) && length == number.Length ? sequence : null;
                break;
            case 12 when field.SequenceEqual("output_index"u8):
                OutputIndex = Index(number);
                break;
            case 13 when field.SequenceEqual("content_index"u8) || field.SequenceEqual("summary_index"u8):
                PartIndex = Index(number) ?? 0;
                break;
        }
    }

    // Nearly all indices have one digit.
    private static int? Index(ReadOnlySpan<byte> number)
    {
        if (number is [var digit])
            return digit - '0';
        return Utf8Parser.TryParse(number, out int index, out var length) && length == number.Length ? index : null;
    }

    private void TakeObject(ReadOnlySpan<byte> field, ref Utf8JsonReader reader, ReadOnlySpan<byte> data)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        var value = data[start..(int)reader.BytesConsumed];
        if (field.SequenceEqual("item"u8))
            Item = value;
        else if (field.SequenceEqual("response"u8))
            Response = value;
        else if (field.SequenceEqual("error"u8))
            Error = value;
    }
}
