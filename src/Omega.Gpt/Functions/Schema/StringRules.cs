using System.Text.Json;

namespace Omega.Gpt.Functions.Schema;

/// <summary><c>minLength</c>, <c>maxLength</c> (in code points), <c>pattern</c> and <c>format</c>.</summary>
internal sealed class StringRules
{
    private readonly SchemaPattern? _pattern;
    private readonly Format? _format;

    private StringRules(int minLength, int maxLength, SchemaPattern? pattern, Format? format) =>
        (MinLength, MaxLength, _pattern, _format) = (minLength, maxLength, pattern, format);

    public int MinLength { get; }

    public int MaxLength { get; }

    public static StringRules? Read(KeywordReader reader)
    {
        var rules = new StringRules(0, int.MaxValue, null, null);
        if (reader.Vocabulary.HasFlag(Vocabulary.Validation))
        {
            var pattern = reader.Text("pattern") is { } text ? reader.Pattern("pattern", text) : null;
            rules = new(reader.Count("minLength") ?? 0, reader.Count("maxLength") ?? int.MaxValue, pattern, null);
        }
        var name = reader.Text("format");
        var asserted = reader.Options.AssertFormat || reader.Vocabulary.HasFlag(Vocabulary.FormatAssertion);
        if (name is not null && asserted) rules = new(rules.MinLength, rules.MaxLength, rules._pattern, Format.Find(name));
        return rules is { MinLength: 0, MaxLength: int.MaxValue, _pattern: null, _format: null } ? null : rules;
    }

    public bool Check(SchemaNode node, Evaluation run, JsonElement instance)
    {
        var raw = JsonText.Raw(instance);
        // Counting is spared where the bytes alone decide: a code point has at most four, or twelve when escaped.
        if (raw.Length > MaxLength || raw.Length < MinLength * 12L)
        {
            var length = JsonText.CountCodePoints(raw);
            if (length < MinLength || length > MaxLength)
            {
                if (!run.Collecting) return false;
                var (keyword, expected) = length < MinLength
                    ? ("minLength", "at least " + Describe.Count(MinLength, "character"))
                    : ("maxLength", "at most " + Describe.Count(MaxLength, "character"));
                run.Fail(node, keyword, expected, $"{Describe.Count(length, "character")}: {Describe.Value(instance)}");
                return false;
            }
        }
        if (_pattern is not null && !_pattern.IsMatch(run, raw))
        {
            if (run.Collecting) run.Fail(node, "pattern", $"text that matches {_pattern.Source}", Describe.Value(instance));
            return false;
        }
        if (_format is not null && !_format.IsMatch(run.Characters(raw)))
        {
            if (run.Collecting) run.Fail(node, "format", _format.Description, Describe.Value(instance));
            return false;
        }
        return true;
    }
}
