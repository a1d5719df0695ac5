using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Omega.Gpt.Providers.ChatCompletions;

/// <summary>
/// <c>reasoning_details</c> (OpenRouter) put together again. A block of text streams as fragments of one type and index, its signature
/// often in a last fragment without text; sent back in fragments, the signature does not hold. Values are kept byte for byte;
/// fragments of a text are joined as they are written, escapes and all. Encrypted entries are never joined.
/// </summary>
internal sealed class ReasoningDetails
{
    public const string Field = "reasoning_details";

    private readonly List<Block> _blocks = [];

    public bool IsEmpty => _blocks.Count == 0;

    /// <summary>Reads the array at the reader.</summary>
    /// <param name="reader">At the value.</param>
    /// <param name="data">What the reader reads.</param>
    /// <returns>The text to show, where there is some.</returns>
    public string? Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> data)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return null;
        }

        string? shown = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
                shown += ReadEntry(ref reader, data);
            else
                reader.Skip();
        }

        return shown;
    }

    /// <summary>The whole array.</summary>
    public string ToJson()
    {
        var json = new ArrayBufferWriter<byte>(1024);
        for (var i = 0; i < _blocks.Count; i++)
        {
            json.Write(i == 0 ? "["u8 : ","u8);
            _blocks[i].WriteTo(json);
        }

        json.Write("]"u8);
        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    private string? ReadEntry(ref Utf8JsonReader reader, ReadOnlySpan<byte> data)
    {
        string? shown = null;
        var block = BlockOf(reader);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonText.Name(ref reader);
            reader.Read();
            if (reader.TokenType == JsonTokenType.String && (name.SequenceEqual("text"u8) || name.SequenceEqual("summary"u8)))
            {
                shown += JsonText.Read(ref reader);
                block.Append(name, reader.ValueSpan);
            }
            else
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                block.Set(name, data[start..(int)reader.BytesConsumed]);
            }
        }

        return shown;
    }

    // By value: looks ahead for type and index without moving the caller's reader.
    private Block BlockOf(Utf8JsonReader reader)
    {
        ReadOnlySpan<byte> type = default;
        int? index = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            var isIndex = reader.ValueTextEquals("index"u8);
            reader.Read();
            if (isType && reader.TokenType == JsonTokenType.String)
                type = reader.ValueSpan;
            else if (isIndex && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number))
                index = number;
            else
                reader.Skip();
        }

        if (type.SequenceEqual("reasoning.text"u8) || type.SequenceEqual("reasoning.summary"u8))
        {
            for (var i = _blocks.Count - 1; i >= 0; i--)
            {
                if (_blocks[i].Index == index && _blocks[i].Type.AsSpan().SequenceEqual(type))
                {
                    if (_blocks[i].IsSigned)
                        break;
                    return _blocks[i];
                }

                // Without an index only neighbours can belong together.
                if (index is null)
                    break;
            }
        }

        var begun = new Block { Type = type.ToArray(), Index = index };
        _blocks.Add(begun);
        return begun;
    }

    private sealed class Block
    {
        private readonly List<(byte[] Name, ArrayBufferWriter<byte> Value, bool IsText)> _fields = [];

        public required byte[] Type { get; init; }

        public required int? Index { get; init; }

        public bool IsSigned { get; private set; }

        /// <summary>Appends to a text; <paramref name="escaped"/> is what stands between its quotes.</summary>
        public void Append(ReadOnlySpan<byte> name, ReadOnlySpan<byte> escaped) => Find(name, isText: true).Write(escaped);

        /// <summary>Keeps a value, unless the block has one and this is null; a later one counts only for the signature.</summary>
        public void Set(ReadOnlySpan<byte> name, ReadOnlySpan<byte> json)
        {
            var isNull = json.SequenceEqual("null"u8);
            var isSignature = name.SequenceEqual("signature"u8);
            IsSigned |= isSignature && !isNull;
            var value = Find(name, isText: false);
            if (value.WrittenCount > 0 && (isNull || !isSignature && !value.WrittenSpan.SequenceEqual("null"u8)))
                return;
            value.ResetWrittenCount();
            value.Write(json);
        }

        public void WriteTo(ArrayBufferWriter<byte> json)
        {
            for (var i = 0; i < _fields.Count; i++)
            {
                json.Write(i == 0 ? "{\""u8 : ",\""u8);
                json.Write(_fields[i].Name);
                json.Write(_fields[i].IsText ? "\":\""u8 : "\":"u8);
                json.Write(_fields[i].Value.WrittenSpan);
                if (_fields[i].IsText)
                    json.Write("\""u8);
            }

            json.Write(_fields.Count == 0 ? "{}"u8 : "}"u8);
        }

        private ArrayBufferWriter<byte> Find(ReadOnlySpan<byte> name, bool isText)
        {
            foreach (var field in _fields)
            {
                if (field.Name.AsSpan().SequenceEqual(name))
                    return field.Value;
            }

            var value = new ArrayBufferWriter<byte>();
            _fields.Add((name.ToArray(), value, isText));
            return value;
        }
    }
}
