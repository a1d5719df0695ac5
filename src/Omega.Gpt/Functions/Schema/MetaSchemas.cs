using System.Text.Json;

namespace Omega.Gpt.Functions.Schema;

/// <summary>The metaschemas of JSON Schema 2020-12, as https://json-schema.org/specification publishes them, without titles.</summary>
internal static class MetaSchemas
{
    private const string Base = "https://json-schema.org/draft/2020-12/";

    private static readonly string[] Vocabularies =
        ["core", "applicator", "unevaluated", "validation", "meta-data", "format-annotation", "content"];

    private static readonly Lazy<Dictionary<string, JsonElement>> Documents = new(Read);

    /// <summary>Whether a URI names a metaschema of json-schema.org, of this or an older draft; older ones are read as this one.</summary>
    public static bool IsStandard(Uri uri) => uri.Host == "json-schema.org";

    public static bool TryGet(string uri, out JsonElement document) => Documents.Value.TryGetValue(uri, out document);

    private static Dictionary<string, JsonElement> Read()
    {
        var documents = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (name, body) in Bodies)
        {
            string[] vocabularies = name == "schema" ? Vocabularies : [name["meta/".Length..]];
            var vocabulary = string.Join(',', vocabularies.Select(each => $"\"{Base}vocab/{each}\":true"));
            var head = $$"""{"$schema":"{{Base}}schema","$id":"{{Base}}{{name}}","$vocabulary":{ {{vocabulary}} },"$dynamicAnchor":"meta",""";
            documents[Base + name] = JsonElement.Parse(head + "\"type\":[\"object\",\"boolean\"]," + body + "}");
        }
        return documents;
    }

    private static readonly (string Name, string Body)[] Bodies =
    [
        ("schema", """
            "allOf":[{"$ref":"meta/core"},{"$ref":"meta/applicator"},{"$ref":"meta/unevaluated"},{"$ref":"meta/validation"},
              {"$ref":"meta/meta-data"},{"$ref":"meta/format-annotation"},{"$ref":"meta/content"}],
            "properties":{
              "definitions":{"type":"object","additionalProperties":{"$dynamicRef":"#meta"},"deprecated":true,"default":{}},
              "dependencies":{"type":"object","deprecated":true,"default":{},
                "additionalProperties":{"anyOf":[{"$dynamicRef":"#meta"},{"$ref":"meta/validation#/$defs/stringArray"}]}},
              "$recursiveAnchor":{"$ref":"meta/core#/$defs/anchorString","deprecated":true},
              "$recursiveRef":{"$ref":"meta/core#/$defs/uriReferenceString","deprecated":true}}
            """),
        ("meta/core", """
            "properties":{
              "$id":{"$ref":"#/$defs/uriReferenceString","pattern":"^[^#]*#?$"},
              "$schema":{"$ref":"#/$defs/uriString"},
              "$ref":{"$ref":"#/$defs/uriReferenceString"},
              "$anchor":{"$ref":"#/$defs/anchorString"},
              "$dynamicRef":{"$ref":"#/$defs/uriReferenceString"},
              "$dynamicAnchor":{"$ref":"#/$defs/anchorString"},
              "$vocabulary":{"type":"object","propertyNames":{"$ref":"#/$defs/uriString"},"additionalProperties":{"type":"boolean"}},
              "$comment":{"type":"string"},
              "$defs":{"type":"object","additionalProperties":{"$dynamicRef":"#meta"}}},
            "$defs":{
              "anchorString":{"type":"string","pattern":"^[A-Za-z_][-A-Za-z0-9._]*$"},
              "uriString":{"type":"string","format":"uri"},
              "uriReferenceString":{"type":"string","format":"uri-reference"}}
            """),
        ("meta/applicator", """
            "properties":{
              "prefixItems":{"$ref":"#/$defs/schemaArray"},
              "items":{"$dynamicRef":"#meta"},
              "contains":{"$dynamicRef":"#meta"},
              "additionalProperties":{"$dynamicRef":"#meta"},
              "properties":{"type":"object","additionalProperties":{"$dynamicRef":"#meta"},"default":{}},
              "patternProperties":{"type":"object","additionalProperties":{"$dynamicRef":"#meta"},"default":{},
                "propertyNames":{"format":"regex"}},
              "dependentSchemas":{"type":"object","additionalProperties":{"$dynamicRef":"#meta"},"default":{}},
              "propertyNames":{"$dynamicRef":"#meta"},
              "if":{"$dynamicRef":"#meta"},
              "then":{"$dynamicRef":"#meta"},
              "else":{"$dynamicRef":"#meta"},
              "allOf":{"$ref":"#/$defs/schemaArray"},
              "anyOf":{"$ref":"#/$defs/schemaArray"},
              "oneOf":{"$ref":"#/$defs/schemaArray"},
              "not":{"$dynamicRef":"#meta"}},
            "$defs":{"schemaArray":{"type":"array","minItems":1,"items":{"$dynamicRef":"#meta"}}}
            """),
        ("meta/unevaluated", """
            "properties":{"unevaluatedItems":{"$dynamicRef":"#meta"},"unevaluatedProperties":{"$dynamicRef":"#meta"}}
            """),
        ("meta/validation", """
            "properties":{
              "type":{"anyOf":[{"$ref":"#/$defs/simpleTypes"},
                {"type":"array","items":{"$ref":"#/$defs/simpleTypes"},"minItems":1,"uniqueItems":true}]},
              "const":true,
              "enum":{"type":"array","items":true},
              "multipleOf":{"type":"number","exclusiveMinimum":0},
              "maximum":{"type":"number"},
              "exclusiveMaximum":{"type":"number"},
              "minimum":{"type":"number"},
              "exclusiveMinimum":{"type":"number"},
              "maxLength":{"$ref":"#/$defs/nonNegativeInteger"},
              "minLength":{"$ref":"#/$defs/nonNegativeIntegerDefault0"},
              "pattern":{"type":"string","format":"regex"},
              "maxItems":{"$ref":"#/$defs/nonNegativeInteger"},
              "minItems":{"$ref":"#/$defs/nonNegativeIntegerDefault0"},
              "uniqueItems":{"type":"boolean","default":false},
              "maxContains":{"$ref":"#/$defs/nonNegativeInteger"},
              "minContains":{"$ref":"#/$defs/nonNegativeInteger","default":1},
              "maxProperties":{"$ref":"#/$defs/nonNegativeInteger"},
              "minProperties":{"$ref":"#/$defs/nonNegativeIntegerDefault0"},
              "required":{"$ref":"#/$defs/stringArray"},
              "dependentRequired":{"type":"object","additionalProperties":{"$ref":"#/$defs/stringArray"}}},
            "$defs":{
              "nonNegativeInteger":{"type":"integer","minimum":0},
              "nonNegativeIntegerDefault0":{"$ref":"#/$defs/nonNegativeInteger","default":0},
              "simpleTypes":{"enum":["array","boolean","integer","null","number","object","string"]},
              "stringArray":{"type":"array","items":{"type":"string"},"uniqueItems":true,"default":[]}}
            """),
        ("meta/meta-data", """
            "properties":{
              "title":{"type":"string"},
              "description":{"type":"string"},
              "default":true,
              "deprecated":{"type":"boolean","default":false},
              "readOnly":{"type":"boolean","default":false},
              "writeOnly":{"type":"boolean","default":false},
              "examples":{"type":"array","items":true}}
            """),
        ("meta/format-annotation", """
            "properties":{"format":{"type":"string"}}
            """),
        ("meta/format-assertion", """
            "properties":{"format":{"type":"string"}}
            """),
        ("meta/content", """
            "properties":{"contentEncoding":{"type":"string"},"contentMediaType":{"type":"string"},"contentSchema":{"$dynamicRef":"#meta"}}
            """),
    ];
}
