using System.Runtime.CompilerServices;
using Omega.Gpt.Providers;

namespace Omega.Gpt.Models;

/// <summary>
/// Counts tokens before a request is sent. A message's count is remembered, so that a turn costs only what is new. Thread-safe; the vocabulary
/// is loaded when something is first counted and shared by all.
/// </summary>
/// <remarks>
/// The shape of a request costs tokens too: 4 for each message, 3 for each answer, 12 for each function. Those are OpenAI's published
/// figures (cookbook, "How to count tokens"); other providers do not say. Function definitions are counted as JSON, which is at least what
/// providers make of them.
/// </remarks>
public sealed class TokenCounter
{
    /// <summary>By how much another vendor's vocabulary may count too little or too much.</summary>
    internal const double EstimateMargin = 1.25;

    private static readonly ConditionalWeakTable<object, StrongBox<long>> Bounds = [];

    private readonly TokenEncoding _encoding;

    private TokenCounter(TokenEncoding encoding, bool isEstimate) => (_encoding, IsEstimate) = (encoding, isEstimate);

    /// <summary>The vocabulary, such as <c>o200k_base</c>.</summary>
    public string Encoding => _encoding.Name;

    /// <summary>Whether the vocabulary only stands in for the model's own, which is not public. Its counts are estimates then.</summary>
    public bool IsEstimate { get; }

    /// <summary>The counter for a model.</summary>
    /// <param name="model">The model's name, with or without a provider before it.</param>
    /// <param name="info">
    /// What the catalogue knows of it, which goes before what the name says: where it names no vocabulary, counts are estimates. Null where
    /// the model is not listed.
    /// </param>
    public static TokenCounter For(string model, ModelInfo? info = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        var (encoding, isOwn) = TokenEncoding.Of(model);
        if (info is not null)
            (encoding, isOwn) = TokenEncoding.Named(info.Tokenizer) is { } named ? (named, true) : (encoding, false);
        return new TokenCounter(encoding, !isOwn);
    }

    /// <summary>Tokens of a text. Takes time in proportion to its length, whatever it holds.</summary>
    /// <param name="text">The text. A run of more than 256 letters, signs or spaces without a break is cut there, which may add a token.</param>
    public int Count(ReadOnlySpan<char> text) => _encoding.Count(text);

    /// <summary>Tokens of a message as it is sent. What is never sent counts nothing; images, files and opaque state are estimated.</summary>
    /// <param name="message">The message.</param>
    public long Count(Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return RequestTokens.OfMessage + _encoding.Remember(message.Parts, static (encoding, parts) => RequestTokens.Of(parts, text => encoding.Count(text)));
    }

    /// <summary>Tokens of a function's definition, an estimate.</summary>
    /// <param name="function">The definition.</param>
    public long Count(FunctionDefinition function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return _encoding.Remember(function, static (encoding, definition) => RequestTokens.Of(definition, text => encoding.Count(text)));
    }

    /// <summary>Tokens that a provider will count as the request's input.</summary>
    /// <param name="request">The request.</param>
    public TokenCount Count(ModelRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        long tokens = RequestTokens.OfAnswer;
        var isEstimate = IsEstimate || request.Functions.Count > 0;
        foreach (var message in request.Messages)
        {
            tokens += Count(message);
            isEstimate |= !RequestTokens.AreText(message.Parts);
        }

        foreach (var function in request.Functions)
            tokens += Count(function);
        return new TokenCount(tokens, isEstimate);
    }

    /// <summary>More tokens than the request can have, told without a vocabulary: no token is shorter than a byte.</summary>
    internal static long AtMost(ModelRequest request)
    {
        long tokens = RequestTokens.OfAnswer;
        foreach (var message in request.Messages)
            tokens += AtMost(message);
        foreach (var function in request.Functions)
            tokens += AtMost(function);
        return tokens;
    }

    /// <inheritdoc cref="AtMost(ModelRequest)"/>
    internal static long AtMost(Message message) => RequestTokens.OfMessage + Remembered(message.Parts, static parts => RequestTokens.Of(parts, Bytes));

    /// <inheritdoc cref="AtMost(ModelRequest)"/>
    internal static long AtMost(FunctionDefinition function) => Remembered(function, static definition => RequestTokens.Of(definition, Bytes));

    private static long Remembered<T>(T of, Func<T, long> count)
        where T : class
    {
        if (Bounds.TryGetValue(of, out var known))
            return known.Value;
        var counted = count(of);
        Bounds.AddOrUpdate(of, new StrongBox<long>(counted));
        return counted;
    }

    private static long Bytes(string text) => System.Text.Encoding.UTF8.GetByteCount(text);
}

/// <summary>Tokens of a request.</summary>
/// <param name="Tokens">How many.</param>
/// <param name="IsEstimate">Whether the provider may count others: the model's vocabulary is not public, or not all of it is text.</param>
public readonly record struct TokenCount(long Tokens, bool IsEstimate);
