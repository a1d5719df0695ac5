using System.Text.Json;
using Omega.Gpt.Functions.Schema;

namespace Omega.Gpt.Tests.Functions.Schema;

public sealed class JsonSchemaTests
{
    [Theory]
    [InlineData("", "", "not")]
    [InlineData("5", "", "a schema is an object, true or false, not a number")]
    [InlineData("""{"type":"strin"}""", "/type", "did you mean \"string\"?")]
    [InlineData("""{"type":[]}""", "/type", "at least one")]
    [InlineData("""{"type":["string","string"]}""", "/type", "twice")]
    [InlineData("""{"type":3}""", "/type", "must be an array of strings, not the number 3")]
    [InlineData("""{"enum":"a"}""", "/enum", "must be an array")]
    [InlineData("""{"properties":{"a b":{"minimum":"1"}}}""", "/properties/a b/minimum", "must be a number, not the string \"1\"")]
    [InlineData("""{"properties":{"a/b":{"items":3}}}""", "/properties/a~1b/items", "not a number")]
    [InlineData("""{"properties":[]}""", "/properties", "must be an object")]
    [InlineData("""{"required":["a","a"]}""", "/required", "twice")]
    [InlineData("""{"required":true}""", "/required", "must be an array of strings")]
    [InlineData("""{"minLength":-1}""", "/minLength", "non-negative integer")]
    [InlineData("""{"maxItems":1.5}""", "/maxItems", "non-negative integer")]
    [InlineData("""{"multipleOf":0}""", "/multipleOf", "greater than 0")]
    [InlineData("""{"multipleOf":-2}""", "/multipleOf", "greater than 0")]
    [InlineData("""{"pattern":"("}""", "/pattern", "does not work")]
    [InlineData("""{"pattern":"\\Z"}""", "/pattern", "\\Z is no escape")]
    [InlineData("""{"patternProperties":{"[":true}}""", "/patternProperties", "never closed")]
    [InlineData("""{"uniqueItems":1}""", "/uniqueItems", "true or false")]
    [InlineData("""{"anyOf":[]}""", "/anyOf", "at least one schema")]
    [InlineData("""{"allOf":{}}""", "/allOf", "must be an array")]
    [InlineData("""{"allOf":[1]}""", "/allOf/0", "not a number")]
    [InlineData("""{"items":[{"type":"string"}]}""", "/items", "not an array")]
    [InlineData("""{"dependentRequired":{"a":[1]}}""", "/dependentRequired", "array of strings")]
    [InlineData("""{"then":3}""", "/then", "not a number")]
    [InlineData("""{"$ref":3}""", "/$ref", "must be a string")]
    [InlineData("""{"$ref":"#/nowhere"}""", "/$ref", "leads nowhere")]
    [InlineData("""{"$ref":"#/title","title":"t"}""", "/$ref", "leads to a string")]
    [InlineData("""{"$ref":"#nowhere"}""", "/$ref", "nothing has the anchor \"nowhere\"")]
    [InlineData("""{"$ref":"https://example.com/unknown"}""", "/$ref", "no document is known as \"https://example.com/unknown\"")]
    [InlineData("""{"$ref":"other.json"}""", "/$ref", "no document is known")]
    [InlineData("""{"$id":"a#b"}""", "/$id", "no fragment")]
    [InlineData("""{"$anchor":"1"}""", "/$anchor", "is no anchor")]
    [InlineData("""{"allOf":[{"$anchor":"a"},{"$anchor":"a"}]}""", "/allOf/1/$anchor", "two schemas have the anchor")]
    [InlineData("""{"allOf":[{"$id":"a"},{"$id":"a"}]}""", "/allOf/1/$id", "two schemas are called")]
    [InlineData("""{"title":3}""", "/title", "must be a string")]
    [InlineData("""{"format":3}""", "/format", "must be a string")]
    [InlineData("""{"$defs":{"unused":{"type":"x"}}}""", "/$defs/unused/type", "is no type")]
    [InlineData("""{"type":"string","type":"null"}""", "/type", "again")]
    [InlineData("""{"type":"string",}""", "/type", "property name in double quotes")]
    public void Parse_NotASchema_SaysWhereAndWhat(string json, string path, string problem)
    {
        var exception = Assert.Throws<JsonSchemaException>(() => JsonSchema.Parse(json));

        Assert.Equal(path, exception.Path);
        if (json.Length > 0) Assert.Contains(problem, exception.Problem, StringComparison.Ordinal);
        Assert.Contains(exception.Problem, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_ElementWithTwins_IsRefused()
    {
        using var document = JsonDocument.Parse("""{"properties":{"a":{"type":"string","type":"null"}}}""");

        Assert.Equal("/properties/a", Assert.Throws<JsonSchemaException>(() => JsonSchema.Compile(document.RootElement)).Path);
    }

    [Fact]
    public void Compile_DocumentDisposedAfterwards_StillWorks()
    {
        JsonSchema schema;
        using (var document = JsonDocument.Parse("""{"enum":[{"a":1}],"$comment":"kept"}""")) schema = JsonSchema.Compile(document.RootElement);

        Assert.True(schema.Validate("""{"a":1}""").IsValid);
        Assert.Equal("kept", schema.Root.GetProperty("$comment").GetString());
    }

    [Fact]
    public void Documents_ByUri_AreFoundAndNamedInErrors()
    {
        var options = new JsonSchemaOptions
        {
            Documents = new Dictionary<string, JsonElement>
            {
                ["https://example.com/types.json"] = JsonElement.Parse("""{"$defs":{"size":{"$ref":"more.json#positive"}}}"""),
                ["https://example.com/more.json"] = JsonElement.Parse("""{"$defs":{"p":{"$anchor":"positive","exclusiveMinimum":0}}}"""),
            },
        };
        var schema = JsonSchema.Parse("""{"properties":{"size":{"$ref":"https://example.com/types.json#/$defs/size"}}}""", options);

        Assert.True(schema.Validate("""{"size":1}""").IsValid);
        Assert.Equal("https://example.com/more.json#/$defs/p/exclusiveMinimum", Assert.Single(schema.Validate("""{"size":0}""").Errors).SchemaPath);
    }

    [Fact]
    public void Documents_ByRelativeName_AreFound()
    {
        var options = new JsonSchemaOptions { Documents = new Dictionary<string, JsonElement> { ["types.json"] = JsonElement.Parse("""{"type":"integer"}""") } };

        Assert.False(JsonSchema.Parse("""{"items":{"$ref":"types.json"}}""", options).Validate("[null]").IsValid);
    }

    [Fact]
    public void Documents_MetaschemasThatNameEachOther_AreRead()
    {
        var options = new JsonSchemaOptions
        {
            Documents = new Dictionary<string, JsonElement>
            {
                ["https://example.com/a"] = JsonElement.Parse("""{"$schema":"https://example.com/b"}"""),
                ["https://example.com/b"] = JsonElement.Parse("""{"$schema":"https://example.com/a"}"""),
            },
        };

        Assert.False(JsonSchema.Parse("""{"$schema":"https://example.com/a","type":"string"}""", options).Validate("1").IsValid);
    }

    [Fact]
    public void Vocabulary_WithoutValidation_LeavesItOut()
    {
        var options = VocabularyOptions("""{"https://json-schema.org/draft/2020-12/vocab/core":true,"https://json-schema.org/draft/2020-12/vocab/applicator":true}""");
        var schema = JsonSchema.Parse("""{"$schema":"https://example.com/meta","properties":{"a":{"type":"string"},"b":false}}""", options);

        Assert.True(schema.Validate("""{"a":1}""").IsValid);
        Assert.False(schema.Validate("""{"b":1}""").IsValid);
    }

    [Fact]
    public void Vocabulary_FormatAssertion_AssertsFormats()
    {
        var options = VocabularyOptions("""{"https://json-schema.org/draft/2020-12/vocab/core":true,"https://json-schema.org/draft/2020-12/vocab/format-assertion":true}""");

        Assert.False(JsonSchema.Parse("""{"$schema":"https://example.com/meta","format":"date"}""", options).Validate("\"x\"").IsValid);
    }

    [Fact]
    public void Vocabulary_RequiredButUnknown_IsRefused() =>
        Assert.Contains("vocab/unheard-of", Assert.Throws<JsonSchemaException>(
            () => JsonSchema.Parse("""{"$schema":"https://example.com/meta"}""", VocabularyOptions("""{"https://example.com/vocab/unheard-of":true}"""))).Problem,
            StringComparison.Ordinal);

    [Fact]
    public void Metaschema_ValidatesItself()
    {
        var schema = JsonSchema.Parse("""{"$ref":"https://json-schema.org/draft/2020-12/schema"}""");

        foreach (var part in (string[])["schema", "meta/core", "meta/applicator", "meta/validation", "meta/unevaluated", "meta/meta-data", "meta/content", "meta/format-annotation", "meta/format-assertion"])
        {
            Assert.True(MetaSchemas.TryGet("https://json-schema.org/draft/2020-12/" + part, out var document), part);
            Assert.True(schema.Validate(document).IsValid, part);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public void MaxDepth_OutOfBounds_Throws(int depth) => Assert.Throws<ArgumentOutOfRangeException>(() => new JsonSchemaOptions { MaxDepth = depth });

    private static JsonSchemaOptions VocabularyOptions(string vocabulary) => new()
    {
        Documents = new Dictionary<string, JsonElement>
        {
            ["https://example.com/meta"] = JsonElement.Parse($$"""{"$id":"https://example.com/meta","$vocabulary":{{vocabulary}}}"""),
        },
    };
}
