using System.Text.Json;
using Omega.Gpt.Functions.Schema;

namespace Omega.Gpt.Tests.Functions.Schema;

public sealed class PatternTests
{
    /// <summary>A pattern, a text and whether ECMA-262 (Unicode mode) finds it there.</summary>
    [Theory]
    [InlineData(@"^\d+$", "123", true)]
    [InlineData(@"^\d+$", "١٢٣", false)]
    [InlineData(@"^\w+$", "a_1", true)]
    [InlineData(@"^\w+$", "é", false)]
    [InlineData(@"^\W$", "é", true)]
    [InlineData(@"^\D$", "😀", true)]
    [InlineData(@"^\s$", "\uFEFF", true)]
    [InlineData(@"^\s$", "\u0085", false)]
    [InlineData(@"^\S$", "\u0085", true)]
    [InlineData(@"^a$", "a\n", false)]
    [InlineData(@"^.$", "\r", false)]
    [InlineData(@"^.$", "\u2028", false)]
    [InlineData(@"^.$", "\u0085", true)]
    [InlineData(@"^.$", "😀", true)]
    [InlineData(@"^..$", "😀", false)]
    [InlineData(@"^[^a]$", "😀", true)]
    [InlineData(@"^[^a]{2}$", "😀", false)]
    [InlineData(@"^[😀-😂]$", "😁", true)]
    [InlineData(@"^[😀-😂]$", "😃", false)]
    [InlineData(@"^[^😀-😂]$", "😁", false)]
    [InlineData(@"^[^😀-😂]$", "😃", true)]
    [InlineData(@"^[a-😀]$", "\uFFFD", true)]
    [InlineData(@"^[a-😀]$", "😀", true)]
    [InlineData(@"^[a-😀]$", "😁", false)]
    [InlineData(@"^[\u{10000}-\u{10FFFF}]$", "😀", true)]
    [InlineData(@"^[\u{1F000}-\u{20FFF}]$", "\U00020ABC", true)]
    [InlineData(@"^[\u{1F000}-\u{20FFF}]$", "\U00021000", false)]
    [InlineData(@"^😀+$", "😀😀", true)]
    [InlineData(@"^\u{1F600}$", "😀", true)]
    [InlineData(@"^\ud83d\ude00$", "😀", true)]
    [InlineData(@"^\u0061\x62\cJ\0$", "ab\n\0", true)]
    [InlineData(@"^[]$", "a", false)]
    [InlineData(@"^[^]$", "\n", true)]
    [InlineData(@"^[^]$", "😀", true)]
    [InlineData(@"^[\s\S]+$", "a😀\n", true)]
    [InlineData(@"^[\d\-x]+$", "1-x", true)]
    [InlineData(@"^[\w-.]+$", "a-.b", true)]
    [InlineData(@"^[a-c-e]+$", "a-e", true)]
    [InlineData(@"^[a-z-[aeiou]]$", "u]", true)]
    [InlineData(@"^[a-z-[aeiou]]$", "b", false)]
    [InlineData(@"^[[]$", "[", true)]
    [InlineData(@"^[\b]$", "\b", true)]
    [InlineData(@"^[\]\\^]+$", "]\\^", true)]
    [InlineData(@"\bcat\b", "a cat sat", true)]
    [InlineData(@"^\p{L}+$", "éЖ中", true)]
    [InlineData(@"^\p{Letter}+$", "a1", false)]
    [InlineData(@"^\p{gc=Lu}$", "A", true)]
    [InlineData(@"^\P{Lu}$", "a", true)]
    [InlineData(@"^\P{Lu}$", "😀", true)]
    [InlineData(@"^[\p{Lu}\d]+$", "A1", true)]
    [InlineData(@"^[^\p{Lu}\d]$", "A", false)]
    [InlineData(@"^[^\p{Lu}\d]$", "😀", true)]
    [InlineData(@"^(a)\1$", "aa", true)]
    [InlineData(@"^(?<n>a)\k<n>$", "aa", true)]
    [InlineData(@"^(?P<n>a)b$", "ab", true)]
    [InlineData(@"^(?=.*\d)(?!.*x).+$", "a1", true)]
    [InlineData(@"^(?=.*\d)(?!.*x).+$", "a1x", false)]
    [InlineData(@"(?<=a)b(?<!c)", "ab", true)]
    [InlineData(@"(?i)^abc$", "ABC", true)]
    [InlineData(@"^a{2,3}$", "aaaa", false)]
    [InlineData(@"^\/\.\@\_\-$", "/.@_-", true)]
    [InlineData(@"^{$", "{", true)]
    [InlineData(@"a|b$", "b\n", false)]
    [InlineData("#x y", "#x y", true)]
    public void Pattern_AnyText_AsEcma(string pattern, string text, bool matches)
    {
        var schema = JsonSchema.Parse($$"""{ "pattern": {{JsonSerializer.Serialize(pattern)}} }""");

        Assert.Equal(matches, schema.Validate(JsonSerializer.Serialize(text)).IsValid);
    }

    [Theory]
    [InlineData("(")]
    [InlineData(")")]
    [InlineData("[")]
    [InlineData("[a")]
    [InlineData("[b-a]")]
    [InlineData("*")]
    [InlineData("a**")]
    [InlineData("\\")]
    [InlineData("[\\")]
    [InlineData("\\z")]
    [InlineData("\\A")]
    [InlineData("\\G")]
    [InlineData("\\xg0")]
    [InlineData("\\u12")]
    [InlineData("\\u{110000}")]
    [InlineData("\\u{}")]
    [InlineData("\\p{Nope}")]
    [InlineData("\\p")]
    [InlineData("\\pL")]
    [InlineData("(?>a)")]
    [InlineData("(?#c)")]
    [InlineData("(?(a)b|c)")]
    [InlineData("(?m)a")]
    [InlineData("\\k<n>")]
    public void Pattern_NoneOfEcma_IsRefusedWithItsPlace(string pattern)
    {
        var exception = Assert.Throws<JsonSchemaException>(() => JsonSchema.Parse($$"""{ "pattern": {{JsonSerializer.Serialize(pattern)}} }"""));

        Assert.Equal("/pattern", exception.Path);
    }
}
