using System.Runtime.InteropServices;
using System.Text.Json;

namespace Omega.Gpt.Functions.Schema;

/// <summary>All that applies to the properties of an object, checked in one pass over them.</summary>
internal sealed class ObjectRules
{
    private const int PresentOnStack = 16;

    private readonly NameTable _names;
    private readonly SchemaNode?[] _schemas;
    private readonly int[] _required;
    private readonly (int Trigger, int[] Needed)[] _dependentRequired;
    private readonly (SchemaPattern Pattern, SchemaNode Schema)[] _patterns;
    private readonly SchemaNode? _additional;
    private readonly SchemaNode? _propertyNames;
    private readonly int _minProperties;
    private readonly int _maxProperties;

    private ObjectRules(KeywordReader reader)
    {
        var applicators = reader.Vocabulary.HasFlag(Vocabulary.Applicator);
        var validation = reader.Vocabulary.HasFlag(Vocabulary.Validation);
        var properties = applicators ? reader.Map("properties") : [];
        var dependentSchemas = applicators ? reader.Map("dependentSchemas") : [];
        var required = (validation ? reader.Names("required") : null) ?? [];
        var dependentRequired = validation && reader.TryGet("dependentRequired", out var map)
            ? reader.Members("dependentRequired", map).ConvertAll(entry => (entry.Name, Needed: reader.Names("dependentRequired", entry.Value)))
            : [];
        var patterns = applicators ? reader.Map("patternProperties") : [];

        var indexes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (name, _) in properties) Index(name);
        _required = [.. required.Select(Index)];
        _dependentRequired = [.. dependentRequired.Select(entry => (Index(entry.Name), entry.Needed.Select(Index).ToArray()))];
        DependentSchemas = [.. dependentSchemas.Select(entry => (Index(entry.Name), entry.Schema))];
        _names = new([.. indexes.Keys]);
        _schemas = new SchemaNode?[indexes.Count];
        foreach (var (name, schema) in properties) _schemas[indexes[name]] = schema;
        _patterns = [.. patterns.Select(entry => (reader.Pattern("patternProperties", entry.Name), entry.Schema))];
        _additional = applicators ? reader.Schema("additionalProperties") : null;
        _propertyNames = applicators ? reader.Schema("propertyNames") : null;
        _minProperties = (validation ? reader.Count("minProperties") : null) ?? 0;
        _maxProperties = (validation ? reader.Count("maxProperties") : null) ?? int.MaxValue;

