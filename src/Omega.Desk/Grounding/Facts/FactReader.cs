using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Omega.Desk.Prose;

namespace Omega.Desk.Facts;

/// <summary>Collects the figures of all sources, with what the names around them say.</summary>
internal sealed class FactReader
{
    private readonly Vocabulary _vocabulary;
    private readonly KeyReader _keys;
    private readonly List<Fact> _facts = [];
    private readonly List<(string Text, Scope Scope, string Pointer)> _texts = [];
    private readonly StringBuilder _pointer = new();
    private readonly List<int> _marks = [];

    private FactReader(Vocabulary vocabulary) => (_vocabulary, _keys) = (vocabulary, new KeyReader(vocabulary));

    /// <summary>Whether there was more than is looked at.</summary>
    public bool IsCut { get; private set; }

    public static (List<Fact> Facts, bool IsCut) Read(IReadOnlyList<GroundingSource> sources, Vocabulary vocabulary)
    {
        var reader = new FactReader(vocabulary);
        foreach (var source in sources)
            reader.Source(source);

        // Texts come last: by then all the names of the results are known.
        foreach (var (text, scope, pointer) in reader._texts)
            reader.Text(text, scope, pointer);
        return (reader._facts, reader.IsCut);
    }

    private void Source(GroundingSource source)
    {
        var scope = new Scope(source.Ref, source.IsGiven);
        if (source.Text is { } text)
            _texts.Add((text, scope, ""));
        if (source.Arguments is { } arguments)
        {
            var named = Qualified(scope, arguments);
            Value(arguments, named with { IsGiven = true }, null, 0);
            scope = scope with { Market = named.Market, Timeframe = named.Timeframe, Strategy = named.Strategy };
        }

        if (source.Json is { } json)
            Value(json, scope, null, 0);
    }

    private void Value(JsonElement json, Scope scope, string? name, int depth)
    {
        if (depth > Grounding.Deepest || _facts.Count >= Grounding.MostFacts)
        {
            IsCut = true;
            return;
        }

        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                Object(json, scope, name, depth);
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in json.EnumerateArray())
                {
                    Push(index.ToString(CultureInfo.InvariantCulture));
                    Value(item, scope, name, depth + 1);
                    Pop();
                    index++;
                }

