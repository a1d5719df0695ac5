using System.Text;
using System.Text.Json;
using CsCheck;
using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Tests.Providers.Http;

/// <summary>The quick reader may give up on anything, but what it calls whole is what the platform's reader finds there.</summary>
public sealed class PlainJsonTests
{
    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", "[]", "\"", "\"a\"", "\"type\"", "\"delta\"", "\"", ":", ": ", ",", ", ", "0", "7", "12", "-1", "1.5", "1e3", "01", "null", "nul",
        "true", "\\", "\\\"", "\\n", "\\u00e9", "é", "🚀", " ", "\n", "\t", "\u0001", "x", "{}", "\"a\":1", "\"b\":\"\"", "\"c\":{\"d\":[]}", "999999999999999999", "9999999999999999999",
    ];

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"type":"a.b","index":0,"delta":{"type":"text_delta","text":" é 🚀"},"logprobs":[],"x":null,"n":123456789012345678}""")]
    [InlineData("""{"type": "a", "delta": {}, "n": 10}""")]
    [InlineData("""{"a":{"b":{"c":{}}},"a":""}""")]
    public void Next_PlainObject_IsReadWhole(string json)
    {
        var data = Encoding.UTF8.GetBytes(json);

        Assert.Equal(Slow(data), Quick(data));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{} ")]
    [InlineData("{}{}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{,\"a\":1}")]
    [InlineData("{\"a\" :1}")]
    [InlineData("{\"a\":01}")]
    [InlineData("{\"a\":01,\"b\":1}")]
    [InlineData("{\"a\":1.5}")]
    [InlineData("{\"a\":-1}")]
    [InlineData("{\"a\":\"\\n\"}")]
    [InlineData("{\"a\":\"\n\"}")]
    [InlineData("{\"a\\\":1,\"b\\\":2}")]
    [InlineData("{\"a\":{\"b\":1,}}")]
    [InlineData("{\"a\":{\"b\":01,\"c\":1}}")]
    [InlineData("{\"a\":{\"b\":1}")]
    [InlineData("{\"a\":[1]}")]
    [InlineData("{\"a\":true}")]
    [InlineData("{\"a\":nulll}")]
    [InlineData("{\"a\":\"b}")]
    public void Next_AnythingElse_IsLeftToTheOther(string json) => Assert.Null(Quick(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Next_AnyText_IsWholeOnlyWhereThePlatformsReaderAgrees()
    {
        var whole = 0;
        Gen.OneOf(Pieces).Array[0, 12].Select(pieces => string.Concat(pieces)).Sample(
            inner =>
            {
                foreach (var json in (string[])[inner, "{" + inner + "}", "{\"k\":" + inner + "}"])
                {
                    var data = Encoding.UTF8.GetBytes(json);
                    if (Quick(data) is not { } quick)
                        continue;
                    Interlocked.Increment(ref whole);
                    Assert.Equal(Slow(data), quick);
                }
            },
            iter: 20_000);
        Assert.InRange(whole, 100, int.MaxValue);
    }

    /// <summary>Depth, name and value of each field; null where the reader gives up.</summary>
    private static string? Quick(ReadOnlySpan<byte> data)
    {
        var said = new StringBuilder();
        var json = new PlainJson(data);
        if (!json.Enter())
            return null;
        Read(ref json, said, 1);
        return json.IsWhole ? said.ToString() : null;

        static void Read(ref PlainJson json, StringBuilder said, int depth)
        {
            while (json.Next())
            {
                said.Append($"{depth} {Encoding.UTF8.GetString(json.Name)} {json.Kind} {Encoding.UTF8.GetString(json.Value)}\n");
                if (json.Kind == JsonTokenType.StartObject)
                {
                    Assert.True(json.Enter());
                    Read(ref json, said, depth + 1);
                }
            }
        }
    }

    private static string Slow(ReadOnlySpan<byte> data)
    {
        var said = new StringBuilder();
        var reader = new Utf8JsonReader(data);
        Assert.True(reader.Read());
        Assert.Equal(JsonTokenType.StartObject, reader.TokenType);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
                continue;
            said.Append($"{reader.CurrentDepth} {Encoding.UTF8.GetString(reader.ValueSpan)} ");
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            if (reader.TokenType == JsonTokenType.StartArray)
                said.Append("StartArray []\n");
            else if (reader.TokenType == JsonTokenType.StartObject)
                said.Append("StartObject \n");
            else
                said.Append($"{reader.TokenType} {Encoding.UTF8.GetString(data[start..(int)reader.BytesConsumed])}\n");
        }

        return said.ToString();
    }
}