        int Index(string name) => indexes.TryGetValue(name, out var index) ? index : indexes[name] = indexes.Count;
    }

    /// <summary>The schemas that apply to the object itself while it has a property, by the property's index.</summary>
    public (int Trigger, SchemaNode Schema)[] DependentSchemas { get; }

    /// <summary>The names of the required properties.</summary>
    public IEnumerable<string> Required => _required.Select(index => _names.Names[index]);

    /// <summary>The properties that have a schema of their own.</summary>
    public IEnumerable<(string Name, SchemaNode Schema)> Properties
    {
        get
        {
            for (var i = 0; i < _schemas.Length; i++)
                if (_schemas[i] is { } schema) yield return (_names.Names[i], schema);
        }
    }

    private bool IsEmpty => _names.Names.Count == 0 && _patterns.Length == 0 && _additional is null && _propertyNames is null &&
        _minProperties == 0 && _maxProperties == int.MaxValue;

    public static ObjectRules? Read(KeywordReader reader)
    {
        var rules = new ObjectRules(reader);
        return rules.IsEmpty ? null : rules;
    }

    public bool Check(SchemaNode node, Evaluation run, JsonElement instance, Marks? marks)
    {
        var words = (_names.Names.Count + 63) / 64;
        var present = words <= PresentOnStack ? stackalloc ulong[PresentOnStack] : new ulong[words];
        present.Clear();
        var valid = true;
        var count = 0;
        foreach (var property in instance.EnumerateObject())
        {
            var raw = JsonMarshal.GetRawUtf8PropertyName(property);
            var index = _names.FindEscaped(raw);
            if (index >= 0) present[index >> 6] |= 1UL << (index & 63);
            if (!CheckProperty(node, run, property, raw, index, count, marks))
            {
                valid = false;
                if (!run.Collecting) return false;
            }
            count++;
        }
        if ((count < _minProperties || count > _maxProperties) && !FailCount(node, run, count)) valid = false;
        if (!valid && !run.Collecting) return false;
        return CheckPresence(node, run, present) & CheckDependents(run, instance, present, marks) & valid;
    }

    /// <summary>Visits the schemas that apply to a property, as far as that is known without a pattern that backtracks.</summary>
    /// <returns>False where the property is not allowed.</returns>
    public bool VisitSchemas(ReadOnlySpan<byte> name, Action<SchemaNode> visit)
    {
        var index = _names.Find(name);
        var schema = index < 0 ? null : _schemas[index];
        if (schema is not null) visit(schema);
        var matched = schema is not null;
        foreach (var (pattern, patternSchema) in _patterns)
        {
            if (pattern.TryMatch(name) is not { } matches)
            {
                matched = true;
            }
            else if (matches)
            {
                matched = true;
                visit(patternSchema);
            }
        }
        if (matched || _additional is null) return true;
        if (_additional.Always == false) return false;
        visit(_additional);
        return true;
    }

    /// <summary>A required property that is not among the names.</summary>
    public string? FindMissing(NameSet names)
    {
        foreach (var index in _required)
            if (!names.Contains(_names.Utf8(index))) return _names.Names[index];
        return null;
    }

    /// <summary>The sentence for a property that nothing allows.</summary>
    public string ExplainUnknown(string name)
    {
        var known = Properties.Where(property => property.Schema.Always != false).Select(property => property.Name).ToArray();
        var near = NearName.Find(name, known);
        var shown = Schema.Describe.Cut(System.Text.Encoding.UTF8.GetBytes(name));
        var hint = near is not null ? $"; did you mean `{near}`?"
            : known.Length > 0 ? $"; known: {Schema.Describe.Choices([.. known.Select(each => $"`{each}`")])}"
            : "; no properties are allowed here";
        return $"unknown property `{shown}`{hint}";
    }

    private bool CheckProperty(
        SchemaNode node, Evaluation run, in JsonProperty property, ReadOnlySpan<byte> raw, int index, int position, Marks? marks)
    {
        var valid = true;
        var matched = false;
        if (index >= 0 && _schemas[index] is { } schema)
        {
            matched = true;
            valid = run.EvaluateProperty(schema, property);
        }
        foreach (var (pattern, patternSchema) in _patterns)
        {
            if (!pattern.IsMatch(run, raw)) continue;
            matched = true;
            valid &= run.EvaluateProperty(patternSchema, property);
        }
        if (!matched && _additional is not null)
        {
            matched = true;
            if (_additional.Always == false)
            {
                valid = false;
                if (run.Collecting) FailUnknown(node, run, property);
            }
            else
            {
                valid &= run.EvaluateProperty(_additional, property);
            }
        }
        if (matched) marks?.Set(position);
        if (_propertyNames is not null && (valid || run.Collecting)) valid &= CheckName(node, run, property, raw);
        return valid;
    }

    private bool CheckName(SchemaNode node, Evaluation run, in JsonProperty property, ReadOnlySpan<byte> raw)
    {
        if (_propertyNames!.Always is true) return true;
        var quoted = new byte[raw.Length + 2];
        quoted[0] = quoted[^1] = (byte)'"';
        raw.CopyTo(quoted.AsSpan(1));
        var name = JsonElement.Parse(quoted);
        if (run.Test(_propertyNames, name, null)) return true;
        if (!run.Collecting) return false;
        var reasons = run.Collect(_propertyNames, name);
        var expected = reasons.Count == 0 ? "another name" : $"a name that is {reasons[0].Expected}";
        run.Add(run.PropertyError(node, "propertyNames", property, expected, $"the name {Schema.Describe.Value(name)}"));
        return false;
    }

    private bool CheckPresence(SchemaNode node, Evaluation run, ReadOnlySpan<ulong> present)
    {
        var valid = true;
        foreach (var index in _required)
        {
            if (Has(present, index)) continue;
            valid = false;
            if (!run.Collecting) return false;
            FailMissing(node, run, "required", index, "");
        }
        foreach (var (trigger, needed) in _dependentRequired)
        {
            if (!Has(present, trigger)) continue;
            foreach (var index in needed)
            {
                if (Has(present, index)) continue;
                valid = false;
                if (!run.Collecting) return false;
                FailMissing(node, run, "dependentRequired", index, $", which `{_names.Names[trigger]}` needs");
            }
        }
        return valid;
    }

    private bool CheckDependents(Evaluation run, JsonElement instance, ReadOnlySpan<ulong> present, Marks? marks)
    {
        var valid = true;
        foreach (var (trigger, schema) in DependentSchemas)
        {
            if (!Has(present, trigger) || schema.Evaluate(run, instance, marks)) continue;
            valid = false;
            if (!run.Collecting) return false;
        }
        return valid;
    }

    private void FailUnknown(SchemaNode node, Evaluation run, in JsonProperty property)
    {
        var error = run.PropertyError(node, "additionalProperties", property, "a known property", $"`{property.Name}`");
        run.Add(error.Saying(ExplainUnknown(property.Name)));
    }

    private void FailMissing(SchemaNode node, Evaluation run, string keyword, int index, string reason)
    {
        var name = _names.Names[index];
        run.Add(run.Error(node, keyword, $"the property `{name}`", "none").Saying($"missing property `{name}`{reason}"));
    }

    private bool FailCount(SchemaNode node, Evaluation run, int count)
    {
        if (!run.Collecting) return false;
        var (keyword, expected) = count < _minProperties
            ? ("minProperties", "at least " + Schema.Describe.Count(_minProperties, "property"))
            : ("maxProperties", "at most " + Schema.Describe.Count(_maxProperties, "property"));
        run.Fail(node, keyword, expected, count.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return false;
    }

    private static bool Has(ReadOnlySpan<ulong> present, int index) => (present[index >> 6] >> (index & 63) & 1) != 0;
}
