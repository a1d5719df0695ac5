using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;

namespace Omega.Gpt.Models;

/// <summary>A vocabulary and what has been counted with it. Loaded on first use (a tenth of a second, tens of megabytes), shared by all. Thread-safe.</summary>
internal sealed partial class TokenEncoding
{
    public static readonly TokenEncoding O200k = new("o200k_base");
    public static readonly TokenEncoding Cl100k = new("cl100k_base");

    private readonly Lazy<TiktokenTokenizer> _tokenizer;
    private readonly ConditionalWeakTable<object, StrongBox<long>> _counted = [];

    private TokenEncoding(string name)
    {
        Name = name;
        _tokenizer = new(() => Load(name));
    }

    public string Name { get; }

    /// <summary>The encoding of a model, told from its name alone so that models newer than the catalogue work.</summary>
    /// <param name="model">The name, without the provider.</param>
    /// <returns>The encoding, and whether it is the model's own; another vendor's stands in for tokenizers that are not public.</returns>
    public static (TokenEncoding Encoding, bool IsOwn) Of(string model)
    {
        // A path before the name says who hosts it (openai/gpt-oss-120b on Groq).
        var name = model[(model.LastIndexOf('/') + 1)..];
        if (O200kNames().IsMatch(name))
            return (O200k, true);
        return Cl100kNames().IsMatch(name) ? (Cl100k, true) : (O200k, false);
    }

    /// <summary>The encoding of that name; null where there is none, or it is not one of ours.</summary>
    public static TokenEncoding? Named(string? name) => name == O200k.Name ? O200k : name == Cl100k.Name ? Cl100k : null;

    /// <summary>Tokens of a text. Linear: over-long runs are cut.</summary>
    public int Count(ReadOnlySpan<char> text)
    {
        var tokens = 0;
        while (text.Length > 0)
        {
            var piece = LongRuns.FirstPiece(text);
            tokens += _tokenizer.Value.CountTokens(text[..piece]);
            text = text[piece..];
        }

        return tokens;
    }

    /// <summary>What was counted for an immutable object, or counts it now; remembered as long as the object lives.</summary>
    public long Remember<T>(T of, Func<TokenEncoding, T, long> count)
        where T : class
    {
        if (_counted.TryGetValue(of, out var known))
            return known.Value;
        var counted = count(this, of);
        _counted.AddOrUpdate(of, new StrongBox<long>(counted));
        return counted;
    }

    // The vocabularies are found by name at run time, which a trimmer cannot see.
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, "Microsoft.ML.Tokenizers.O200kBaseTokenizerData", "Microsoft.ML.Tokenizers.Data.O200kBase")]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, "Microsoft.ML.Tokenizers.Cl100kBaseTokenizerData", "Microsoft.ML.Tokenizers.Data.Cl100kBase")]
    private static TiktokenTokenizer Load(string name) => TiktokenTokenizer.CreateForEncoding(name);

    [GeneratedRegex(@"^(chatgpt|codex|gpt-(4o|4\.[15]|[5-9]|\d\d|oss|realtime|audio)|o[1-9])\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex O200kNames();

    [GeneratedRegex(@"^gpt-(4|3\.?5)(-|$)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Cl100kNames();
}
