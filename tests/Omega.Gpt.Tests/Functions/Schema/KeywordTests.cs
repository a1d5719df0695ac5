using Omega.Gpt.Functions.Schema;

namespace Omega.Gpt.Tests.Functions.Schema;

public sealed class KeywordTests
{
    /// <summary>A schema, instances that satisfy it, and instances that do not (each list parted by "; ").</summary>
    public static TheoryData<string, string, string> Cases => new()
    {
        { "true", """1; null; {}""", "" },
        { "false", "", """1; null; {}""" },
        { "{}", """1; null; {"a":[]}""", "" },
        { """{"type":"string"}""", "\"\"; \"a\"", "1; null; true; []; {}" },
        { """{"type":"number"}""", "0; -1.5; 1e3", "\"1\"; null; true" },
        { """{"type":"integer"}""", "0; -0; 1.0; 100e-2; 12345678901234567890123; 1e400", "1.5; 1e-1; \"1\"; 12345678901234567890123.4" },
        { """{"type":"boolean"}""", "true; false", "0; \"true\"; null" },
        { """{"type":"null"}""", "null", "0; \"\"; false" },
        { """{"type":["integer","null"]}""", "3; null; 3.0", "3.5; \"x\"" },
        { """{"type":["integer","number"]}""", "3; 3.5", "\"x\"" },
        { """{"enum":["a",1,null,{"k":[1,2]}]}""", """ "a"; "\u0061"; 1; 1.0; 10e-1; null; {"k":[1,2]}; {"k":[1.0,2]} """, """ "b"; 2; false; {"k":[2,1]}; {} """ },
        { """{"enum":[]}""", "", "1; null" },
        { """{"const":{"a":1,"b":[true]}}""", """{"b":[true],"a":1}; {"a":1.0,"b":[true]}""", """{"a":1}; {"a":1,"b":[1]}; {"a":1,"b":[true],"c":0}""" },
        { """{"const":0}""", "0; 0.0; -0; 0e5", "false; \"0\"; null" },
        { """{"minimum":0}""", "0; -0; 1e-400; \"x\"", "-1; -1e-400" },
        { """{"maximum":9007199254740993}""", "9007199254740993; 9007199254740992", "9007199254740994; 9007199254740993.1" },
        { """{"exclusiveMinimum":0.1}""", "0.10000000000000000000000001; 1", "0.1; 1e-1; 0.0999" },
        { """{"exclusiveMaximum":-2}""", "-2.5; -1e9", "-2; -2.0; -1.99; 0" },
        { """{"minimum":123456789012345678901234567890}""", "123456789012345678901234567890; 1e30", "123456789012345678901234567889" },
        { """{"multipleOf":0.01}""", "0; 1.23; 4.35; 1e300", "0.005; 1.234; 1e-3" },
        { """{"multipleOf":7}""", "0; 21; -14; 7e30; 70000000000000000000000", "1; 1e30; 70000000000000000000001" },
        { """{"multipleOf":100000000000000000000000}""", "0; 300000000000000000000000; 1e25", "150000000000000000000000; 1" },
        { """{"multipleOf":123456789012345678901234567891}""", "246913578024691357802469135782", "246913578024691357802469135783" },
        { """{"minLength":2}""", "\"ab\"; \"\\u00e9x\"; 1", "\"a\"; \"\\ud83d\\ude00\"; \"😀\"" },
        { """{"maxLength":2}""", "\"\"; \"ab\"; \"😀😀\"; \"\\ud83d\\ude00\\ud83d\\ude00\"; \"\\n\\n\"", "\"abc\"; \"😀😀a\"; \"\\n\\n\\n\"" },
        { """{"maxLength":1e0}""", "\"a\"", "\"ab\"" },
        { """{"pattern":"^[a-z]+$"}""", "\"abc\"; 5", "\"\"; \"aB\"; \"abc\\n\"" },
        { """{"pattern":"b"}""", "\"abc\"", "\"ac\"" },
        { """{"items":{"type":"integer"}}""", "[]; [1,2]; {}", "[1,\"a\"]" },
        { """{"items":false}""", "[]", "[1]" },
        { """{"prefixItems":[{"type":"string"},{"type":"integer"}]}""", "[]; [\"a\"]; [\"a\",1]; [\"a\",1,null]", "[1]; [\"a\",\"b\"]" },
        { """{"prefixItems":[true],"items":{"type":"null"}}""", "[1]; [1,null]", "[1,1]" },
        { """{"minItems":1,"maxItems":2}""", "[1]; [1,2]; {}", "[]; [1,2,3]" },
        { """{"uniqueItems":true}""", "[]; [1,2]; [1,\"1\"]; [[1],[2]]; [{\"a\":1},{\"a\":2}]", "[1,1.0]; [{\"a\":1,\"b\":2},{\"b\":2,\"a\":1}]; [\"a\",\"\\u0061\"]; [[],[]]" },
        { """{"contains":{"type":"integer"}}""", "[1]; [\"a\",2]; {}", "[]; [\"a\"]" },
        { """{"contains":{"type":"integer"},"minContains":2,"maxContains":3}""", "[1,2]; [1,\"a\",2,3]", "[1]; [1,2,3,4]" },
        { """{"contains":{"type":"integer"},"minContains":0}""", "[]; [\"a\"]", "" },
        { """{"minContains":2}""", "[]; [1]", "" },
        { """{"properties":{"a":{"type":"integer"},"b\n":{"type":"string"}}}""", """{}; {"a":1}; {"c":"x"}; {"b\n":"x"}; {"b\u000a":"x"}; []""", """{"a":"x"}; {"\u0061":"x"}; {"b\n":1}""" },
        { """{"patternProperties":{"^x-":{"type":"integer"}}}""", """{"x-a":1}; {"y":"a"}""", """{"x-a":"1"}""" },
        { """{"properties":{"a":true},"patternProperties":{"^x":true},"additionalProperties":false}""", """{}; {"a":1}; {"xy":1}""", """{"b":1}; {"a":1,"c":2}""" },
        { """{"properties":{"a":true},"additionalProperties":{"type":"integer"}}""", """{"a":"s","b":1}""", """{"b":"s"}""" },
        { """{"propertyNames":{"maxLength":2}}""", """{}; {"ab":1}""", """{"abc":1}""" },
        { """{"propertyNames":false}""", "{}", """{"a":1}""" },
        { """{"required":["a","b"]}""", """{"a":1,"b":null}; []""", """{}; {"a":1}; {"A":1,"b":1}""" },
        { """{"minProperties":1,"maxProperties":2}""", """{"a":1}; {"a":1,"b":2}""", """{}; {"a":1,"b":2,"c":3}""" },
        { """{"dependentRequired":{"a":["b"]}}""", """{}; {"b":1}; {"a":1,"b":1}""", """{"a":1}""" },
        { """{"dependentSchemas":{"a":{"required":["b"],"properties":{"b":{"type":"integer"}}}}}""", """{}; {"b":"x"}; {"a":1,"b":1}""", """{"a":1}; {"a":1,"b":"x"}""" },
        { """{"allOf":[{"minimum":1},{"maximum":3}]}""", "1; 3; \"a\"", "0; 4" },
        { """{"anyOf":[{"type":"string"},{"minimum":3}]}""", "\"a\"; 3; null", "2" },
        { """{"oneOf":[{"multipleOf":2},{"multipleOf":3}]}""", "2; 3; 4; 9", "1; 6; \"a\"" },
        { """{"not":{"type":"string"}}""", "1; null", "\"a\"" },
        { """{"not":{"not":{"type":"string"}}}""", "\"a\"", "1" },
        { """{"if":{"minimum":10},"then":{"multipleOf":10},"else":{"multipleOf":3}}""", "20; 9; \"a\"", "11; 8" },
        { """{"if":{"minimum":10},"else":{"multipleOf":3}}""", "11; 9", "8" },
        { """{"then":false,"else":false}""", "1", "" },
        { """{"if":true,"then":{"type":"integer"}}""", "1", "\"a\"" },
        { """{"$ref":"#/$defs/a~1b","$defs":{"a/b":{"type":"integer"}}}""", "1", "\"a\"" },
        { """{"$ref":"#x","$defs":{"a":{"$anchor":"x","type":"integer"}}}""", "1", "\"a\"" },
        { """{"$ref":"#/definitions/a","definitions":{"a":{"type":"integer"}}}""", "1", "\"a\"" },
        { """{"$ref":"#/x-own/0","x-own":[{"type":"integer"}]}""", "1", "\"a\"" },
        { """{"$defs":{"a":{"type":"integer"}},"$ref":"#/$defs/a","maximum":5}""", "5", "6; \"a\"" },
        { """{"properties":{"next":{"$ref":"#"},"v":{"type":"integer"}},"required":["v"]}""", """{"v":1,"next":{"v":2}}""", """{"v":1,"next":{}}; {"v":1,"next":{"v":2,"next":{"v":"x"}}}""" },
        { """{"$id":"https://example.com/root","$ref":"inner","$defs":{"i":{"$id":"inner","$defs":{"n":{"type":"integer"}},"$ref":"#/$defs/n"}}}""", "1", "\"a\"" },
        { """{"$id":"https://example.com/list","$dynamicAnchor":"item","$ref":"base","type":["array","string"],"$defs":{"b":{"$id":"base","$dynamicAnchor":"item","items":{"$dynamicRef":"#item"}}}}""", "[\"a\",[\"b\"]]", "[1]; [[1]]" },
        { """{"$id":"https://example.com/both","$ref":"one","allOf":[{"$ref":"two"}],"$defs":{"1":{"$id":"one","$ref":"base","$defs":{"t":{"$dynamicAnchor":"t","type":["string","integer"]}}},"2":{"$id":"two","$ref":"base","$defs":{"t":{"$dynamicAnchor":"t","type":"integer"}}},"b":{"$id":"base","$dynamicRef":"#t","$defs":{"t":{"$dynamicAnchor":"t"}}}}}""", "1", "\"a\"; null" },
        { """{"unevaluatedProperties":false,"properties":{"a":true},"allOf":[{"properties":{"b":true}}]}""", """{}; {"a":1,"b":2}""", """{"c":1}; {"a":1,"c":1}""" },
        { """{"unevaluatedProperties":{"type":"integer"},"anyOf":[{"properties":{"a":{"type":"string"}}},{"required":["z"]}]}""", """{"a":"x"}; {"a":"x","b":1}""", """{"a":"x","b":"y"}""" },
        { """{"unevaluatedProperties":false,"oneOf":[{"required":["a"],"properties":{"a":true}},{"required":["b"],"properties":{"b":true}}]}""", """{"a":1}; {"b":1}""", """{"a":1,"b":1}; {"a":1,"c":1}""" },
        { """{"unevaluatedProperties":false,"if":{"properties":{"k":{"const":1}},"required":["k"]},"then":{"properties":{"x":true}},"else":{"properties":{"k":true}}}""", """{"k":1,"x":2}; {"k":2}""", """{"k":2,"x":2}; {"k":1,"y":2}""" },
        { """{"unevaluatedProperties":false,"dependentSchemas":{"a":{"properties":{"a":true,"b":true}}}}""", """{"a":1,"b":2}; {}""", """{"b":2}""" },
        { """{"unevaluatedProperties":false,"not":{"not":{"properties":{"a":true}}}}""", "{}", """{"a":1}""" },
        { """{"allOf":[{"additionalProperties":true}],"unevaluatedProperties":false}""", """{"a":1}""", "" },
        { """{"allOf":[{"unevaluatedProperties":{"type":"integer"}}],"unevaluatedProperties":false}""", """{"a":1}""", """{"a":"x"}""" },
        { """{"allOf":[{"unevaluatedItems":{"type":"integer"}}],"unevaluatedItems":false}""", "[1]", "[\"x\"]" },
        { """{"unevaluatedItems":false,"prefixItems":[true],"contains":{"const":7}}""", "[7]; [1,7]; [7,7]", "[1,2,7]; [1,2]" },
        { """{"unevaluatedItems":{"type":"string"},"anyOf":[{"prefixItems":[{"type":"integer"}]},true]}""", "[1,\"a\"]; [\"a\",\"b\"]", "[1,2]" },
        { """{"allOf":[{"items":{"type":"integer"}}],"unevaluatedItems":false}""", "[1,2]", "[\"a\"]" },
        { """{"format":"email","contentMediaType":"application/json","title":"t","default":3,"examples":[1],"deprecated":true,"unknownWord":{"type":3}}""", "\"not an address\"; 5", "" },
        { """{"$schema":"http://json-schema.org/draft-07/schema#","type":"integer"}""", "1", "\"a\"" },
        { """{"$ref":"https://json-schema.org/draft/2020-12/schema"}""", """{}; {"type":"string"}; true""", """{"type":"strin"}; {"minLength":-1}; {"properties":{"a":1}}; 5""" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Validate_EachKeyword_AsTheDraftSays(string schemaText, string valid, string invalid)
    {
        var schema = JsonSchema.Parse(schemaText);
        foreach (var instance in Split(valid))
        {
            var result = schema.Validate(instance);
            Assert.True(result.IsValid, $"{instance} should be valid: {result}");
        }
        foreach (var instance in Split(invalid)) Assert.False(schema.Validate(instance).IsValid, $"{instance} should be invalid");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Append_EachKeyword_NeverRefusesWhatIsValid(string schemaText, string valid, string invalid)
    {
        var schema = JsonSchema.Parse(schemaText);
        foreach (var instance in Split(valid)) Assert.Null(IncrementalTexts.Feed(schema, instance).Error);
        // What it does refuse has to be wrong.
        foreach (var instance in Split(invalid))
        {
            if (IncrementalTexts.Feed(schema, instance).Error is { } error) Assert.NotEmpty(error.Message);
        }
    }

    [Fact]
    public void Validate_LargeObjects_SeesEveryPosition()
    {
        var properties = string.Join(',', Enumerable.Range(0, 200).Select(i => $"\"p{i}\":{{\"type\":\"integer\"}}"));
        var required = string.Join(',', Enumerable.Range(0, 200).Select(i => $"\"p{i}\""));
        var schema = JsonSchema.Parse(
            $$"""{"properties":{{{properties}}},"required":[{{required}}],"unevaluatedProperties":false}""", new() { MaxErrors = 500 });
        var members = Enumerable.Range(0, 200).Select(i => $"\"p{i}\":{i}").ToArray();

        Assert.True(schema.Validate($"{{{string.Join(',', members)}}}").IsValid);
        for (var missing = 0; missing < 200; missing += 13)
        {
            var errors = schema.Validate($"{{{string.Join(',', members.Where((_, i) => i != missing))}}}").Errors;
            Assert.Equal($"(root): missing property `p{missing}` (required)", Assert.Single(errors).Message);
        }
        Assert.Equal("/q", Assert.Single(schema.Validate($"{{{string.Join(',', members)},\"q\":1}}").Errors).InstancePath);
    }

    [Fact]
    public void Validate_ManyObjectsOfManyProperties_ComparesThemByName()
    {
        var forwards = $"{{{string.Join(',', Enumerable.Range(0, 50).Select(i => $"\"k{i}\":[{i}]"))}}}";
        var backwards = $"{{{string.Join(',', Enumerable.Range(0, 50).Reverse().Select(i => $"\"k{i}\":[{i}.0]"))}}}";
        var schema = JsonSchema.Parse($$"""{"const":{{forwards}}}""");

        Assert.True(schema.Validate(backwards).IsValid);
        Assert.False(schema.Validate(backwards.Replace("[7.0]", "[7.1]", StringComparison.Ordinal)).IsValid);
        Assert.False(schema.Validate(backwards.Replace("\"k7\"", "\"kx\"", StringComparison.Ordinal)).IsValid);
    }

    internal static string[] Split(string instances) =>
        instances.Split("; ", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
