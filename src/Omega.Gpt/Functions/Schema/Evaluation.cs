using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Omega.Gpt.Functions.Schema;

/// <summary>
/// The state of one validation. It runs twice at most: first only for yes or no, stopping at the first failure; then, where that was no,
/// once more to collect errors with their paths.
/// </summary>
internal sealed class Evaluation(JsonSchemaOptions options, bool usesDynamicScope)
{
    private readonly List<SchemaResource> _scopes = [];
    private readonly List<int> _scopeDepths = [];
    private readonly List<Step> _path = [];
    private List<SchemaError>? _errors;
    private SchemaError? _limit;
    private char[] _chars = [];
    private int _steps;
    private int _nested;

    private readonly record struct Step(JsonProperty Property, int Index);

    /// <summary>Whether errors are wanted; where not, the first failure ends the evaluation.</summary>
    public bool Collecting => _errors is not null && _errors.Count < options.MaxErrors;

    /// <summary>What is left of the time that backtracking patterns may take.</summary>
    public PatternClock Patterns { get; } = new(options.PatternTimeout);

    public static SchemaResult Run(SchemaNode root, JsonElement instance, JsonSchemaOptions options, bool usesDynamicScope)
    {
        var run = new Evaluation(options, usesDynamicScope);
        if (run.Evaluate(root, instance)) return SchemaResult.Valid;
        if (run._limit is { } limit) return new([limit]);
        run._errors = [];
        run._steps = 0;
        run.Evaluate(root, instance);
        if (run._limit is { } late) run._errors.Add(late);
        return new(run._errors);
    }

    private bool Evaluate(SchemaNode root, JsonElement instance) => root.Evaluate(this, instance, null) && _limit is null;

    /// <summary>Begins to apply a schema. False ends the whole validation: it has become too long or too deep.</summary>
    public bool Enter(SchemaNode node)
    {
        if (!Spend(1)) return false;
        if ((++_nested & 15) == 0 && !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            _nested--;
            return Stop("a value and a schema that nest less deeply", "nesting that would exhaust the stack");
        }
        if (usesDynamicScope && (_scopes.Count == 0 || _scopes[^1] != node.Resource))
        {
            _scopes.Add(node.Resource);
            _scopeDepths.Add(_nested);
        }
        return true;
    }

    public void Leave()
    {
        if (_scopeDepths.Count > 0 && _scopeDepths[^1] == _nested)
        {
            _scopes.RemoveAt(_scopes.Count - 1);
            _scopeDepths.RemoveAt(_scopeDepths.Count - 1);
        }
        _nested--;
    }

    /// <summary>Counts work. False where the validation's allowance is used up.</summary>
    public bool Spend(int steps)
    {
        if (_limit is not null) return false;
        _steps += steps;
        return _steps <= options.MaxSteps ||
            Stop("a value that takes less work", $"one that is too complex (more than {options.MaxSteps} steps)");
    }

    /// <summary>The outermost meaning of a dynamic anchor, or null where the dynamic scope has none.</summary>
    public SchemaNode? FindDynamic(string anchor)
    {
        foreach (var scope in _scopes)
            if (scope.DynamicTargets.TryGetValue(anchor, out var target)) return target;
        return null;
    }

    /// <summary>Ends the validation without an answer other than an error.</summary>
    public bool Stop(string expected, string found)
    {
        _limit ??= new SchemaError(Path(), "limit", "", expected, found);
        return false;
    }

    public bool EvaluateProperty(SchemaNode node, in JsonProperty property)
    {
        if (_errors is null) return node.Evaluate(this, property.Value, null);
        _path.Add(new(property, -1));
        var valid = node.Evaluate(this, property.Value, null);
        _path.RemoveAt(_path.Count - 1);
        return valid;
    }

    public bool EvaluateItem(SchemaNode node, JsonElement item, int index)
    {
        if (_errors is null) return node.Evaluate(this, item, null);
        _path.Add(new(default, index));
        var valid = node.Evaluate(this, item, null);
        _path.RemoveAt(_path.Count - 1);
        return valid;
    }

    /// <summary>Yes or no only; errors are not collected.</summary>
    public bool Test(SchemaNode node, JsonElement instance, Marks? marks)
    {
        var kept = _errors;
        _errors = null;
        var valid = node.Evaluate(this, instance, marks);
        _errors = kept;
        return valid;
    }

    /// <summary>The errors of one schema by itself.</summary>
    public List<SchemaError> Collect(SchemaNode node, JsonElement instance)
    {
        var kept = _errors;
        var own = _errors = [];
        node.Evaluate(this, instance, null);
        _errors = kept;
        return own;
    }

    public void Add(SchemaError error)
    {
        if (Collecting) _errors!.Add(error);
    }

    public void Fail(SchemaNode node, string keyword, string expected, string found) => Add(Error(node, keyword, expected, found));

    public SchemaError Error(SchemaNode node, string keyword, string expected, string found) =>
        new(Path(), keyword, node.Resource.Document.Describe($"{node.Pointer}/{keyword}"), expected, found);

    /// <summary>The error of a property of the current value.</summary>
    public SchemaError PropertyError(SchemaNode node, string keyword, in JsonProperty property, string expected, string found)
    {
        _path.Add(new(property, -1));
        var error = Error(node, keyword, expected, found);
        _path.RemoveAt(_path.Count - 1);
        return error;
    }

    /// <summary>The answer of the schema <c>false</c>.</summary>
    public bool Refuse(SchemaNode node, JsonElement instance)
    {
        if (Collecting)
            Add(new(Path(), "false", node.Resource.Document.Describe(node.Pointer), "no value here", Describe.Value(instance)));
        return false;
    }

    /// <summary>Text as characters, good until the next call.</summary>
    public ReadOnlySpan<char> Characters(ReadOnlySpan<byte> raw)
    {
        using var text = new JsonText(raw, stackalloc byte[256]);
        if (_chars.Length < text.Utf8.Length) _chars = new char[Math.Max(text.Utf8.Length, 64)];
        return _chars.AsSpan(0, Encoding.UTF8.GetChars(text.Utf8, _chars));
    }

    private string Path()
    {
        if (_path.Count == 0) return "";
        var path = new StringBuilder();
        foreach (var step in _path)
        {
            path.Append('/');
            if (step.Index >= 0) path.Append(step.Index);
            else path.Append(JsonPointer.Escape(step.Property.Name));
        }
        return path.ToString();
    }
}
