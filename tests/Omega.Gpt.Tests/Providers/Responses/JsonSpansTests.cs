using System.Text;
using System.Text.Json;
using CsCheck;
using Omega.Gpt.Providers.Responses;

namespace Omega.Gpt.Tests.Providers.Responses;

/// <summary>The spans of sound JSON are those that the platform's document finds.</summary>
public sealed class JsonSpansTests
{
    private static readonly string[] Blanks = ["", "", "", " ", "\n", "\t \r\n"];

    private static readonly string[] Words =
    [
        "0", "-1.5e+3", "true", "null", "\"\"", "\"text\"", "\"a\\\"b\"", "\"\\\\\"", "\"{[,:]}\"", "\"\\u00e9 é 🚀\"", "\"\\\\\\\"\"",
    ];

    private static Gen<string> Blank { get; } = Gen.OneOf(Blanks);

    private static Gen<string> Value { get; } = Gen.Recursive<string>((depth, value) => depth > 4
        ? Gen.OneOf(Words)
        : Gen.Frequency(
            (2, Gen.OneOf(Words)),
            (1, Gen.Select(Blank, value, Blank, (before, inner, after) => before + inner + after).Array[0, 4].Select(values => "[" + string.Join(',', values) + "]")),
            (2, Gen.Select(Blank, Blank, Blank, value, Blank, (a, b, c, inner, d) => $"{a}\"k\\\"\"{b}:{c}{inner}{d}").Array[0, 4].Select(fields => "{" + string.Join(',', fields) + "}"))));

    [Fact]
    public void MoveNext_AnySoundJson_FindsWhatTheDocumentHolds() => Value.Sample(
        json =>
        {
            using var document = JsonDocument.Parse(json);
            Check(document.RootElement, Encoding.UTF8.GetBytes(json.Trim()));
        },
        iter: 3000);

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    public void MoveNext_NoContainer_HoldsNothing(string json)
    {
        var data = Encoding.UTF8.GetBytes(json);

        Assert.False(new JsonMembers(data).MoveNext());
        Assert.False(new JsonElements(data).MoveNext());
    }

    private static void Check(JsonElement expected, ReadOnlySpan<byte> data)
    {
        Assert.Equal(expected.GetRawText(), Encoding.UTF8.GetString(data));
        var members = new JsonMembers(data);
        foreach (var field in expected.ValueKind == JsonValueKind.Object ? expected.EnumerateObject() : default)
        {
            Assert.True(members.MoveNext());
            Assert.True(members.Is("k\\\""u8));
            Assert.Equal(field.Value.ValueKind == JsonValueKind.String ? JsonTokenType.String : JsonTokenType.None, members.Kind is JsonTokenType.String ? members.Kind : JsonTokenType.None);
            Check(field.Value, members.Value);
        }

        Assert.False(members.MoveNext());
        var elements = new JsonElements(data);
        foreach (var element in expected.ValueKind == JsonValueKind.Array ? expected.EnumerateArray() : default)
        {
            Assert.True(elements.MoveNext());
            Check(element, elements.Value);
        }

        Assert.False(elements.MoveNext());
    }
}
