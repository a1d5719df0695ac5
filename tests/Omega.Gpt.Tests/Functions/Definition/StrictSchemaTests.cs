using System.Text.Json;
using CsCheck;
using Omega.Gpt.Functions.Schema;

namespace Omega.Gpt.Tests.Functions.Definition;

public sealed class StrictSchemaTests
{
    private static readonly Gen<string?> Text = Gen.OneOf(Gen.Const((string?)null), Gen.String[Gen.Char['a', 'z'], 0, 12].Select(text => (string?)text));

    private static readonly Gen<OrderRequest> Orders = Gen.Select(
        Gen.OneOf("BTC", "ETH"), Gen.OneOf(Side.Buy, Side.Sell), Gen.Int[1, 100], Gen.Decimal[0, 9].Nullable(), Text, Gen.OneOf("a", "b").List[0, 3])
        .Select((market, side, size, limit, note, tags) => new OrderRequest(market, side, size, limit, note, tags.Count == 0 ? null : tags));

    public static TheoryData<string, string, string> Conversions => new()
    {
        { "optional becomes nullable", """{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"integer"}},"required":["a"],"additionalProperties":false}""", """{"type":"object","properties":{"a":{"type":"string"},"b":{"type":["integer","null"]}},"required":["a","b"],"additionalProperties":false}""" },
        { "optional enum", """{"type":"object","properties":{"a":{"type":"string","enum":["x"]}}}""", """{"type":"object","properties":{"a":{"type":["string","null"],"enum":["x",null]}},"required":["a"],"additionalProperties":false}""" },
        { "lengths in words", """{"type":"object","properties":{"a":{"type":"string","description":"A.","minLength":1,"maxLength":3}},"required":["a"]}""", """{"type":"object","properties":{"a":{"description":"A. At least 1 characters. At most 3 characters.","type":"string"}},"required":["a"],"additionalProperties":false}""" },
        { "reference into the middle", """{"type":"object","properties":{"a":{"type":"object","properties":{"n":{"$ref":"#/properties/a"}}}},"required":["a"]}""", """{"type":"object","properties":{"a":{"type":"object","properties":{"n":{"anyOf":[{"$ref":"#/$defs/type1"},{"type":"null"}]}},"required":["n"],"additionalProperties":false}},"required":["a"],"additionalProperties":false,"$defs":{"type1":{"type":"object","properties":{"n":{"anyOf":[{"$ref":"#/$defs/type1"},{"type":"null"}]}},"required":["n"],"additionalProperties":false}}}""" },
    };

    [Theory]
    [MemberData(nameof(Conversions))]
    public void TryConvert_Schema_IsClosedAndRequired(string name, string schema, string expected)
    {
        Assert.True(StrictSchema.TryConvert(JsonElement.Parse(schema), out var strict, out var obstacles), string.Join("; ", obstacles));

        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), strict), $"{name}: {strict.GetRawText()}");
    }

    [Theory]
    [InlineData("""{"type":"array"}""", "(root)")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"object","additionalProperties":{"type":"integer"}}}}""", "/properties/a")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"object","properties":{"x":{"type":"string"}}, "additionalProperties":true}}}""", "/properties/a")]
    [InlineData("""{"type":"object","properties":{"a":{}}}""", "/properties/a")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"array","items":{"not":{"type":"null"},"type":"string"}}}}""", "/properties/a/items")]
    public void TryConvert_WhatHasNoStrictForm_SaysWhere(string schema, string place)
    {
        Assert.False(StrictSchema.TryConvert(JsonElement.Parse(schema), out _, out var obstacles));

        Assert.StartsWith(place + ":", Assert.Single(obstacles), StringComparison.Ordinal);
    }

    [Fact]
    public void RemoveNulls_AnyOrderInTheStrictForm_IsTheOrder()
    {
        var function = GptFunction.Create<OrderRequest, int>("f", null, (order, context, token) => ValueTask.FromResult(0), DefinitionJson.Default);
        var schema = function.Definition.Parameters;
        Assert.True(StrictSchema.TryConvert(schema, out var form, out _));
        var (loose, strict) = (JsonSchema.Compile(schema), JsonSchema.Compile(form));

        Orders.Sample(
            order =>
            {
                var written = JsonSerializer.SerializeToElement(order, DefinitionJson.Default.OrderRequest);
                var restored = StrictSchema.RemoveNulls(written, schema);
                var read = restored.Deserialize(DefinitionJson.Default.OrderRequest)!;
                return strict.Validate(written).IsValid && loose.Validate(restored).IsValid
                    && read with { Tags = null } == order with { Tags = null } && (read.Tags ?? []).SequenceEqual(order.Tags ?? []);
            },
            iter: 2_000);
    }

    [Theory]
    [InlineData("""{"size":null,"note":null}""", """{"note":null}""")]
    [InlineData("""{"size":null,"unknown":null}""", """{"unknown":null}""")]
    [InlineData("""{"list":[{"size":null},{"size":1}]}""", """{"list":[{},{"size":1}]}""")]
    [InlineData("""{"must":null}""", """{"must":null}""")]
    public void RemoveNulls_OnlyNullsThatStandForNothing_AreTakenOut(string value, string expected)
    {
        const string Schema = """
            {"type":"object","required":["must"],"properties":{"must":{"type":"string"},"size":{"type":"integer"},"note":{"type":["string","null"]},
             "list":{"type":"array","items":{"type":"object","properties":{"size":{"type":"integer"}}}}}}
            """;

        Assert.Equal(expected, StrictSchema.RemoveNulls(JsonElement.Parse(value), JsonElement.Parse(Schema)).GetRawText());
    }

    [Fact]
    public async Task ToStrict_NullForWhatWasOptional_IsItsDefault()
    {
        var function = GptFunction.Create((string name, int size = 7) => $"{name} {size}", "f").ToStrict();

        Assert.True(function.Definition.Strict);
        Assert.Equal("\"x 7\"", await new CallContext().RunAsync(function, """{"name":"x","size":null}""", TestContext.Current.CancellationToken));
    }

    [Fact]
    public void ToStrict_Dictionary_IsRefusedWithItsPlace()
    {
        var error = Assert.Throws<GptException>(() => GptFunction.Create((Dictionary<string, int> rates) => 0, "f").ToStrict());

        Assert.Contains("/properties/rates", error.Message, StringComparison.Ordinal);
    }
}
