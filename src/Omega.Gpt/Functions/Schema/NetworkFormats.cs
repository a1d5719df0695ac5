namespace Omega.Gpt.Functions.Schema;

/// <summary>Host names (RFC 1123), addresses and e-mail addresses (RFC 5321).</summary>
internal static class NetworkFormats
{
    public static bool IsHostName(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > 253) return false;
        foreach (var range in text.Split('.'))
        {
            var label = text[range];
            if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-') return false;
            foreach (var c in label)
                if (!char.IsAsciiLetterOrDigit(c) && c != '-') return false;
        }
        return true;
    }

    public static bool IsIPv4(ReadOnlySpan<char> text)
    {
        var parts = 0;
        foreach (var range in text.Split('.'))
        {
            var part = text[range];
            if (++parts > 4 || part.Length is 0 or > 3 || (part.Length > 1 && part[0] == '0')) return false;
            var value = 0;
            foreach (var c in part)
            {
                if (!char.IsAsciiDigit(c)) return false;
                value = value * 10 + (c - '0');
            }
            if (value > 255) return false;
        }
        return parts == 4;
    }

    public static bool IsIPv6(ReadOnlySpan<char> text)
    {
        var gap = text.IndexOf("::");
        if (gap < 0) return CountGroups(text, mayEndInIPv4: true) == 8;
        var head = gap == 0 ? 0 : CountGroups(text[..gap], mayEndInIPv4: false);
        var tail = gap + 2 == text.Length ? 0 : CountGroups(text[(gap + 2)..], mayEndInIPv4: true);
        // A gap stands for at least one group of zeros.
        return head >= 0 && tail >= 0 && head + tail <= 7;
    }

    public static bool IsEmail(ReadOnlySpan<char> text)
    {
        var at = text.LastIndexOf('@');
        if (at < 1 || at > 64) return false;
        var domain = text[(at + 1)..];
        var isLiteral = domain.Length > 2 && domain[0] == '[' && domain[^1] == ']';
        return IsLocalPart(text[..at]) && (isLiteral ? IsAddressLiteral(domain[1..^1]) : IsHostName(domain));
    }

    private static bool IsAddressLiteral(ReadOnlySpan<char> text) =>
        text.StartsWith("IPv6:", StringComparison.OrdinalIgnoreCase) ? IsIPv6(text[5..]) : IsIPv4(text);

    private static bool IsLocalPart(ReadOnlySpan<char> text)
    {
        if (text.Length >= 2 && text[0] == '"' && text[^1] == '"')
        {
            for (var i = 1; i < text.Length - 1; i++)
            {
                if (text[i] is < ' ' or > '~' or '"') return false;
                if (text[i] == '\\' && (++i == text.Length - 1 || text[i] is < ' ' or > '~')) return false;
            }
            return true;
        }
        foreach (var range in text.Split('.'))
        {
            if (text[range].Length == 0) return false;
            foreach (var c in text[range])
                if (!char.IsAsciiLetterOrDigit(c) && !"!#$%&'*+-/=?^_`{|}~".Contains(c, StringComparison.Ordinal)) return false;
        }
        return true;
    }

    /// <summary>The groups of 16 bits in a row of them, or -1 where it is none.</summary>
    private static int CountGroups(ReadOnlySpan<char> text, bool mayEndInIPv4)
    {
        var groups = 0;
        while (true)
        {
            var colon = text.IndexOf(':');
            var group = colon < 0 ? text : text[..colon];
            if (colon < 0 && mayEndInIPv4 && group.Contains('.')) return IsIPv4(group) ? groups + 2 : -1;
            if (group.Length is 0 or > 4) return -1;
            foreach (var c in group)
                if (!char.IsAsciiHexDigit(c)) return -1;
            groups++;
            if (colon < 0) return groups;
            text = text[(colon + 1)..];
        }
    }
}
