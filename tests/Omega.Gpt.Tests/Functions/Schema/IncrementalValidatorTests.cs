using System.Text;
using Omega.Gpt.Functions.Schema;

namespace Omega.Gpt.Tests.Functions.Schema;

public sealed class IncrementalValidatorTests
{
    private const string Order = """
        {"type":"object","required":["symbol","size"],"additionalProperties":false,"properties":{
          "symbol":{"$ref":"#/$defs/symbol"},"side":{"enum":["buy","sell"]},"size":{"type":"number","exclusiveMinimum":0},"count":{"type":"integer"},
          "tags":{"type":"array","items":{"type":"string","maxLength":3},"maxItems":2},"note":{"type":["string","null"],"minLength":2},
          "legs":{"items":{"required":["id"],"properties":{"id":{"type":"integer"}}}},"pair":{"prefixItems":[{"type":"string"}],"items":false},
          "flag":{"const":true},"level":{"enum":[1,2,"high"]},"never":false,"mixed":{"anyOf":[{"type":"string"},{"minimum":3}]}},
         "$defs":{"symbol":{"allOf":[{"type":"string"},{"enum":["BTCUSDT","BTCUSDC","ETHUSDT"]}]}}}
        """;

    private static readonly JsonSchema Schema = JsonSchema.Parse(Order);

    /// <summary>The text up to and with the byte that the error is due to, the place and the keyword.</summary>
    [Theory]
    [InlineData("{\"symbol\":\"BTCX", "/symbol", "enum")]
    [InlineData("{\"symbol\":\"BTC\"", "/symbol", "enum")]
    [InlineData("{\"symbol\":\"BTCUSDTT", "/symbol", "enum")]
    [InlineData("{\"symbol\":\"\\u0041", "/symbol", "enum")]
    [InlineData("{\"symbol\":1", "/symbol", "type")]
    [InlineData("{\"side\":\"bx", "/side", "enum")]
    [InlineData("{\"side\":n", "/side", "enum")]
    [InlineData("{\"symbl\"", "/symbl", "additionalProperties")]
    [InlineData("{\"size\":\"", "/size", "type")]
    [InlineData("{\"size\":-1,", "/size", "exclusiveMinimum")]
    [InlineData("{\"count\":1.5}", "/count", "type")]
    [InlineData("{\"tags\":[\"abcd", "/tags/0", "maxLength")]
    [InlineData("{\"tags\":[\"😀😀😀a", "/tags/0", "maxLength")]
    [InlineData("{\"tags\":[\"a\",\"b\",\"", "/tags", "maxItems")]
    [InlineData("{\"tags\":[\"a\",[", "/tags/1", "type")]
    [InlineData("{\"tags\":{", "/tags", "type")]
    [InlineData("{\"note\":\"a\"", "/note", "minLength")]
    [InlineData("{\"note\":f", "/note", "type")]
    [InlineData("{\"legs\":[{\"id\":1},{}", "/legs/1", "required")]
    [InlineData("{\"legs\":[{\"id\":t", "/legs/0/id", "type")]
    [InlineData("{\"pair\":[\"a\",1", "/pair/1", "false")]
    [InlineData("{\"flag\":f", "/flag", "const")]
    [InlineData("{\"level\":3,", "/level", "enum")]
    [InlineData("{\"level\":\"l", "/level", "enum")]
    [InlineData("{\"level\":t", "/level", "enum")]
    [InlineData("{\"never\":1", "/never", "false")]
    [InlineData("{\"size\":1}", "", "required")]
    [InlineData("{\"size\":1,\"size\"", "/size", "json")]
    [InlineData("{\"size\":1,\"\\u0073ize\"", "/size", "json")]
    [InlineData("[", "", "type")]
    [InlineData("{\"size\":.", "/size", "json")]
    [InlineData("{\"size\":1 1", "/size", "json")]
    [InlineData("{\"note\":\"\\q", "/note", "json")]
    [InlineData("{\"note\":\"a\u0001", "/note", "json")]
    public void Append_OffendingByte_RefusedThereAndNotBefore(string text, string path, string keyword)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var validator = new IncrementalValidator(Schema);

        // What is refused at the last byte of a character is fine before its first.
        foreach (var b in utf8.AsSpan(0, utf8.Length - 1)) Assert.Null(validator.Append([b]));
        var error = validator.Append(utf8.AsSpan(utf8.Length - 1));

