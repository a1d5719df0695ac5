using System.Text;
using System.Text.Json;
using Omega.Gpt.Functions.Schema;

namespace Omega.Gpt.Tests.Functions.Schema;

/// <summary>Input that is meant to hurt: each answer is an error, in time.</summary>
public sealed class BoundsTests
{
    private static readonly JsonSchema Anything = JsonSchema.Parse("""{"items":{"$ref":"#"},"additionalProperties":{"$ref":"#"}}""");

    [Fact]
    public void Validate_TextNestedTenThousandDeep_OneError()
    {
        var error = Assert.Single(Anything.Validate(new string('[', 10_000) + new string(']', 10_000)).Errors);

        Assert.Equal("nesting of at most 128", error.Expected);
    }

    [Fact]
    public void Validate_FiftyMegabytesOfBrackets_OneError()
    {
        var text = new byte[50_000_000];
        Array.Fill(text, (byte)'[');

        Assert.Equal("nesting of at most 128", Assert.Single(Anything.Validate(text).Errors).Expected);
        Assert.Equal("nesting of at most 128", new IncrementalValidator(Anything).Append(text)?.Expected);
    }

    [Fact]
    public void Validate_ElementNestedDeeperThanAllowed_OneError()
    {
        var text = new string('[', 1500) + new string(']', 1500);
        using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 2000 });

        Assert.Equal("nesting of at most 128", Assert.Single(Anything.Validate(document.RootElement).Errors).Expected);
    }

    [Theory]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void Validate_NestingAtTheBound_CountsContainers(int depth, bool valid)
    {
        var text = string.Concat(Enumerable.Repeat("{\"a\":[", depth / 2)) + (depth % 2 == 1 ? "{}" : "") + string.Concat(Enumerable.Repeat("]}", depth / 2));

        Assert.Equal(valid, Anything.Validate(text).IsValid);
        Assert.Equal(valid, Anything.Validate(JsonElement.Parse(text, new JsonDocumentOptions { MaxDepth = 1000 })).IsValid);
        Assert.Equal(valid, IncrementalTexts.Feed(Anything, text).Error is null);
    }

    [Fact]
    public void Validate_DefaultElement_OneError() => Assert.Single(Anything.Validate(default(JsonElement)).Errors);

    [Theory]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"\\udc00\":1}")]
    [InlineData("[\"\\ud800\\ud800\"]")]
    public void Validate_ElementWithHalfASurrogatePair_OneError(string text)
    {
        using var document = JsonDocument.Parse(text);

        Assert.Equal("json", Assert.Single(Anything.Validate(document.RootElement).Errors).Keyword);
    }

    [Fact]
    public void Validate_BytesThatAreNoUtf8_OneError()
    {
        foreach (byte[] bytes in new byte[][] { [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82], [0x80], [0xF0, 0x80, 0x80, 0x80] })
            Assert.Equal("json", Assert.Single(Anything.Validate([(byte)'"', .. bytes, (byte)'"']).Errors).Keyword);
    }

    [Fact]
    public void Validate_StringWithHalfASurrogatePair_OneError() => Assert.Equal("json", Assert.Single(Anything.Validate("\"a\ud800b\"").Errors).Keyword);

    [Theory]
    [InlineData("^(a+)+$")]
    [InlineData("^(?=a)(a+)+$")]
    public void Validate_PatternThatExplodes_AnswersInTime(string pattern)
    {
        var schema = JsonSchema.Parse($$"""{ "pattern": "{{pattern}}" }""");
        var negated = JsonSchema.Parse($$"""{ "not": { "pattern": "{{pattern}}x" } }""");
        var text = $"\"{new string('a', 5000)}!\"";

        Assert.False(schema.Validate(text).IsValid);
        // Without an answer from the pattern, its negation must not hold either; one in linear time has the answer.
        Assert.Equal(!pattern.Contains("?=", StringComparison.Ordinal), negated.Validate(text).IsValid);
    }

    [Fact]
    public void Validate_ManyPatternsThatExplode_ShareOneAllowance()
    {
        var schema = JsonSchema.Parse("""{"items":{"pattern":"^(?=a)(a+)+$"}}""", new() { PatternTimeout = TimeSpan.FromMilliseconds(50) });
        var text = $"[{string.Join(',', Enumerable.Repeat($"\"{new string('a', 200)}!\"", 1000))}]";
        var started = TimeProvider.System.GetTimestamp();

        Assert.Equal("limit", Assert.Single(schema.Validate(text).Errors).Keyword);
        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("""{"$ref":"#"}""")]
    [InlineData("""{"allOf":[{"$ref":"#/$defs/a"}],"$defs":{"a":{"anyOf":[{"type":"string"},{"$ref":"#"}]}}}""")]
    [InlineData("""{"not":{"$ref":"#"}}""")]
    [InlineData("""{"if":true,"then":{"$ref":"#"}}""")]
    [InlineData("""{"dependentSchemas":{"a":{"$ref":"#"}}}""")]
    [InlineData("""{"$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}}}""")]
    public void Parse_ReferenceThatNeverEnters_IsRefused(string schema) =>
        Assert.Contains("refers to itself", Assert.Throws<JsonSchemaException>(() => JsonSchema.Parse(schema)).Problem, StringComparison.Ordinal);

    [Fact]
    public void Validate_DynamicReferenceThatNeverEnters_OneError()
    {
        var schema = JsonSchema.Parse("""{"$dynamicAnchor":"a","$dynamicRef":"#a"}""");

        Assert.Equal("limit", Assert.Single(schema.Validate("1").Errors).Keyword);
        Assert.Null(IncrementalTexts.Feed(schema, "1").Error);
    }

    [Fact]
    public void Validate_ThirtyThousandReferencesInARow_OneErrorOrNone()
    {
        var definitions = string.Join(',', Enumerable.Range(0, 30_000).Select(i => $"\"d{i}\":{{\"$ref\":\"#/$defs/d{i + 1}\"}}"));
        var schema = JsonSchema.Parse($$"""{ "$ref": "#/$defs/d0", "$defs": { {{definitions}}, "d30000": { "type": "string" } } }""");

        Assert.False(schema.Validate("1").IsValid);
        Assert.Null(new IncrementalValidator(schema).Append("\"a"));
        Assert.Empty(SchemaProperties.Of(schema));
    }

    [Fact]
    public void Validate_AlternativesThatMultiply_TooComplex()
    {
        var definitions = string.Join(',', Enumerable.Range(0, 40).Select(i => $"\"d{i}\":{{\"anyOf\":[{{\"$ref\":\"#/$defs/d{i + 1}\"}},{{\"$ref\":\"#/$defs/d{i + 1}\"}}]}}"));
        var schema = JsonSchema.Parse($$"""{ "$ref": "#/$defs/d0", "$defs": { {{definitions}}, "d40": { "type": "string" } } }""", new() { MaxSteps = 100_000 });

        var error = Assert.Single(schema.Validate("1").Errors);

        Assert.Equal("limit", error.Keyword);
        Assert.Contains("too complex", error.Message, StringComparison.Ordinal);
        Assert.True(SchemaProperties.Of(schema).Count == 0);
    }

    [Fact]
    public void Validate_FiftyThousandUniqueObjects_ComparedByHash()
    {
        var schema = JsonSchema.Parse("""{"uniqueItems":true}""");
        var items = Enumerable.Range(0, 50_000).Select(i => $$"""{"id":{{i}},"tags":["x","y"]}""").ToList();
        var started = TimeProvider.System.GetTimestamp();

        Assert.True(schema.Validate($"[{string.Join(',', items)}]").IsValid);
        items.Add("""{"tags":["x","y"],"id":77.0}""");
        Assert.Contains("items 77 and 50000 alike", schema.Validate($"[{string.Join(',', items)}]").Errors[0].Message, StringComparison.Ordinal);
        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Validate_NumbersWithVastExponents_AnsweredExactly()
    {
        var schema = JsonSchema.Parse("""{"minimum":1e-999999999,"maximum":1e999999999,"multipleOf":1e-999999999}""");

        Assert.True(schema.Validate("1e999999998").IsValid);
        Assert.Equal("maximum", Assert.Single(schema.Validate("2e999999999").Errors).Keyword);
        Assert.Equal(["minimum", "multipleOf"], schema.Validate("1e-9999999999").Errors.Select(error => error.Keyword));
        Assert.False(schema.Validate("1e99999999999999999999999999").IsValid);
    }

    [Fact]
    public void Validate_NumberOfAMillionDigits_InTime()
    {
        var schema = JsonSchema.Parse("""{"multipleOf":3,"minimum":4}""");

        Assert.True(schema.Validate(new string('3', 1_000_000)).IsValid);
        Assert.False(schema.Validate(new string('3', 1_000_000) + "1").IsValid);
    }

    [Fact]
    public void Parse_SchemaNestedTenThousandDeep_IsRefused()
    {
        static string Nest(int depth) => string.Concat(Enumerable.Repeat("{\"not\":", depth)) + "true" + new string('}', depth);
        using var document = JsonDocument.Parse(Nest(1500), new JsonDocumentOptions { MaxDepth = 2000 });

        Assert.Throws<JsonSchemaException>(() => JsonSchema.Parse(Nest(10_000)));
        Assert.Throws<JsonSchemaException>(() => JsonSchema.Compile(document.RootElement));
    }

    [Fact]
    public void Validate_ManyThreads_Agree()
    {
        var schema = JsonSchema.Parse("""{"properties":{"a":{"$ref":"#/$defs/n"}},"$defs":{"n":{"anyOf":[{"type":"null"},{"minimum":3,"pattern":"^x"}]}},"unevaluatedProperties":false}""");
        var good = Encoding.UTF8.GetBytes("""{"a":4}""");
        var bad = Encoding.UTF8.GetBytes("""{"a":2}""");

        Parallel.For(0, 2000, _ =>
        {
            Assert.True(schema.Validate(good).IsValid);
            Assert.False(schema.Validate(bad).IsValid);
            Assert.Null(new IncrementalValidator(schema).Append(good));
        });
    }
}
