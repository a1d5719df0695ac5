using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Recording;

/// <summary>Takes keys out of what is recorded: those that were sent, and anything that looks like one. Not thread-safe.</summary>
internal sealed partial class Redactor
{
    /// <summary>Keys that are remembered; who has more of them than that has them looked for by their looks alone.</summary>
    private const int MostSecrets = 256;
    private const int ShortestSecret = 4;

    /// <summary>With what a stream's filter lets pass of a key's beginning, a shorter part is less than half of one.</summary>
    private const int LeastPart = 5;
    private const string Mark = "[key]";

    // What every pattern of ProviderError.Redact holds: a line without any of these and without a known key stays as it is.
    private static readonly byte[][] Beginnings = [.. new[] { "sk-", "sk_", "pk-", "pk_", "xai-", "xai_", "AIza" }.Select(Encoding.ASCII.GetBytes)];

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<Needle> _onTheWire = [];
    private readonly List<Needle> _inLines = [];

    /// <summary>Remembers a key.</summary>
    public void Hide(string secret)
    {
        if (secret.Length < ShortestSecret || _known.Count >= MostSecrets || !_known.Add(secret))
            return;
        // As it stands in a text, in JSON, and in JSON that is itself such a text.
        var once = JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(secret);
        var forms = new[] { secret, once, JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(once) }.Distinct().ToList();
        foreach (var form in forms)
            Add(_onTheWire, form);
        // A line is JSON that is read again: a short key may be one of its own words, as one may be a word of the answer.
        if (secret.Length < SecretFilter.Shortest)
            return;
        foreach (var form in forms)
            Add(_inLines, form);
    }

    /// <summary>A line of the recording, or JSON in it, without keys; null where it has none.</summary>
    public byte[]? Redact(ReadOnlySpan<byte> line) =>
        Has(line, _inLines) || HasBeginning(line) ? Encoding.UTF8.GetBytes(ProviderError.Redact(Remove(Encoding.UTF8.GetString(line), _inLines), null)) : null;

    /// <summary>Bytes of a wire without keys, those too that JSON has escaped; null where they have none.</summary>
    /// <param name="bytes">Any bytes.</param>
    /// <param name="isCut">Whether they may end in the middle of a key.</param>
    public byte[]? RedactWire(ReadOnlySpan<byte> bytes, bool isCut)
    {
        var isEscaped = (bytes.IndexOf("\\u00"u8) >= 0 || bytes.IndexOf("\\/"u8) >= 0) && IsHiddenByEscapes(bytes);
        if (!isCut && !isEscaped && !Has(bytes, _onTheWire) && !HasBeginning(bytes))
            return null;
        // A character for a byte: what is no UTF-8 stays as it is.
        var text = Encoding.Latin1.GetString(bytes);
        if (isEscaped)
            text = Unescape(text);
        if (isCut)
            text = WithoutParts(text);
        foreach (var secret in _onTheWire)
            text = text.Replace(secret.OnTheWire, Mark, StringComparison.Ordinal);
        return Encoding.Latin1.GetBytes(ProviderError.Redact(text, null));
    }

    /// <summary>Of an event in whose middle a stream ended, the stream's filter has seen nothing: no part of a key may stand in it.</summary>
    private string WithoutParts(string text)
    {
        var plain = Unescape(text);
        var clean = plain;
        foreach (var secret in _onTheWire.Where(secret => secret.Bytes.Length >= SecretFilter.Shortest).Select(secret => secret.OnTheWire))
        {
            for (var from = 0; from + LeastPart <= secret.Length; from++)
            {
                var part = secret.Substring(from, LeastPart);
                for (var at = 0; (at = clean.IndexOf(part, at, StringComparison.Ordinal)) >= 0; at += Mark.Length)
                    clean = string.Concat(clean.AsSpan(0, at), Mark, clean.AsSpan(at + clean.AsSpan(at).CommonPrefixLength(secret.AsSpan(from))));
            }
        }

        return ReferenceEquals(clean, plain) ? text : clean;
    }

    private bool IsHiddenByEscapes(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        var plain = Unescape(text);
        return !ReferenceEquals(text, plain) && _onTheWire.Exists(secret => plain.Contains(secret.OnTheWire, StringComparison.Ordinal) && !text.Contains(secret.OnTheWire, StringComparison.Ordinal));
    }

    private static string Unescape(string text) => Escape().Replace(text, static escape => escape.Length == 2 ? escape.Value[1..] : ((char)Convert.ToByte(escape.Value[4..], 16)).ToString());

    private static string Remove(string text, List<Needle> secrets)
    {
        foreach (var secret in secrets)
            text = text.Replace(secret.Text, Mark, StringComparison.Ordinal);
        return text;
    }

    private static bool Has(ReadOnlySpan<byte> bytes, List<Needle> secrets)
    {
        foreach (var secret in secrets)
        {
            if (bytes.IndexOf(secret.Bytes) >= 0)
                return true;
        }

        return false;
    }

    private static bool HasBeginning(ReadOnlySpan<byte> bytes)
    {
        foreach (var beginning in Beginnings)
        {
            if (bytes.IndexOf(beginning) >= 0)
                return true;
        }

        return false;
    }

    // The longest first: a part of a longer one is not to be taken out before it.
    private static void Add(List<Needle> secrets, string text)
    {
        var at = secrets.FindIndex(secret => secret.Text.Length < text.Length);
        secrets.Insert(at < 0 ? secrets.Count : at, new Needle(text));
    }

    [GeneratedRegex(@"\\(u00[0-7][0-9a-fA-F]|/)", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();

    private sealed class Needle(string text)
    {
        public string Text => text;

        public byte[] Bytes { get; } = Encoding.UTF8.GetBytes(text);

        /// <summary>A character for each of its bytes.</summary>
        public string OnTheWire { get; } = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
    }
}
