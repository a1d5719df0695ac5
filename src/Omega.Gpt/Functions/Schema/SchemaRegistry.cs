using System.Text.Json;

namespace Omega.Gpt.Functions.Schema;

/// <summary>Finds the schema that a URI names, among the documents at hand; it never fetches.</summary>
internal sealed class SchemaRegistry
{
    private const string VocabularyBase = "https://json-schema.org/draft/2020-12/vocab/";

    /// <summary>The base of a schema without an <c>$id</c>: relative references resolve against it.</summary>
    private static readonly Uri DefaultBase = new("json-schema://local/");

    private readonly Dictionary<string, SchemaResource> _resources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> _documents = new(StringComparer.Ordinal);
    private readonly HashSet<string> _loading = new(StringComparer.Ordinal);
    private readonly int _maxDepth;

    public SchemaRegistry(JsonSchemaOptions options)
    {
        _maxDepth = options.MaxDepth;
        foreach (var (key, document) in options.Documents)
        {
            if (!Uri.TryCreate(DefaultBase, key, out var uri)) throw new JsonSchemaException(key, "the document's name is no URI");
            _documents[Key(uri)] = document;
        }
    }

    public SchemaDocument LoadMain(JsonElement root) => Load(root, DefaultBase, isMain: true);

    /// <summary>Resolves a reference met inside a resource to a document and a pointer in it.</summary>
    /// <param name="from">Where the reference stands.</param>
    /// <param name="reference">The text of the reference.</param>
    /// <param name="place">The keyword's own place, for errors.</param>
    public (SchemaDocument Document, string Pointer) Resolve(SchemaResource from, string reference, string place)
    {
        var hash = reference.IndexOf('#', StringComparison.Ordinal);
        var target = hash < 0 ? reference : reference[..hash];
        var fragment = hash < 0 ? "" : Uri.UnescapeDataString(reference[(hash + 1)..]);
        var resource = target.Length == 0 ? from : Find(from.Uri, target, place);
        if (fragment.Length == 0) return (resource.Document, resource.Pointer);
        if (fragment[0] == '/') return (resource.Document, resource.Pointer + fragment);
        return resource.Anchors.TryGetValue(fragment, out var pointer)
            ? (resource.Document, pointer)
            : throw new JsonSchemaException(place, $"nothing has the anchor \"{fragment}\"");
    }

    private SchemaResource Find(Uri from, string target, string place)
    {
        if (!Uri.TryCreate(from, target, out var uri)) throw new JsonSchemaException(place, $"\"{target}\" is no URI reference");
        return TryFind(uri) ?? throw new JsonSchemaException(place, $"no document is known as \"{uri}\"");
    }

    private SchemaResource? TryFind(Uri uri)
    {
        var key = Key(uri);
        if (_resources.TryGetValue(key, out var resource)) return resource;
        if (!_documents.TryGetValue(key, out var root) && !MetaSchemas.TryGet(key, out root)) return null;
        // Two metaschemas may name each other as $schema.
        return _loading.Add(key) ? Load(root, uri, isMain: false).Resources[""] : null;
    }

    private SchemaDocument Load(JsonElement root, Uri uri, bool isMain)
    {
        var document = new SchemaDocument(root, isMain ? null : uri);
        Scan(document, root, "", uri, null, 1);
        _resources.TryAdd(Key(uri), document.Resources[""]);
        return document;
    }

    /// <summary>Notes the resources and anchors in a schema and all schemas inside it.</summary>
    private void Scan(SchemaDocument document, JsonElement schema, string pointer, Uri uri, SchemaResource? current, int depth)
    {
        var place = document.Describe(pointer);
        if (depth > _maxDepth) throw new JsonSchemaException(place, $"nests deeper than {_maxDepth}");
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            if (current is null) document.Resources[pointer] = new(document, pointer, uri, Vocabulary.Standard);
            return;
        }
        if (schema.ValueKind != JsonValueKind.Object)
            throw new JsonSchemaException(place, $"a schema is an object, true or false, not {Describe.Kind(schema)}");
        RefuseTwins(schema, place);

