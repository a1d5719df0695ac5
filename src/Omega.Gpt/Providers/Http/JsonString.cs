using System.Text;
using System.Text.Json;

namespace Omega.Gpt.Providers.Http;

/// <summary>A JSON string as it stands in the data. Comparing it needs no string of .NET, so none is made before it is asked for.</summary>
/// <param name="token">The string with its quotes; empty where there is none.</param>
internal readonly ref struct JsonString(ReadOnlySpan<byte> token)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _token = token;

    /// <summary>Whether there is one at all.</summary>
    public bool Exists => !_token.IsEmpty;

    /// <summary>It with its quotes; empty where there is none.</summary>
    public ReadOnlySpan<byte> Token => _token;

    /// <summary>What is between the quotes, escapes and all.</summary>
    public ReadOnlySpan<byte> Raw => _token.IsEmpty ? default : _token[1..^1];

    /// <summary>The string that a reader stands at.</summary>
    public static JsonString At(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> data) =>
        new(data[(int)reader.TokenStartIndex..(int)reader.BytesConsumed]);

    /// <summary>The text; null where there is none.</summary>
    /// <exception cref="InvalidOperationException">The text is not Unicode.</exception>
    public string? Text() => _token.IsEmpty ? null : Text(Raw);

    /// <summary>The text of what is between two quotes.</summary>
    /// <exception cref="InvalidOperationException">The text is not Unicode.</exception>
    public static string Text(ReadOnlySpan<byte> raw)
    {
        if (raw.Contains((byte)'\\'))
        {
            var reader = new Utf8JsonReader([(byte)'"', .. raw, (byte)'"']);
            reader.Read();
            return reader.GetString()!;
        }

        if (Ascii.IsValid(raw))
            return Encoding.Latin1.GetString(raw);
        try
        {
            return Strict.GetString(raw);
        }
        catch (DecoderFallbackException exception)
        {
            throw new InvalidOperationException("A string is not valid UTF-8.", exception);
        }
    }

    /// <summary>Whether it is this text; no text is where there is none.</summary>
    public bool Is(string? text)
    {
        if (_token.IsEmpty || text is null)
            return _token.IsEmpty && text is null;
        var reader = new Utf8JsonReader(_token);
        reader.Read();
        return reader.ValueTextEquals(text);
    }
}
