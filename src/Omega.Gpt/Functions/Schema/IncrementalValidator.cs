using System.Buffers;
using System.Text.Unicode;

namespace Omega.Gpt.Functions.Schema;

/// <summary>
/// Checks JSON text against a schema while a model still writes it, and says no at the byte that cannot be made good any more:
/// malformed JSON, a duplicate or unknown property, the wrong type, a string that no <c>enum</c> or <c>const</c> begins with, too long a
/// string or array, a number out of bounds, a closed object that lacks a property. It never refuses what
/// <see cref="JsonSchema.Validate(string)"/> accepts, but accepts more: it follows <c>$ref</c>, <c>allOf</c>, properties and items, and is silent about all else. Not thread-safe; one for each text.
/// </summary>
public sealed class IncrementalValidator
{
    private const int ChunkLength = 64;

    private readonly JsonTokenizer _tokenizer;
    private readonly IncrementalCheck _check;
    private char _highSurrogate;

    /// <summary>Begins a text.</summary>
    /// <param name="schema">What it is to satisfy.</param>
    public IncrementalValidator(JsonSchema schema)
        : this((schema ?? throw new ArgumentNullException(nameof(schema))).Node, schema.Options.MaxDepth)
    {
    }

    private IncrementalValidator(SchemaNode? root, int maxDepth)
    {
        _check = new(root);
        _tokenizer = new(_check, maxDepth);
    }

    /// <summary>
    /// Whether the top-level value has closed. A number at the top closes only with what follows it or with <see cref="Finish"/>.
    /// </summary>
    public bool IsComplete => _tokenizer.IsComplete && Error is null;

    /// <summary>The error that ended the check, or null. It is the first one; what comes after it is not looked at.</summary>
    public SchemaError? Error { get; private set; }

    /// <summary>How many bytes of UTF-8 have been taken; after an error, the offset of the byte at fault.</summary>
    public long Position => _tokenizer.Position;

    /// <summary>Takes more text.</summary>
    /// <param name="utf8">The next bytes; they may end anywhere, also within a character.</param>
    /// <returns>The error, now or before; null while the text may still become valid.</returns>
    public SchemaError? Append(ReadOnlySpan<byte> utf8)
    {
        if (Error is not null || utf8.IsEmpty) return Error;
        if (_highSurrogate != 0) return BreakOff();
        return _tokenizer.Feed(utf8) ? null : Fail();
    }

    /// <summary>Takes more text.</summary>
    /// <param name="text">The next characters; they may end between the halves of a surrogate pair.</param>
    /// <returns>The error, now or before; null while the text may still become valid.</returns>
    public SchemaError? Append(ReadOnlySpan<char> text)
    {
        Span<byte> utf8 = stackalloc byte[ChunkLength * 3];
        if (_highSurrogate != 0 && !text.IsEmpty && Error is null)
        {
            ReadOnlySpan<char> pair = [_highSurrogate, text[0]];
            var joined = Utf8.FromUtf16(pair, utf8, out _, out var length, replaceInvalidSequences: false);
            if (joined != OperationStatus.Done) return BreakOff();
            _highSurrogate = default;
            text = text[1..];
            if (Append(utf8[..length]) is not null) return Error;
        }
        while (Error is null && !text.IsEmpty)
        {
            var chunk = text[..Math.Min(ChunkLength, text.Length)];
            var status = Utf8.FromUtf16(chunk, utf8, out var read, out var written, replaceInvalidSequences: false, isFinalBlock: false);
            if (Append(utf8[..written]) is not null) return Error;
            if (status == OperationStatus.InvalidData) return BreakOff();
            text = text[read..];
            if (status != OperationStatus.NeedMoreData || text.Length > 1) continue;
            _highSurrogate = text[0];
            break;
        }
        return Error;
    }

    /// <summary>Says that the text has ended.</summary>
    /// <returns>The error, now or before; null where the text is one whole value in which nothing was found wrong.</returns>
    public SchemaError? Finish()
    {
        if (Error is not null) return Error;
        if (_highSurrogate != 0) return BreakOff();
        return _tokenizer.Finish() ? null : Fail();
    }

    /// <summary>What keeps text from being one strict JSON value, or null.</summary>
    internal static SchemaError? FindFault(ReadOnlySpan<byte> utf8, int maxDepth)
    {
        var validator = new IncrementalValidator(null, maxDepth);
        return validator.Append(utf8) ?? validator.Finish();
    }

    private SchemaError Fail()
    {
        var (expected, found) = _tokenizer.Fault ?? default;
        return Error = _check.Error ?? _check.Syntax(expected, found);
    }

    /// <summary>Half a surrogate pair, as characters rather than an escape.</summary>
    private SchemaError BreakOff() => Error = _check.Syntax("whole characters", $"half a surrogate pair at byte {Position}");
}
