using System.Text.Json;

namespace Omega.Gpt.Functions.Schema;

/// <summary>One JSON document of schemas, with the resources (subschemas that have an <c>$id</c>, and the root) found in it.</summary>
internal sealed class SchemaDocument(JsonElement root, Uri? uri)
{
    public JsonElement Root => root;

    /// <summary>By their pointers in this document.</summary>
    public Dictionary<string, SchemaResource> Resources { get; } = new(StringComparer.Ordinal);

    /// <summary>How a place in this document is named in errors.</summary>
    public string Describe(string pointer) => uri is null ? pointer : $"{uri}#{pointer}";

    /// <summary>The innermost resource around a place.</summary>
    public SchemaResource ResourceAt(string pointer)
    {
        while (true)
        {
            if (Resources.TryGetValue(pointer, out var resource)) return resource;
            pointer = pointer[..pointer.LastIndexOf('/')];
        }
    }
}

/// <summary>What a base URI names: a schema with its own anchors and vocabulary.</summary>
internal sealed class SchemaResource(SchemaDocument document, string pointer, Uri uri, Vocabulary vocabulary)
{
    public SchemaDocument Document => document;

    public string Pointer => pointer;

    public Uri Uri => uri;

    public Vocabulary Vocabulary => vocabulary;

    /// <summary>The pointers in the document of all anchors, dynamic ones too.</summary>
    public Dictionary<string, string> Anchors { get; } = new(StringComparer.Ordinal);

    public HashSet<string> DynamicAnchors { get; } = new(StringComparer.Ordinal);

    /// <summary>Where <c>$dynamicRef</c> goes while this resource is in the dynamic scope; filled once the resource is in use.</summary>
    public Dictionary<string, SchemaNode> DynamicTargets { get; } = new(StringComparer.Ordinal);
}

/// <summary>The keyword groups that are in force in a resource, as its metaschema's <c>$vocabulary</c> says.</summary>
[Flags]
internal enum Vocabulary
{
    Core = 0,
    Applicator = 1,
    Unevaluated = 2,
    Validation = 4,
    FormatAssertion = 8,
    Standard = Applicator | Unevaluated | Validation,
}
