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

    public ReadOnlySpan<byte> ItemId { get; private set; }

    /// <summary>New text; null when there is none.</summary>
    public string? Delta { get; private set; }

    /// <summary>The whole of <c>text</c>, <c>refusal</c> or <c>arguments</c>; null when there is none.</summary>
    public string? Whole { get; private set; }

    /// <summary>A call's name, which some events repeat.</summary>
    public string? Name { get; private set; }

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
                    read.TakeText(field, ref reader, data);
                    break;
                case JsonTokenType.Number:
                    read.TakeNumber(field, ref reader);
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

    private void TakeText(ReadOnlySpan<byte> field, ref Utf8JsonReader reader, ReadOnlySpan<byte> data)
    {
        switch (field.Length)
        {
            case 4 when field.SequenceEqual("type"u8):
                Type = reader.ValueSpan;
                break;
            case 4 when field.SequenceEqual("text"u8):
            case 7 when field.SequenceEqual("refusal"u8):
            case 9 when field.SequenceEqual("arguments"u8):
                Whole = reader.GetString();
                break;
            case 4 when field.SequenceEqual("name"u8):
                Name = reader.GetString();
                break;
            case 5 when field.SequenceEqual("delta"u8):
                Delta = reader.GetString();
                break;
            case 5 when field.SequenceEqual("error"u8):
                Error = data[(int)reader.TokenStartIndex..(int)reader.BytesConsumed];
                break;
            case 7 when field.SequenceEqual("item_id"u8):
                ItemId = reader.ValueSpan;
                break;
        }
    }

    private void TakeNumber(ReadOnlySpan<byte> field, ref Utf8JsonReader reader)
    {
        if (field.SequenceEqual("sequence_number"u8))
            Sequence = reader.TryGetInt64(out var sequence) ? sequence : null;
        else if (field.SequenceEqual("output_index"u8))
            OutputIndex = Index(ref reader);
        else if (field.SequenceEqual("content_index"u8) || field.SequenceEqual("summary_index"u8))
            PartIndex = Index(ref reader) ?? 0;
    }

    // Nearly all indices have one digit.
    private static int? Index(ref Utf8JsonReader reader) =>
        reader.ValueSpan is [var digit] ? digit - '0' : reader.TryGetInt32(out var index) ? index : null;

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
