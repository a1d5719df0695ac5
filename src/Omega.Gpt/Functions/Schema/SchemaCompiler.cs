using System.Text.Json;

namespace Omega.Gpt.Functions.Schema;

/// <summary>Turns schema documents into a graph of nodes, in which every reference is a link.</summary>
internal sealed class SchemaCompiler(JsonSchemaOptions options)
{
    private readonly SchemaRegistry _registry = new(options);
    private readonly Dictionary<(SchemaDocument, string), SchemaNode> _nodes = [];
    private readonly HashSet<SchemaResource> _inUse = [];
    private readonly Queue<SchemaNode> _unread = new();

    public JsonSchemaOptions Options => options;

    /// <summary>Whether any <c>$dynamicRef</c> depends on how it was reached.</summary>
    public bool UsesDynamicScope { get; set; }

    public SchemaNode Compile(JsonElement root)
    {
        var document = _registry.LoadMain(root);
        var node = NodeAt(document, "", root);
        while (_unread.TryDequeue(out var next)) Read(next);
        ReferenceLoops.Refuse(_nodes.Values);
        return node;
    }

    public SchemaNode NodeInside(SchemaNode parent, string step, JsonElement schema) =>
        NodeAt(parent.Resource.Document, parent.Pointer + step, schema);

    /// <summary>The schema that a reference leads to.</summary>
    public SchemaNode Follow(SchemaNode from, string keyword, string reference)
    {
        var place = from.Resource.Document.Describe($"{from.Pointer}/{keyword}");
        var (document, pointer) = _registry.Resolve(from.Resource, reference, place);
        if (_nodes.TryGetValue((document, pointer), out var known)) return known;
        if (!JsonPointer.TryFollow(document.Root, pointer, out var schema))
            throw new JsonSchemaException(place, $"\"{reference}\" leads nowhere");
        if (schema.ValueKind is not (JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False))
            throw new JsonSchemaException(place, $"\"{reference}\" leads to {Describe.Kind(schema)}, which is no schema");
        return NodeAt(document, pointer, schema);
    }

    private SchemaNode NodeAt(SchemaDocument document, string pointer, JsonElement schema)
    {
        if (_nodes.TryGetValue((document, pointer), out var node)) return node;
        var resource = document.ResourceAt(pointer);
        node = new(resource, pointer, schema);
        _nodes.Add((document, pointer), node);
        if (schema.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) _unread.Enqueue(node);
        if (_inUse.Add(resource))
        {
            foreach (var anchor in resource.DynamicAnchors)
            {
                JsonPointer.TryFollow(document.Root, resource.Anchors[anchor], out var target);
                resource.DynamicTargets[anchor] = NodeAt(document, resource.Anchors[anchor], target);
            }
        }
        return node;
    }

    private void Read(SchemaNode node)
    {
        if (node.Source.ValueKind != JsonValueKind.Object)
        {
            throw new JsonSchemaException(
                node.Resource.Document.Describe(node.Pointer), $"a schema is an object, true or false, not {Describe.Kind(node.Source)}");
        }
        var reader = new KeywordReader(this, node);
        var vocabulary = node.Resource.Vocabulary;
        if (vocabulary.HasFlag(Vocabulary.Validation))
        {
            node.Value = ValueRules.Read(reader);
            node.Number = NumberRules.Read(reader);
        }
        node.Text = StringRules.Read(reader);
        node.Array = ArrayRules.Read(reader);
        node.Object = ObjectRules.Read(reader);
        node.Applicators = [.. ReadReferences(reader), .. vocabulary.HasFlag(Vocabulary.Applicator) ? Applicator.Read(reader) : []];
        if (vocabulary.HasFlag(Vocabulary.Unevaluated))
        {
            node.UnevaluatedItems = reader.Schema("unevaluatedItems");
            node.UnevaluatedProperties = reader.Schema("unevaluatedProperties");
        }
        // Not applied to anything from here, but to be sound schemas nevertheless.
        reader.Map("$defs");
        reader.Map("definitions");
        reader.Schema("contentSchema");
        CheckNotes(reader);
    }

    private IEnumerable<Applicator> ReadReferences(KeywordReader reader)
    {
        if (reader.Text("$ref") is { } reference) yield return new Reference(reader.Reference("$ref", reference));
        if (reader.Text("$dynamicRef") is not { } dynamicReference) yield break;
        var target = reader.Reference("$dynamicRef", dynamicReference);
        var hash = dynamicReference.IndexOf('#', StringComparison.Ordinal);
        var anchor = hash < 0 ? "" : dynamicReference[(hash + 1)..];
        // Only where the first target is itself a dynamic anchor does the dynamic scope have a say.
        if (target.Resource.DynamicAnchors.Contains(anchor) && target.Resource.Anchors[anchor] == target.Pointer)
        {
            UsesDynamicScope = true;
            yield return new DynamicReference(anchor, target);
        }
        else
        {
            yield return new Reference(target);
        }
    }

    private static void CheckNotes(KeywordReader reader)
    {
        ReadOnlySpan<string> texts = ["title", "description", "$comment", "contentEncoding", "contentMediaType"];
        foreach (var keyword in texts) reader.Text(keyword);
        ReadOnlySpan<string> flags = ["deprecated", "readOnly", "writeOnly"];
        foreach (var keyword in flags) reader.Flag(keyword);
        reader.Array("examples");
    }
}
