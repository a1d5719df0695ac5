using System.Text;
using Omega.Gpt.Functions.Schema;

namespace Omega.Gpt.Tests.Functions.Schema;

internal sealed record IncrementalVerdict(SchemaError? Error, bool IsComplete, long Position);

internal static class IncrementalTexts
{
    /// <summary>Feeds a whole text byte by byte and ends it.</summary>
    public static IncrementalVerdict Feed(JsonSchema schema, string text) =>
        Feed(schema, Encoding.UTF8.GetBytes(text), Enumerable.Repeat(1, int.MaxValue));

    /// <summary>Feeds bytes in pieces of the given lengths, and ends the text.</summary>
    public static IncrementalVerdict Feed(JsonSchema schema, ReadOnlySpan<byte> utf8, IEnumerable<int> lengths)
    {
        var validator = new IncrementalValidator(schema);
        foreach (var length in lengths)
        {
            if (utf8.IsEmpty) break;
            var piece = Math.Min(length, utf8.Length);
            validator.Append(utf8[..piece]);
            utf8 = utf8[piece..];
        }
        return End(validator);
    }

    /// <summary>Feeds characters in pieces of the given lengths, and ends the text.</summary>
    public static IncrementalVerdict FeedCharacters(JsonSchema schema, ReadOnlySpan<char> text, IEnumerable<int> lengths)
    {
        var validator = new IncrementalValidator(schema);
        foreach (var length in lengths)
        {
            if (text.IsEmpty) break;
            var piece = Math.Min(length, text.Length);
            validator.Append(text[..piece]);
            text = text[piece..];
        }
        return End(validator);
    }

    private static IncrementalVerdict End(IncrementalValidator validator)
    {
        var error = validator.Finish();
        return new(error, validator.IsComplete, validator.Position);
    }
}