        var id = Text(schema, "$id", place);
        if (id is not null || current is null)
        {
            if (id is not null) uri = ResolveId(uri, id, place + "/$id");
            current = new(document, pointer, uri, ReadVocabulary(schema, current, uri, place));
            document.Resources[pointer] = current;
            if (id is not null && !_resources.TryAdd(Key(uri), current) && _resources[Key(uri)].Document == document)
                throw new JsonSchemaException(place + "/$id", $"two schemas are called \"{uri}\"");
        }
        AddAnchor(current, Text(schema, "$anchor", place), pointer, place + "/$anchor");
        if (Text(schema, "$dynamicAnchor", place) is { } dynamicAnchor)
        {
            AddAnchor(current, dynamicAnchor, pointer, place + "/$dynamicAnchor");
            current.DynamicAnchors.Add(dynamicAnchor);
        }
        foreach (var (step, child) in SchemaKeywords.Children(schema)) Scan(document, child, pointer + step, uri, current, depth + 1);
    }

    private static Uri ResolveId(Uri parent, string id, string place)
    {
        var hash = id.IndexOf('#', StringComparison.Ordinal);
        if (hash >= 0 && hash < id.Length - 1) throw new JsonSchemaException(place, "an $id has no fragment; use $anchor");
        var text = hash < 0 ? id : id[..hash];
        return Uri.TryCreate(parent, text, out var uri) ? uri : throw new JsonSchemaException(place, $"\"{id}\" is no URI reference");
    }

    private static void AddAnchor(SchemaResource resource, string? anchor, string pointer, string place)
    {
        if (anchor is null) return;
        var sound = anchor.Length > 0 && (char.IsAsciiLetter(anchor[0]) || anchor[0] == '_') &&
            anchor.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
        if (!sound) throw new JsonSchemaException(place, $"\"{anchor}\" is no anchor: a letter or _, then letters, digits, -, _ and .");
        if (!resource.Anchors.TryAdd(anchor, pointer) && resource.Anchors[anchor] != pointer)
            throw new JsonSchemaException(place, $"two schemas have the anchor \"{anchor}\"");
    }

    /// <summary>
    /// The vocabulary that <c>$schema</c> brings into force. A metaschema that is not at hand counts as the standard one.
    /// </summary>
    private Vocabulary ReadVocabulary(JsonElement schema, SchemaResource? parent, Uri uri, string place)
    {
        var inherited = parent?.Vocabulary ?? Vocabulary.Standard;
        if (Text(schema, "$schema", place) is not { } name) return inherited;
        if (!Uri.TryCreate(name.TrimEnd('#'), UriKind.Absolute, out var metaschema))
            throw new JsonSchemaException(place + "/$schema", $"\"{name}\" is no absolute URI");
        if (metaschema == uri || MetaSchemas.IsStandard(metaschema)) return inherited;
        if (TryFind(metaschema) is not { } found || found.Document.Root.ValueKind != JsonValueKind.Object ||
            !found.Document.Root.TryGetProperty("$vocabulary", out var vocabularies) || vocabularies.ValueKind != JsonValueKind.Object)
        {
            return Vocabulary.Standard;
        }
        var force = Vocabulary.Core;
        foreach (var vocabulary in vocabularies.EnumerateObject())
        {
            var isKnown = vocabulary.Name.StartsWith(VocabularyBase, StringComparison.Ordinal);
            switch (isKnown ? vocabulary.Name[VocabularyBase.Length..] : "")
            {
                case "applicator": force |= Vocabulary.Applicator; break;
                case "unevaluated": force |= Vocabulary.Unevaluated; break;
                case "validation": force |= Vocabulary.Validation; break;
                case "format-assertion": force |= Vocabulary.FormatAssertion; break;
                case "core" or "meta-data" or "format-annotation" or "content": break;
                default:
                    if (vocabulary.Value.ValueKind != JsonValueKind.True) break;
                    throw new JsonSchemaException(place + "/$schema", $"requires the vocabulary \"{vocabulary.Name}\", which is not known");
            }
        }
        return force;
    }

    private static string? Text(JsonElement schema, string keyword, string place)
    {
        if (!schema.TryGetProperty(keyword, out var value)) return null;
        return value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : throw new JsonSchemaException($"{place}/{keyword}", $"must be a string, not {Describe.Kind(value)}");
    }

    private static void RefuseTwins(JsonElement schema, string place)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var keyword in schema.EnumerateObject())
            if (!names.Add(keyword.Name)) throw new JsonSchemaException(place, $"has \"{keyword.Name}\" twice");
    }

    private static string Key(Uri uri) => uri.AbsoluteUri.TrimEnd('#');
}
