using System.Text;
using System.Text.Json;
using CsCheck;
using Omega.Gpt.Functions.Schema;

namespace Omega.Gpt.Tests.Functions.Schema;

/// <summary>What must hold for any schema and any text.</summary>
public sealed class SchemaPropertyTests
{
    private static readonly Gen<(string Schema, string Value)> Pairs = Gen.Select(SchemaGen.Root(2), SchemaGen.Value(3));

    /// <summary>Texts that are JSON, and texts that a few changed, lost or doubled characters keep from it.</summary>
    private static readonly Gen<string> Texts = Gen.Select(
        SchemaGen.Value(3),
        Gen.Select(Gen.Int[0, 200], Gen.OneOf("", "\"", "\\", "\\u12", "\\ud83d", "{", "]", ",", ":", "e", ".", "-", "0", "\u0001", " ", "tru", "é", "\ud800", "x")).List[0, 2],
        (text, edits) => edits.Aggregate(text, (now, edit) => Edit(now, edit.Item1, edit.Item2)));

    [Fact]
    public void Append_WhateverIsValid_NeverRefused()
    {
        var (valid, refused) = (0, 0);
        Pairs.Sample(pair =>
        {
            if (Compile(pair.Schema) is not { } schema) return true;
            var isValid = schema.Validate(pair.Value).IsValid;
            var verdict = IncrementalTexts.Feed(schema, pair.Value);
            Interlocked.Increment(ref isValid ? ref valid : ref verdict.Error is null ? ref valid : ref refused);
            return !isValid || verdict is { Error: null, IsComplete: true };
        }, iter: 2500);
        Assert.True(valid > 300 && refused > 300, $"{valid} valid, {refused} refused: too few to say anything");
    }

    [Fact]
    public void Validate_AnyWayOfAsking_SameAnswer() => Pairs.Sample(pair =>
    {
        if (Compile(pair.Schema) is not { } schema) return true;
        var expected = schema.Validate(pair.Value).IsValid;
        using var element = JsonDocument.Parse(pair.Value);
        if (schema.Validate(element.RootElement).IsValid != expected || schema.Validate(Encoding.UTF8.GetBytes(pair.Value)).IsValid != expected) return false;
        // A schema under a name, with itself, as the only alternative, and against its own negation.
        (string Wrapped, bool Same)[] wrappings =
        [
            ("\"$ref\":\"#/$defs/root\"", true), ("\"allOf\":[{\"$ref\":\"#/$defs/root\"},{\"$ref\":\"#/$defs/root\"}]", true),
            ("\"oneOf\":[false,{\"$ref\":\"#/$defs/root\"}]", true), ("\"not\":{\"$ref\":\"#/$defs/root\"}", false),
            ("\"if\":{\"$ref\":\"#/$defs/root\"},\"else\":false", true), ("\"if\":{\"$ref\":\"#/$defs/root\"},\"then\":false", false),
        ];
        foreach (var (wrapped, same) in wrappings)
        {
            var text = $"{{{wrapped},\"$defs\":{{\"root\":{{\"$id\":\"root\",{pair.Schema[1..]}}}}}";
            if (JsonSchema.Parse(text).Validate(pair.Value).IsValid != (expected == same)) return false;
        }
        return true;
    }, iter: 500);

    [Fact]
    public void Errors_WhenInvalid_NeverEmptyAndPointIntoTheValue() => Pairs.Sample(pair =>
    {
        if (Compile(pair.Schema) is not { } schema) return;
        using var element = JsonDocument.Parse(pair.Value);
        foreach (var error in schema.Validate(element.RootElement).Errors)
        {
            Assert.True(JsonPointer.TryFollow(element.RootElement, error.InstancePath, out _), error.ToString());
            Assert.True(JsonPointer.TryFollow(schema.Root, error.SchemaPath, out _), $"{error.SchemaPath}: {error}");
            Assert.NotEmpty(error.Expected);
        }
    }, iter: 2000);

