using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Omega.Gpt.Functions.Schema;

/// <summary>Follows a text through the schemas that must hold at each of its places, whatever else the schema says.</summary>
/// <param name="root">The schema of the text, or null where only its being JSON matters.</param>
internal sealed class IncrementalCheck(SchemaNode? root) : IJsonSink
{
    /// <summary>More schemas than this at one place are left to the full validation.</summary>
    private const int MaxActive = 64;

    private static readonly JsonElement True = JsonElement.Parse("true");
    private static readonly JsonElement False = JsonElement.Parse("false");
    private static readonly JsonElement Null = JsonElement.Parse("null");

    private readonly List<Frame> _frames = [];
    private readonly List<SchemaNode> _active = [];
    private readonly IncrementalScalar _scalar = new();
    private Action<SchemaNode>? _activate;
    private int _depth;
    private bool _isName;

    /// <summary>An object or array that is open.</summary>
    private sealed class Frame
    {
        public List<SchemaNode> Active { get; } = [];

        public NameSet Names => field ??= new();

        public bool IsObject { get; set; }

        /// <summary>Whether a name is complete, so that it belongs to the path.</summary>
        public bool HasName { get; set; }

        /// <summary>The position of the item last begun; -1 before the first.</summary>
        public int Index { get; set; }
    }

    public SchemaError? Error { get; private set; }

    private Frame Top => _frames[_depth - 1];

    /// <summary>The error of text that is no JSON.</summary>
    public SchemaError Syntax(string expected, string found) => new(Path(_depth), "json", "", expected, found);

    public bool BeginValue(byte first)
    {
        if (_depth == 0 && root is not null) Activate(root);
        else if (_depth > 0 && !Top.IsObject && !BeginItem()) return false;
        var type = TypeOf(first);
        foreach (var node in _active)
        {
            if (node.Always == false) return Refuse(node, JsonTypeNames.Describe(type));
            if (node.Value is { } value && !CheckStart(node, value, type, first)) return false;
        }
        if (type is JsonTypes.Object or JsonTypes.Array) Push(type == JsonTypes.Object);
        else if (type is not (JsonTypes.Null or JsonTypes.Boolean)) _scalar.Begin(_active, isText: type == JsonTypes.String);
        return true;
    }

    public bool BeginName()
    {
        _isName = true;
        Top.HasName = false;
        Top.Names.Begin();
        return true;
    }

    public int Text(ReadOnlySpan<byte> utf8)
    {
        if (!_isName)
        {
            var taken = _scalar.Append(utf8);
            if (taken < utf8.Length) Fail(_scalar.Fault);
            return taken;
        }
        Top.Names.Append(utf8);
        return utf8.Length;
    }

    public bool EndText()
    {
        if (_isName) return EndName();
        return _scalar.End() || Fail(_scalar.Fault);
    }

    public bool EndContainer()
    {
        var frame = Top;
        _depth--;
        if (!frame.IsObject) return true;
        foreach (var node in frame.Active)
        {
            if (node.Object?.FindMissing(frame.Names) is not { } missing) continue;
            return Fail(new(node, "required", $"the property `{missing}`", "none") { Sentence = $"missing property `{missing}`" });
        }
        return true;
    }

    private bool EndName()
    {
        _isName = false;
        var frame = Top;
        frame.HasName = true;
        var isNew = frame.Names.End();
        var utf8 = frame.Names.Current;
        if (!isNew)
        {
            Error = Syntax("each property once", $"`{Describe.Cut(utf8)}` again");
            return false;
        }
        _active.Clear();
        _activate ??= Activate;
        foreach (var node in frame.Active)
        {
            if (node.Object is not { } rules || rules.VisitSchemas(utf8, _activate)) continue;
            var name = Encoding.UTF8.GetString(utf8);
            return Fail(new(node, "additionalProperties", "a known property", $"`{name}`") { Sentence = rules.ExplainUnknown(name) });
        }
        return true;
    }

    private bool BeginItem()
    {
        var frame = Top;
        frame.Index++;
        _active.Clear();
        foreach (var node in frame.Active)
        {
            if (node.Array is not { } rules) continue;
            if (frame.Index >= rules.MaxItems)
            {
                _depth--;
                return Fail(new(node, "maxItems", "at most " + Describe.Count(rules.MaxItems, "item"), "one more"));
            }
            if (rules.ItemAt(frame.Index) is { } item) Activate(item);
        }
        return true;
    }

    private void Activate(SchemaNode node)
    {
        foreach (var each in node.Conjuncts)
            if (_active.Count < MaxActive) _active.Add(each);
    }

    private bool CheckStart(SchemaNode node, ValueRules rules, JsonTypes type, byte first)
    {
        if ((rules.Types & type) == 0) return Fail(new(node, "type", JsonTypeNames.Describe(rules.Types), Begun(first)));
        foreach (var (keyword, choice) in rules.Choices)
        {
            var fits = first switch
            {
                (byte)'t' => choice.Has(True),
                (byte)'f' => choice.Has(False),
                (byte)'n' => choice.Has(Null),
                _ => (choice.Types & type) != 0,
            };
            if (!fits) return Fail(new(node, keyword, choice.InWords(), Begun(first)));
        }
        return true;
    }

    private void Push(bool isObject)
    {
        if (_depth == _frames.Count) _frames.Add(new());
        var frame = _frames[_depth++];
        (frame.IsObject, frame.HasName, frame.Index) = (isObject, false, -1);
        frame.Active.Clear();
        frame.Active.AddRange(_active);
        if (isObject) frame.Names.Clear();
    }

    private bool Refuse(SchemaNode node, string found)
    {
        Error = new(Path(_depth), "false", node.Resource.Document.Describe(node.Pointer), "no value here", found);
        return false;
    }

    private bool Fail(IncrementalFault fault)
    {
        var (node, keyword, expected, found) = fault;
        var error = new SchemaError(Path(_depth), keyword, node.Resource.Document.Describe($"{node.Pointer}/{keyword}"), expected, found);
        Error = fault.Sentence is { } sentence ? error.Saying(sentence) : error;
        return false;
    }

    private string Path(int depth)
    {
        var path = new StringBuilder();
        for (var i = 0; i < depth; i++)
        {
            var frame = _frames[i];
            if (frame.IsObject && frame.HasName) path.Append('/').Append(JsonPointer.Escape(Encoding.UTF8.GetString(frame.Names.Current)));
            else if (!frame.IsObject && frame.Index >= 0) path.Append('/').Append(frame.Index.ToString(CultureInfo.InvariantCulture));
        }
        return path.ToString();
    }

    private static JsonTypes TypeOf(byte first) => first switch
    {
        (byte)'{' => JsonTypes.Object,
        (byte)'[' => JsonTypes.Array,
        (byte)'"' => JsonTypes.String,
        (byte)'t' or (byte)'f' => JsonTypes.Boolean,
        (byte)'n' => JsonTypes.Null,
        _ => JsonTypes.Number | JsonTypes.Integer,
    };

    private static string Begun(byte first) => first switch
    {
        (byte)'t' => "true",
        (byte)'f' => "false",
        _ => JsonTypeNames.Describe(TypeOf(first)),
    };
}

/// <summary>Which keyword of which schema the text has broken, and how.</summary>
internal sealed record IncrementalFault(SchemaNode Node, string Keyword, string Expected, string Found)
{
    /// <summary>The sentence after the place, where it is not "expected …, found …".</summary>
    public string? Sentence { get; init; }
}
