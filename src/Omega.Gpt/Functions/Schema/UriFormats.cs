namespace Omega.Gpt.Functions.Schema;

/// <summary>URIs and references of RFC 3986. Characters beyond ASCII belong percent-encoded.</summary>
internal static class UriFormats
{
    private const string PathCharacters = "-._~!$&'()*+,;=:@/%";
    private const string QueryCharacters = PathCharacters + "?";

    public static bool IsUri(ReadOnlySpan<char> text)
    {
        var colon = SchemeLength(text);
        return colon > 0 && IsRelative(text[(colon + 1)..]);
    }

    public static bool IsUriReference(ReadOnlySpan<char> text)
    {
        if (IsUri(text)) return true;
        // Without a scheme the first segment has no colon, which would make one of it.
        var first = text.IndexOfAny("/?#");
        return !text[..(first < 0 ? text.Length : first)].Contains(':') && IsRelative(text);
    }

    /// <summary>Where the scheme's colon is, or -1.</summary>
    private static int SchemeLength(ReadOnlySpan<char> text)
    {
        var colon = text.IndexOf(':');
        if (colon < 1 || !char.IsAsciiLetter(text[0])) return -1;
        foreach (var c in text[..colon])
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.')) return -1;
        return colon;
    }

    private static bool IsRelative(ReadOnlySpan<char> text)
    {
        var hash = text.IndexOf('#');
        if (hash >= 0)
        {
            if (!Has(text[(hash + 1)..], QueryCharacters)) return false;
            text = text[..hash];
        }
        var query = text.IndexOf('?');
        if (query >= 0)
        {
            if (!Has(text[(query + 1)..], QueryCharacters)) return false;
            text = text[..query];
        }
        if (!text.StartsWith("//")) return Has(text, PathCharacters);
        var slash = text[2..].IndexOf('/');
        var authority = slash < 0 ? text[2..] : text.Slice(2, slash);
        return IsAuthority(authority) && Has(text[(2 + authority.Length)..], PathCharacters);
    }

    private static bool IsAuthority(ReadOnlySpan<char> text)
    {
        var at = text.LastIndexOf('@');
        if (at >= 0)
        {
            if (!Has(text[..at], "-._~!$&'()*+,;=:%")) return false;
            text = text[(at + 1)..];
        }
        var isLiteral = text.Length > 0 && text[0] == '[';
        var end = isLiteral ? text.IndexOf(']') : text.IndexOf(':');
        if (isLiteral && (end < 0 || !NetworkFormats.IsIPv6(text[1..end]))) return false;
        var host = end < 0 ? text : text[..(isLiteral ? end + 1 : end)];
        var port = text[host.Length..];
        if (port.Length > 0 && (port[0] != ':' || port[1..].ContainsAnyExceptInRange('0', '9'))) return false;
        return isLiteral || Has(host, "-._~!$&'()*+,;=%");
    }

    private static bool Has(ReadOnlySpan<char> text, string characters)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiLetterOrDigit(text[i]) && !characters.Contains(text[i], StringComparison.Ordinal)) return false;
            if (text[i] != '%') continue;
            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2])) return false;
        }
        return true;
    }
}
