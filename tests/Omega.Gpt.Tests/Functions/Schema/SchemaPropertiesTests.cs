using System.Text.Json;
using Omega.Gpt.Functions.Schema;

namespace Omega.Gpt.Tests.Functions.Schema;

public sealed class SchemaPropertiesTests
{
    private static readonly IReadOnlyList<SchemaProperty> Properties = SchemaProperties.Of(JsonSchema.Parse("""
        {"type":"object","required":["symbol","legs"],"allOf":[{"$ref":"#/$defs/common"}],
         "properties":{
           "symbol":{"type":"string","enum":["BTCUSDT","ETHUSDT"],"description":"The pair.","default":"BTCUSDT"},
           "size":{"$ref":"#/$defs/size","description":"How much."},
           "stop":{"anyOf":[{"type":"null"},{"$ref":"#/$defs/size"}],"default":null},
           "legs":{"type":"array","items":{"$ref":"#/$defs/leg"}},
           "mode":{"const":"paper"},
           "when":{"type":"string","format":"date-time"},
           "gone":false},
         "$defs":{
           "size":{"type":"number","exclusiveMinimum":0,"maximum":100.5,"description":"A quantity."},
           "leg":{"type":"object","properties":{"id":{"type":"integer","minimum":1,"exclusiveMaximum":9},"next":{"$ref":"#/$defs/leg"}},"required":["id"]},
           "common":{"properties":{"tag":{"type":["string","integer"]},"symbol":{"minLength":3}},"required":["tag"]}}}
        """));

    [Fact]
    public void Of_Object_NamesItsPropertiesInOrder() =>
        Assert.Equal(
            [("symbol", true), ("size", false), ("stop", false), ("legs", true), ("mode", false), ("when", false), ("tag", true)],
            Properties.Select(property => (property.Name, property.IsRequired)));

    [Fact]
    public void Of_Enum_HasValuesDescriptionAndDefault()
    {
        var symbol = Property("symbol");

        Assert.Equal(["BTCUSDT", "ETHUSDT"], symbol.Enum.Select(value => value.GetString()));
        Assert.Equal(("The pair.", "BTCUSDT", JsonTypes.String), (symbol.Description, symbol.Default?.GetString(), symbol.Types));
        Assert.Equal("paper", Assert.Single(Property("mode").Enum).GetString());
        Assert.Equal(JsonTypes.String, Property("mode").Types);
    }

    [Fact]
    public void Of_Reference_IsFollowedAndTheNearestIsHeard()
    {
        var size = Property("size");

        Assert.Equal(("How much.", JsonTypes.Number | JsonTypes.Integer), (size.Description, size.Types));
        Assert.Equal((null, 0m, 100.5m, null), (size.Minimum, size.ExclusiveMinimum, size.Maximum, size.ExclusiveMaximum));
        Assert.Empty(size.Enum);
        Assert.Equal("#/$defs/size", size.Schema.GetProperty("$ref").GetString());
    }

    [Fact]
    public void Of_Alternatives_HaveAllTypesAndTheBoundsOfTheFirstThatIsNotNull()
    {
        var stop = Property("stop");

        Assert.Equal(JsonTypes.Null | JsonTypes.Number | JsonTypes.Integer, stop.Types);
        Assert.Equal((0m, JsonValueKind.Null), (stop.ExclusiveMinimum, stop.Default?.ValueKind));
    }

    [Fact]
    public void Of_NestedAndRecursive_ReadAsFarAsAsked()
    {
        var leg = Property("legs").Items;

        Assert.Equal(["id", "next"], leg?.Properties.Select(property => property.Name));
        var id = leg!.Properties[1].Properties[1].Properties[0];
        Assert.Equal(("id", true, 1m, 9m, JsonTypes.Integer), (id.Name, id.IsRequired, id.Minimum, id.ExclusiveMaximum, id.Types));
        Assert.Null(id.Items);
        Assert.Empty(id.Properties);
    }

    [Fact]
    public void Of_TypesTogether_AreASet() => Assert.Equal((JsonTypes.String | JsonTypes.Integer, "date-time"), (Property("tag").Types, Property("when").Format));

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    [InlineData("""{"type":"string"}""")]
    public void Of_NoObject_IsEmpty(string schema) => Assert.Empty(SchemaProperties.Of(JsonSchema.Parse(schema)));

    private static SchemaProperty Property(string name) => Properties.Single(property => property.Name == name);
}
