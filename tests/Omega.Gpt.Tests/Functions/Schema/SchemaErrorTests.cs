using Omega.Gpt.Functions.Schema;

namespace Omega.Gpt.Tests.Functions.Schema;

public sealed class SchemaErrorTests
{
    [Theory]
    [InlineData("""{"properties":{"size":{"minimum":0}}}""", """{"size":-3}""", "/size: expected a number at least 0, found -3 (minimum)")]
    [InlineData("""{"properties":{"size":{"type":"number"}}}""", """{"size":"12"}""", "/size: expected a number, found the string \"12\" (type)")]
    [InlineData("""{"type":["string","null"]}""", "true", "(root): expected a string or null, found true (type)")]
    [InlineData("""{"type":"integer"}""", "1.5", "(root): expected an integer, found the number 1.5 (type)")]
    [InlineData("""{"enum":["buy","sell"]}""", "\"sel\"", "(root): expected one of \"buy\" or \"sell\", found \"sel\"; did you mean \"sell\"? (enum)")]
    [InlineData("""{"enum":["buy","sell"]}""", "\"hold on\"", "(root): expected one of \"buy\" or \"sell\", found \"hold on\" (enum)")]
    [InlineData("""{"const":1}""", "2", "(root): expected 1, found 2 (const)")]
    [InlineData("""{"multipleOf":0.01}""", "0.005", "(root): expected a multiple of 0.01, found 0.005 (multipleOf)")]
    [InlineData("""{"exclusiveMaximum":5}""", "5", "(root): expected a number less than 5, found 5 (exclusiveMaximum)")]
    [InlineData("""{"minLength":3}""", "\"ab\"", "(root): expected at least 3 characters, found 2 characters: \"ab\" (minLength)")]
    [InlineData("""{"pattern":"^[A-Z]+$"}""", "\"ab\"", "(root): expected text that matches ^[A-Z]+$, found \"ab\" (pattern)")]
    [InlineData("""{"items":{"maxItems":1}}""", "[[],[1,2]]", "/1: expected at most 1 item, found 2 (maxItems)")]
    [InlineData("""{"uniqueItems":true}""", "[1,2,1.0]", "(root): expected items that all differ, found items 0 and 2 alike: 1.0 (uniqueItems)")]
    [InlineData("""{"contains":{"const":1}}""", "[2,3]", "(root): expected at least 1 item of the kind that \"contains\" describes, found 0 of 2 (contains)")]
    [InlineData("""{"required":["symbol"]}""", "{}", "(root): missing property `symbol` (required)")]
    [InlineData("""{"dependentRequired":{"stop":["size"]}}""", """{"stop":1}""", "(root): missing property `size`, which `stop` needs (dependentRequired)")]
    [InlineData("""{"properties":{"symbol":true},"additionalProperties":false}""", """{"symbl":1}""", "/symbl: unknown property `symbl`; did you mean `symbol`? (additionalProperties)")]
    [InlineData("""{"properties":{"symbol":true,"side":true},"additionalProperties":false}""", """{"leverage":1}""", "/leverage: unknown property `leverage`; known: `symbol` or `side` (additionalProperties)")]
    [InlineData("""{"additionalProperties":false}""", """{"a":1}""", "/a: unknown property `a`; no properties are allowed here (additionalProperties)")]
    [InlineData("""{"properties":{"price":true},"unevaluatedProperties":false}""", """{"Price":1}""", "/Price: unknown property `Price`; did you mean `price`? (unevaluatedProperties)")]
    [InlineData("""{"propertyNames":{"maxLength":2}}""", """{"abc":1}""", "/abc: expected a name that is at most 2 characters, found the name \"abc\" (propertyNames)")]
    [InlineData("""{"properties":{"a":false}}""", """{"a":1}""", "/a: expected no value here, found 1 (false)")]
    [InlineData("""{"not":{"type":"null"}}""", "null", "(root): expected anything but {\"type\":\"null\"}, found null (not)")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"minimum":0}]}""", "3", "(root): expected exactly one of 2 alternatives, found one that matches #1 and #2 (oneOf)")]
    [InlineData("""{"anyOf":[{"type":"number"},{"type":"null"}]}""", "\"x\"", "(root): expected a number or null, found the string \"x\" (anyOf)")]
    [InlineData("""{"properties":{"a/b~c":{"type":"null"}}}""", """{"a/b~c":1}""", "/a~1b~0c: expected null, found the number 1 (type)")]
    public void Message_EachKeyword_SaysWhereWhatAndWhy(string schema, string instance, string message) =>
        Assert.Equal(message, Assert.Single(JsonSchema.Parse(schema).Validate(instance).Errors).Message);

    [Fact]
    public void Errors_AlternativesByKind_TellOfTheNearest()
    {
        var schema = JsonSchema.Parse("""
            {"oneOf":[
              {"type":"object","properties":{"kind":{"const":"limit"},"price":{"type":"number"}},"required":["kind","price"]},
              {"type":"object","properties":{"kind":{"const":"market"},"size":{"type":"number"}},"required":["kind","size"]},
              {"type":"string"}]}
            """);

        var errors = schema.Validate("""{"kind":"market","size":"big"}""").Errors;

        Assert.Equal(
            ["(root): matches none of 3 alternatives; nearest is #2, whose errors follow (oneOf)", "/size: expected a number, found the string \"big\" (type)"],
            errors.Select(error => error.Message));
    }

    [Fact]
    public void Errors_SeveralFaults_AllReportedWithPaths()
    {
        var schema = JsonSchema.Parse("""
            {"type":"object","properties":{"symbol":{"type":"string"},"legs":{"type":"array","items":{"$ref":"#/$defs/leg"}}},
             "required":["symbol"],"$defs":{"leg":{"properties":{"size":{"exclusiveMinimum":0}}}}}
            """);

        var errors = schema.Validate("""{"legs":[{"size":1},{"size":0},{"size":-1}]}""").Errors;

        Assert.Equal(
            [("/legs/1/size", "/$defs/leg/properties/size/exclusiveMinimum"), ("/legs/2/size", "/$defs/leg/properties/size/exclusiveMinimum"), ("", "/required")],
            errors.Select(error => (error.InstancePath, error.SchemaPath)));
    }

    [Fact]
    public void Errors_MoreThanAsked_StopAtTheBound()
    {
        var schema = JsonSchema.Parse("""{"items":{"type":"string"}}""", new() { MaxErrors = 3 });

        var result = schema.Validate("[1,2,3,4,5]");

        Assert.Equal(["/0", "/1", "/2"], result.Errors.Select(error => error.InstancePath));
    }

    [Fact]
    public void Found_LongValue_CutAtSixtyCharacters()
    {
        var schema = JsonSchema.Parse("""{"type":"integer"}""");

        var found = schema.Validate($"\"{string.Concat(Enumerable.Repeat("😀", 500))}\"").Errors[0].Found;

        Assert.EndsWith("…", found, StringComparison.Ordinal);
        Assert.InRange(found.Length, 40, 80);
        Assert.DoesNotContain('\uFFFD', found);
    }

    [Fact]
    public void Found_SpacedObject_OnOneLine()
    {
        var schema = JsonSchema.Parse("""{"type":"integer"}""");

        Assert.Equal("the object { \"a\": [ 1 ] }", schema.Validate("{\n  \"a\": [\r\n\t1 ]\n}").Errors[0].Found);
    }

    [Fact]
    public void Expected_ManyChoices_NamesTheFirstAndCountsTheRest()
    {
        var schema = JsonSchema.Parse($$"""{"enum":[{{string.Join(',', Enumerable.Range(0, 40))}}]}""");

        Assert.Equal("one of 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 or 28 more", schema.Validate("99").Errors[0].Expected);
    }

    [Theory]
    [InlineData("", "the end of the text")]
    [InlineData("{\"a\":1", "the end of the text")]
    [InlineData("{\"a\":1,}", "'}' at byte 7")]
    [InlineData("{'a':1}", "a single quote at byte 1")]
    [InlineData("{\"a\":NaN}", "'N' at byte 5")]
    [InlineData("[Infinity]", "'I' at byte 1")]
    [InlineData("[1 2]", "'2' at byte 3")]
    [InlineData("[01]", "'1' at byte 2")]
    [InlineData("[1.]", "']' at byte 3")]
    [InlineData("[tru]", "tru and then ']' at byte 4")]
    [InlineData("\"a\nb\"", "a line break at byte 2")]
    [InlineData("\"\\x\"", "'x' at byte 2")]
    [InlineData("\"\\ud83d\"", "'\"' at byte 7")]
    [InlineData("\"\\ude00\"", "\\ude00 at byte 6")]
    [InlineData("\"\\ud83d\\u0041\"", "\\u0041 at byte 12")]
    [InlineData("{} x", "'x' at byte 3")]
    [InlineData("// c\n1", "'/' at byte 0")]
    [InlineData("\uFEFF1", "the byte 0xEF at byte 0")]
    [InlineData("{\"a\":1,\"b\":2,\"\\u0061\":3}", "`a` again")]
    public void Validate_TextThatIsNotStrictJson_OneErrorThatSaysWhere(string text, string found)
    {
        var error = Assert.Single(JsonSchema.Parse("true").Validate(text).Errors);

        Assert.Equal(("json", found), (error.Keyword, error.Found));
    }
}