    [Fact]
    public void Append_AnySplit_SameVerdict() => Gen.Select(SchemaGen.Root(2), Texts, Gen.Int[1, 7].List[1, 20]).Sample(sample =>
    {
        var (schemaText, text, lengths) = sample;
        if (Compile(schemaText) is not { } schema) return;
        var whole = IncrementalTexts.FeedCharacters(schema, text, [int.MaxValue]);
        Assert.Equal(whole, IncrementalTexts.FeedCharacters(schema, text, Repeat(lengths)));
        Assert.Equal(whole, IncrementalTexts.FeedCharacters(schema, text, Repeat([1])));
        if (text.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar)) return;
        var utf8 = Encoding.UTF8.GetBytes(text);
        Assert.Equal(whole, IncrementalTexts.Feed(schema, utf8, [int.MaxValue]));
        Assert.Equal(whole, IncrementalTexts.Feed(schema, utf8, Repeat(lengths)));
    }, iter: 2000);

    [Fact]
    public void Tokenizer_AnyText_AgreesWithTheStrictReader()
    {
        var anything = JsonSchema.Parse("true");
        var (sound, broken) = (0, 0);
        Texts.Sample(text =>
        {
            var accepted = IsStrict(text);
            Interlocked.Increment(ref accepted ? ref sound : ref broken);
            Assert.Equal(accepted, IncrementalTexts.FeedCharacters(anything, text, [int.MaxValue]).Error is null);
            Assert.Equal(accepted, anything.Validate(text).IsValid);
        }, iter: 20_000);
        Assert.True(sound > 1000 && broken > 1000, $"{sound} sound, {broken} broken: too few to say anything");
    }

    [Fact]
    public void Tokenizer_AnyBytes_AgreesWithTheStrictReader()
    {
        var anything = JsonSchema.Parse("true");
        Gen.OneOf((byte)'"', (byte)0x80, (byte)0xBF, (byte)0xC2, (byte)0xE0, (byte)0xA0, (byte)0xED, (byte)0x9F, (byte)0xF0, (byte)0x90, (byte)0xF4, (byte)0x8F, (byte)'a').Array[0, 6]
            .Sample(bytes =>
            {
                byte[] text = [(byte)'"', .. bytes, (byte)'"'];
                var accepted = System.Text.Unicode.Utf8.IsValid(text) && !bytes.Contains((byte)'"');
                Assert.Equal(accepted, IncrementalTexts.Feed(anything, text, Repeat([1])).Error is null);
                Assert.Equal(accepted, anything.Validate(text).IsValid);
            }, iter: 20_000);
    }

    private static JsonSchema? Compile(string text)
    {
        try
        {
            return JsonSchema.Parse(text);
        }
        catch (JsonSchemaException e) when (e.Problem.StartsWith("refers to itself", StringComparison.Ordinal) || e.Problem.Contains(" twice", StringComparison.Ordinal))
        {
            return null;
        }
    }

    /// <summary>The reader of .NET as the judge, with what it does not look at.</summary>
    private static bool IsStrict(string text)
    {
        if (text.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar)) return false;
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 128 });
            return IsWhole(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool IsWhole(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return value.GetString() is not null;
            case JsonValueKind.Array:
                return value.EnumerateArray().All(IsWhole);
            case JsonValueKind.Object:
                return value.EnumerateObject().All(property => property.Name is not null && IsWhole(property.Value));
            default:
                return true;
        }
    }

    private static IEnumerable<int> Repeat(List<int> lengths)
    {
        while (true)
            foreach (var length in lengths) yield return length;
    }

    private static string Edit(string text, int at, string edit)
    {
        at %= text.Length + 1;
        return edit.Length == 0 ? text[..at] + text[Math.Min(text.Length, at + 1)..] : text[..at] + edit + text[at..];
    }
}
