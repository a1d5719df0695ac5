using System.Text;
using System.Text.Json;
using CsCheck;
using Omega.Gpt.Structured;
using Omega.Gpt.Tests.Functions.Schema;

namespace Omega.Gpt.Tests.Structured;

public sealed class PartialJsonTests
{
    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ",", ":", " ", "\n", "\"", "\"a\"", "\"a\":", "\\", "\\u12", "1", "-", "0", ".5", "e+", "true", "fal", "null", "\ud83d", "\ude00", "\0", "x",
    ];

    [Theory]
    [InlineData("", null)]
    [InlineData(" \n", null)]
    [InlineData("{", "{}")]
    [InlineData("{\"a", "{}")]
    [InlineData("{\"a\"", "{}")]
    [InlineData("{\"a\":", "{}")]
    [InlineData("{\"a\":1", "{}")]
    [InlineData("{\"a\":12,", "{\"a\":12}")]
    [InlineData("{\"a\":12 ", "{\"a\":12}")]
    [InlineData("{\"a\":12}", "{\"a\":12}")]
    [InlineData("{\"a\":1,\"b", "{\"a\":1}")]
    [InlineData("{\"a\":tru", "{}")]
    [InlineData("{\"a\":true", "{\"a\":true}")]
    [InlineData("[1,2", "[1]")]
    [InlineData("[1,2,", "[1,2]")]
    [InlineData("[[{\"a\":[", "[[{\"a\":[]}]]")]
    [InlineData("\"", "\"\"")]
    [InlineData("{\"a\":\"Hel", "{\"a\":\"Hel\"}")]
    [InlineData("[\"a\\", "[\"a\"]")]
    [InlineData("[\"a\\u00e", "[\"a\"]")]
    [InlineData("[\"a\\u00e9", "[\"a\\u00e9\"]")]
    [InlineData("[\"a\\ud83d", "[\"a\"]")]
    [InlineData("[\"a\\ud83d\\ude0", "[\"a\"]")]
    [InlineData("[\"a\\ud83d\\ude00", "[\"a\\ud83d\\ude00\"]")]
    [InlineData("12", null)]
    [InlineData("12 ", "12")]
    [InlineData("[1] and more", "[1]")]
    [InlineData("[1,]", null)]
    [InlineData("[01]", null)]
    [InlineData("[1.]", null)]
    [InlineData("{\"a\" 1", null)]
    [InlineData("{]", null)]
    [InlineData("nul!", null)]
    [InlineData("[\"a\nb", null)]
    [InlineData("[\"\\x", null)]
    public void Close_Text_IsWhatIsComplete(string text, string? expected) => Assert.Equal(expected, PartialJson.Close(text));

    [Theory]
    [InlineData("{\"a\":\"Hel", "{}")]
    [InlineData("[\"a\",\"b", "[\"a\"]")]
    public void Close_WithoutOpenText_LeavesItOut(string text, string expected) => Assert.Equal(expected, PartialJson.Close(text, keepsOpenText: false));

    [Fact]
    public void Close_CutWithinASurrogatePair_EndsBeforeIt() => Assert.Equal("[\"a\"]", PartialJson.Close("[\"a\ud83d"));

    [Fact]
    public void Close_NestedTooDeep_IsBroken() => Assert.Null(PartialJson.Close(new string('[', PartialJson.DefaultMaxDepth + 1)));

    [Fact]
    public void Close_EveryPrefixOfADocument_IsValidAndGrows() =>
        SchemaGen.Value(3).Sample(
            document =>
            {
                var whole = Tokens(document);
                var before = new List<string>();
                for (var length = 0; length <= document.Length; length++)
                {
                    var closed = PartialJson.Close(document[..length]);
                    var tokens = closed is null ? [] : Tokens(closed);
                    AssertPart(before, tokens, document, length);
                    AssertPart(tokens, whole, document, length);
                    before = tokens;
                }
            },
            iter: 1_000);

    /// <summary>Against an independent reader: what System.Text.Json takes from the same prefix is there, and nothing else.</summary>
    [Fact]
    public void Close_EveryPrefixWithoutOpenText_HoldsExactlyTheCompleteTokens() =>
        SchemaGen.Value(3).Sample(
            document =>
            {
                for (var length = 0; length <= document.Length; length++)
                {
                    var prefix = document[..length];
                    if (prefix.Length > 0 && char.IsHighSurrogate(prefix[^1]))
                        continue;
                    var closed = PartialJson.Close(prefix, keepsOpenText: false);
                    Assert.Equal(Tokens(prefix, isWhole: false), closed is null ? [] : Tokens(closed));
                }
            },
            iter: 1_000);

    [Fact]
    public void Close_AnyText_IsNullOrValid() =>
        Gen.Int[0, Pieces.Length - 1].Array[0, 12].Select(picked => string.Concat(picked.Select(i => Pieces[i]))).Sample(
            text =>
            {
                var closed = PartialJson.Close(text);
                if (closed is not null)
                    _ = Tokens(closed);
            },
            iter: 20_000);

    [Fact]
    public void Append_PieceByPiece_IsTheSameAsWhole() =>
        Gen.Select(SchemaGen.Value(3), Gen.Int[1, 7]).Sample(
            (document, size) =>
            {
                var json = new PartialJson();
                foreach (var piece in document.Chunk(size))
                    json.Append(piece);
                return json.Close(keepsOpenText: true) == PartialJson.Close(document);
            },
            iter: 2_000);

    [Fact]
    public void Place_OfOpenText_NamesMembersAndItems()
    {
        var json = new PartialJson();
        json.Append("""{"x":[1,{"a":"b","\u0063":[{"d":"open""");

        Assert.True(json.IsInText);
        Assert.Equal(["x", null, "c", null, "d"], json.Place());
    }

    /// <summary>All tokens of the earlier are in the later, in order; only the last text may have become longer.</summary>
    private static void AssertPart(List<string> earlier, List<string> later, string document, int length)
    {
        Assert.True(earlier.Count <= later.Count, $"{document[..length]}: {string.Join(' ', earlier)} is longer than {string.Join(' ', later)}");
        for (var i = 0; i < earlier.Count; i++)
        {
            var same = earlier[i] == later[i] || (i == earlier.Count - 1 && earlier[i][0] == '"' && later[i].StartsWith(earlier[i][..^1], StringComparison.Ordinal));
            Assert.True(same, $"{document[..length]}: {earlier[i]} became {later[i]}");
        }
    }

    /// <summary>The tokens but for the ends of objects and arrays, and names without a value.</summary>
    private static List<string> Tokens(string json, bool isWhole = true)
    {
        var tokens = new List<string>();
        var bytes = Encoding.UTF8.GetBytes(json);
        var reader = new Utf8JsonReader(bytes, isWhole, new JsonReaderState(new JsonReaderOptions { MaxDepth = 200 }));
        string? name = null;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    break;
                case JsonTokenType.PropertyName:
                    name = Encoding.UTF8.GetString(reader.ValueSpan) + ":";
                    break;
                case JsonTokenType.String:
                    tokens.Add($"\"{name}{Encoding.UTF8.GetString(reader.ValueSpan)}\"");
                    name = null;
                    break;
                default:
                    tokens.Add(name + Encoding.UTF8.GetString(reader.ValueSpan));
                    name = null;
                    break;
            }
        }

        return tokens;
    }
}