        Assert.NotNull(error);
        Assert.Equal((path, keyword), (error.InstancePath, error.Keyword));
        Assert.Equal(utf8.Length - 1, validator.Position);
        Assert.False(validator.IsComplete);
    }

    [Fact]
    public void Append_CharacterTooMany_RefusedAtItsFirstByte()
    {
        var validator = new IncrementalValidator(JsonSchema.Parse("""{"maxLength":1}"""));

        Assert.Null(validator.Append("\"é"));
        Assert.Equal("maxLength", validator.Append([(byte)0xF0])?.Keyword);
    }

    [Theory]
    [InlineData("""{"symbol":"BTCUSDT","size":1e-400,"side":"sell"}""")]
    [InlineData(""" { "size" : 0.5 , "symbol" : "\u0042TCUSDC", "count":1.0,"note":null,"tags":["abc","😀😀😀"] } """)]
    [InlineData("""{"symbol":"ETHUSDT","size":1,"level":1.0,"flag":true,"legs":[{"id":1,"x":[{}]},7],"pair":["a"],"mixed":3}""")]
    public void Append_ValidText_CompleteWithoutError(string text)
    {
        Assert.True(Schema.Validate(text).IsValid);

        var verdict = IncrementalTexts.Feed(Schema, text);

        Assert.Equal((null, true), (verdict.Error, verdict.IsComplete));
    }

    [Fact]
    public void Append_SchemaPathOfError_LeadsToTheKeyword()
    {
        var error = new IncrementalValidator(Schema).Append("{\"symbol\":\"X");

        Assert.Equal("/$defs/symbol/allOf/1/enum", error?.SchemaPath);
        Assert.Equal("/symbol: expected one of \"BTCUSDT\", \"BTCUSDC\" or \"ETHUSDT\", found \"X… (enum)", error?.Message);
    }

    [Fact]
    public void Append_UnknownProperty_NamesTheNearOne() =>
        Assert.Contains("did you mean `symbol`?", new IncrementalValidator(Schema).Append("{\"symbl\"")?.Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"null"}]}""", "{}")]
    [InlineData("""{"oneOf":[{"type":"string"}]}""", "1")]
    [InlineData("""{"not":{"type":"string"}}""", "\"a\"")]
    [InlineData("""{"if":true,"then":{"type":"string"}}""", "1")]
    [InlineData("""{"dependentSchemas":{"a":{"required":["b"]}}}""", """{"a":1}""")]
    [InlineData("""{"patternProperties":{"(?=b)b":true},"additionalProperties":false}""", """{"c":1}""")]
    [InlineData("""{"contains":{"type":"string"}}""", "[]")]
    [InlineData("""{"unevaluatedProperties":false}""", """{"a":1}""")]
    [InlineData("""{"uniqueItems":true}""", "[1,1]")]
    [InlineData("""{"pattern":"^a"}""", "\"b\"")]
    [InlineData("""{"propertyNames":false}""", """{"a":1}""")]
    public void Append_WhereSchemasDecideTogether_LeftToTheFullValidation(string schemaText, string text)
    {
        var schema = JsonSchema.Parse(schemaText);

        Assert.False(schema.Validate(text).IsValid);
        Assert.Null(IncrementalTexts.Feed(schema, text).Error);
    }

    [Theory]
    [InlineData("""{"patternProperties":{"^x":{"type":"string"}},"additionalProperties":false}""", "{\"y\"", "/y")]
    [InlineData("""{"patternProperties":{"^x":{"type":"string"}},"additionalProperties":false}""", "{\"xy\":1", "/xy")]
    [InlineData("""{"additionalProperties":{"items":{"type":"null"}}}""", "{\"any\":[null,1", "/any/1")]
    [InlineData("""{"properties":{"next":{"$ref":"#"}},"type":"object"}""", "{\"next\":{\"next\":{\"next\":1", "/next/next/next")]
    public void Append_PatternsAndReferences_AreFollowed(string schema, string text, string path) =>
        Assert.Equal(path, new IncrementalValidator(JsonSchema.Parse(schema)).Append(text)?.InstancePath);

    [Fact]
    public void IsComplete_ObjectCloses_TrueAtTheBrace()
    {
        var validator = new IncrementalValidator(JsonSchema.Parse("{}"));

        validator.Append("{\"a\":{\"b\":[]}");
        Assert.False(validator.IsComplete);
        validator.Append("}");
        Assert.True(validator.IsComplete);
        Assert.Null(validator.Append("\n  "));
        Assert.True(validator.IsComplete);
        Assert.Equal("json", validator.Append("{")?.Keyword);
        Assert.False(validator.IsComplete);
    }

    [Fact]
    public void IsComplete_NumberAtTheTop_OnlyOnceItHasEnded()
    {
        var validator = new IncrementalValidator(JsonSchema.Parse("""{"maximum":20}"""));

        Assert.Null(validator.Append("12"));
        Assert.False(validator.IsComplete);
        Assert.Null(validator.Finish());
        Assert.True(validator.IsComplete);

        var larger = new IncrementalValidator(JsonSchema.Parse("""{"maximum":20}"""));
        larger.Append("123");
        Assert.Equal("maximum", larger.Finish()?.Keyword);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("{")]
    [InlineData("{\"a\":\"b")]
    [InlineData("[1,")]
    [InlineData("tru")]
    [InlineData("-")]
    [InlineData("1e")]
    public void Finish_TextCutShort_SaysSo(string text)
    {
        var validator = new IncrementalValidator(JsonSchema.Parse("true"));
        Assert.Null(validator.Append(text));

        var error = validator.Finish();

        Assert.Equal(("json", "the end of the text"), (error?.Keyword, error?.Found));
        Assert.False(validator.IsComplete);
    }

    [Fact]
    public void Append_AfterAnError_KeepsTheFirst()
    {
        var validator = new IncrementalValidator(Schema);
        var first = validator.Append("{\"x\"");

        Assert.Same(first, validator.Append(":1}"));
        Assert.Same(first, validator.Append(Encoding.UTF8.GetBytes("garbage")));
        Assert.Same(first, validator.Finish());
        Assert.Same(first, validator.Error);
        Assert.Equal(3, validator.Position);
    }

    [Fact]
    public void Append_SurrogatePairAcrossPieces_IsOneCharacter()
    {
        var validator = new IncrementalValidator(JsonSchema.Parse("""{"const":"😀"}"""));

        Assert.Null(validator.Append("\"\ud83d"));
        Assert.Null(validator.Append(""));
        Assert.Null(validator.Append("\ude00\""));
        Assert.True(validator.IsComplete);
    }

    [Fact]
    public void Append_HalfASurrogatePair_IsRefused()
    {
        // Not as attributes: those are kept in UTF-8, which has no halves.
        foreach (var (before, after) in new[] { ("\"\ud83d", "x\""), ("\"\ude00", "\""), ("\"\ud83d", "\ud83d") })
        {
            var validator = new IncrementalValidator(JsonSchema.Parse("true"));
            validator.Append(before);
            validator.Append(after);

            Assert.Equal("whole characters", validator.Error?.Expected);
        }
    }

    [Fact]
    public void Finish_HalfASurrogatePair_IsRefused()
    {
        var validator = new IncrementalValidator(JsonSchema.Parse("true"));
        Assert.Null(validator.Append("\"\ud83d"));

        Assert.Equal("whole characters", validator.Finish()?.Expected);
    }

    [Fact]
    public void Append_ManyNamesAndLongOnes_FindsTheTwin()
    {
        var validator = new IncrementalValidator(JsonSchema.Parse("true"));
        validator.Append("{");
        for (var i = 0; i < 5000; i++) Assert.Null(validator.Append($"\"{new string('n', 30)}{i}\":{{\"a\":1}},"));

        Assert.Null(validator.Append($"\"{new string('n', 100_000)}\":0,"));
        Assert.Equal("json", validator.Append($"\"{new string('n', 30)}777\"")?.Keyword);
    }

    [Fact]
    public void Append_NumberOfAMillionDigits_IsLeftToTheFullValidation()
    {
        var validator = new IncrementalValidator(JsonSchema.Parse("""{"maximum":5}"""));

        Assert.Null(validator.Append(new string('9', 1_000_000)));
        Assert.Null(validator.Append(" "));
        Assert.True(validator.IsComplete);
    }
}