                break;
            case JsonValueKind.Number when json.TryGetDouble(out var number) && double.IsFinite(number):
                Add(number, scope, name, null);
                break;
            case JsonValueKind.String:
                String(json.GetString()!, scope, name);
                break;
        }
    }

    private void Object(JsonElement json, Scope scope, string? name, int depth)
    {
        scope = Qualified(scope, json);
        if (json.TryGetProperty("value", out var value) && Number(value) is { } figure && (json.TryGetProperty("unit", out var unit) | (json.TryGetProperty("name", out var label) || json.TryGetProperty("label", out label) || json.TryGetProperty("metric", out label) || json.TryGetProperty("figure", out label))))
        {
            Push("value");
            if (label.ValueKind == JsonValueKind.String)
                name = label.GetString();
            Add(figure, name is null ? scope : scope.Within(_keys.Read(name), name), name, unit.ValueKind == JsonValueKind.String ? unit.GetString() : null);
            Pop();
            foreach (var other in json.EnumerateObject())
            {
                if (other.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                    Property(other, scope, depth);
            }

            return;
        }

        foreach (var property in json.EnumerateObject())
            Property(property, scope, depth);
    }

    private void Property(JsonProperty property, Scope scope, int depth)
    {
        Push(property.Name);
        if (property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
        {
            // "figures": {"trend.ema_20": …} and "figures" itself name nothing; "support": [...] names its entries.
            var within = property.Name is "figures" or "data" or "result" or "results" ? scope : scope.Within(_keys.Read(property.Name), property.Name);
            if (property.Name is "parameters" or "arguments" or "params")
                within = within with { IsGiven = true };
            Value(property.Value, within, property.Name, depth + 1);
        }
        else
        {
            Value(property.Value, scope, property.Name, depth + 1);
        }

        Pop();
    }

    private void String(string text, Scope scope, string? name)
    {
        if (text.Length <= 40 && Number(text) is { } number)
        {
            if (name is not ("ref" or "id" or "seed"))
                Add(number, scope, name, null);
        }
        else if (name is null || (text.Contains(' ', StringComparison.Ordinal) && text.AsSpan().IndexOfAnyInRange('0', '9') >= 0 && name is not ("ref" or "source" or "as_of" or "time" or "data_sha256" or "method" or "definition" or "meaning")))
        {
            _texts.Add((text, scope, _pointer.ToString()));
        }
    }

    private void Add(double value, Scope scope, string? name, string? unitText)
    {
        // Which level or quantile a figure is of says nothing by itself.
        if (name is "confidence" || (name is "ratio" && scope.Key.Names.Contains("fibonacci")))
            return;
        if (name is "seed" or "sequence" or "timestamp" or "id" or "index" or "position_index" || _facts.Count >= Grounding.MostFacts)
            return;
        var leaf = name is null ? Key.Empty : _keys.Read(LastOf(name));
        var named = name is not null && LastOf(name) is var last && last.Length < name.Length ? scope.Within(_keys.Read(name[..(name.Length - last.Length - 1)]), name) : scope;
        var isOwn = named.Name is null || leaf.Names.Length > 0 && !leaf.IsGeneric || named.Key.Names.Length == 0;

        // "The support is 2 % away": what a level has may go by the level's name.
        var names = !isOwn ? named.Key.Names : leaf.Names.Length > 0 && named.Key.Names.Length > 0 && leaf.Names[0] is "distance" or "depth" or "touches" or "return" ? [.. leaf.Names, .. named.Key.Names] : leaf.Names;
        var (unit, code) = Unit(name, named, leaf, isOwn, value, unitText);
        _facts.Add(new Fact
        {
            Ref = scope.Ref,
            Source = scope.Source,
            Pointer = _pointer.ToString(),
            Value = value,
            Unit = unit,
            UnitText = unitText,
            Code = code ?? (unit == FactUnit.Quantity ? scope.Market : unit == FactUnit.Currency ? scope.Quote : null),
            Names = names,
            Modifiers = leaf.Modifiers.Length == 0 ? named.Modifiers : [.. named.Modifiers.Where(modifier => !Array.Exists(leaf.Modifiers, own => own.Group == modifier.Group)), .. leaf.Modifiers],
            Lengths = leaf.Names.Length > 0 && isOwn ? leaf.Lengths : named.Key.Lengths,
            Market = leaf.Market ?? named.Market,
            Timeframe = leaf.Timeframe ?? named.Timeframe,
            Strategy = leaf.Strategy ?? named.Strategy,

            IsGiven = scope.IsGiven,
        });
    }

    private static (FactUnit Unit, string? Code) Unit(string? name, Scope named, Key leaf, bool isOwn, double value, string? unitText)
    {
        if (unitText is not null && FactUnits.Of(unitText) is var stated && stated.Unit != FactUnit.Unknown)
            return stated;
        if (name is null)
            return (FactUnit.Unknown, null);
        var last = LastOf(name);
        if (FactUnits.OfName(last) is var ending && ending.Unit != FactUnit.Unknown)
            return ending;
        var container = name.Length > last.Length ? LastOf(name[..(name.Length - last.Length - 1)]) : named.Name;
        if (FactUnits.Definition(container, last) is var defined && defined != FactUnit.Unknown)
            return (defined, null);
        var unit = leaf.Unit != FactUnit.Unknown ? leaf.Unit : isOwn ? FactUnit.Unknown : named.Key.Unit;

        // A foreign result may count in per cent what Omega counts in fractions.
        return (unit == FactUnit.Fraction && Math.Abs(value) > 1.5 && !last.Contains("return", StringComparison.Ordinal) ? FactUnit.Unknown : unit, null);
    }

    /// <summary>What an object says of all its figures: market, timeframe, strategy, source, and which of a list it is.</summary>
    private Scope Qualified(Scope scope, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            return scope;
        foreach (var property in json.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.String)
            {
                scope = Qualified(scope, property.Name, property.Value.GetString()!);
            }
            else if (property.Value.ValueKind == JsonValueKind.Number && property.Name is "confidence" or "ratio" && property.Value.TryGetDouble(out var number))
            {
                // Fractions here, per cent in prose; of Fibonacci, the ratio of the leg.
                var modifier = property.Name == "confidence"
                    ? new Modifier("confidence", KeyReader.Number(Math.Round(number <= 1 ? number * 100 : number, 4)))
                    : new Modifier("leg", TermScanner.Ratio(number));
                if (property.Name == "confidence" || scope.Key.Names.Contains("fibonacci"))
                    scope = scope with { Modifiers = [.. scope.Modifiers, modifier] };
            }
        }

        return scope;
    }

    private Scope Qualified(Scope scope, string name, string text)
    {
        switch (name)
        {
            case "market" or "instrument" or "symbol" or "pair" or "asset" or "coin":
                if (Vocabulary.MarketName(text) is not { } market)
                    return scope;
                _vocabulary.Add(new Term([market], TermKind.Market, [market], [], FactUnit.Unknown, false, false));
                var slash = text.AsSpan().IndexOfAny("/-");
                return scope with { Market = market, Quote = slash >= 0 ? text[(slash + 1)..].ToLowerInvariant() : scope.Quote };
            case "timeframe" or "interval" or "period":
                return scope with { Timeframe = text.ToLowerInvariant() };
            case "source":
                return scope with { Source = text };
            case "strategy":
                return scope with { Strategy = Strategy(text) };
            case "side" or "type" or "kind" or "direction" or "method" when text.Length < 40:
                var key = _keys.Read(text);
                return key.Modifiers.Length == 0 ? scope : scope with { Modifiers = [.. scope.Modifiers, .. key.Modifiers] };
            default:
                return scope;
        }
    }

    /// <summary>A strategy's name becomes a term: "ema-cross" is found as "EMA cross" in the prose.</summary>
    private string Strategy(string text)
    {
        var tokens = new List<Token>();
        Lexer.ReadPlain(text, tokens);
        var words = tokens.Where(token => token.IsWord).Select(token => token.Text).ToArray();
        if (words.Length is 0 or > 6)
            return text;
        var known = _vocabulary.Find(CollectionsMarshal.AsSpan(tokens), out var length);
        if (known is { Kind: TermKind.Strategy } && length == tokens.Count && known.Names[0] != "*")
            return known.Names[0];
        var name = string.Join(' ', words);
        _vocabulary.Add(new Term(words, TermKind.Strategy, [name], [], FactUnit.Unknown, false, true));
        if (words[^1] is "cross")
            _vocabulary.Add(new Term([.. words[..^1], "crossover"], TermKind.Strategy, [name], [], FactUnit.Unknown, false, true));
        return name;
    }

    /// <summary>The figures of a text, named as in an answer.</summary>
    private void Text(string text, Scope scope, string pointer)
    {
        var prose = ProseText.Read(text, _vocabulary);
        IsCut |= prose.IsCut;
        foreach (var figure in prose.Figures)
        {
            if (_facts.Count >= Grounding.MostFacts)
            {
                IsCut = true;
                return;
            }

            _facts.Add(new Fact
            {
                Ref = scope.Ref,
                Source = scope.Source,
                Pointer = pointer,
                Value = figure.Value,
                Unit = OfProse(figure.Unit),
                UnitText = null,
                Code = figure.Code,
                Names = [.. figure.Labels.SelectMany(label => label.Term.Names).Distinct()],
                Modifiers = [.. figure.Labels.SelectMany(label => label.Modifiers), .. figure.Context],
                Lengths = [.. figure.Labels.SelectMany(label => label.Lengths ?? [])],
                Market = figure.Market ?? scope.Market,
                Timeframe = figure.Timeframe ?? scope.Timeframe,
                Strategy = figure.Strategy is null or "*" ? scope.Strategy : figure.Strategy,
                IsGiven = scope.IsGiven,
                Step = figure.Step,
            });
        }
    }

    private static FactUnit OfProse(FigureUnit unit) => unit switch
    {
        FigureUnit.Currency => FactUnit.Currency,
        FigureUnit.Percent => FactUnit.Percent,
        FigureUnit.BasisPoints => FactUnit.BasisPoints,
        FigureUnit.Quantity => FactUnit.Quantity,
        FigureUnit.Atr => FactUnit.Atr,
        FigureUnit.Sigma => FactUnit.Sigma,
        FigureUnit.Multiple => FactUnit.Ratio,
        FigureUnit.Duration => FactUnit.Seconds,
        _ => FactUnit.Unknown,
    };

    private static double? Number(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Number when json.TryGetDouble(out var number) && double.IsFinite(number) => number,
        JsonValueKind.String => Number(json.GetString()!),
        _ => null,
    };

    private static double? Number(string text) =>
        text.Length is > 0 and <= 40 && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    /// <summary>Behind the last dot: results may name a figure by its whole path.</summary>
    private static string LastOf(string name) => name[(name.LastIndexOfAny(['.', '/']) + 1)..];

    private void Push(string name)
    {
        _marks.Add(_pointer.Length);
        _pointer.Append('/').Append(name.AsSpan().IndexOfAny('~', '/') < 0 ? name : name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
    }

    private void Pop()
    {
        _pointer.Length = _marks[^1];
        _marks.RemoveAt(_marks.Count - 1);
    }
}
