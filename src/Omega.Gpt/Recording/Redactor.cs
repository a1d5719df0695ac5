using System.Text;
using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Recording;

/// <summary>Takes keys out of what is recorded: those that were sent, and anything that looks like one. Not thread-safe.</summary>
internal sealed class Redactor
{
    /// <summary>Keys that are remembered; who has more of them than that has them looked for by their looks alone.</summary>
    private const int MostSecrets = 256;
    private const int ShortestSecret = 4;

    // What every pattern of ProviderError.Redact begins with: a line without any of these and without a known key stays as it is.
    private static readonly byte[][] Beginnings = [.. new[] { "sk-", "sk_", "pk-", "pk_", "gsk-", "gsk_", "xai-", "xai_", "AIza" }.Select(Encoding.ASCII.GetBytes)];

    private readonly Dictionary<string, byte[]> _secrets = new(StringComparer.Ordinal);

    /// <summary>Remembers a key.</summary>
    public void Hide(string secret)
    {
        if (secret.Length >= ShortestSecret && _secrets.Count < MostSecrets)
            _secrets.TryAdd(secret, Encoding.UTF8.GetBytes(secret));
    }

    /// <summary>The line without keys; null where it has none.</summary>
    public byte[]? Redact(ReadOnlySpan<byte> line)
    {
        if (!IsSuspicious(line))
            return null;
        var text = Encoding.UTF8.GetString(line);
        foreach (var secret in _secrets.Keys)
            text = text.Replace(secret, "[key]", StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(ProviderError.Redact(text, null));
    }

    private bool IsSuspicious(ReadOnlySpan<byte> line)
    {
        foreach (var secret in _secrets.Values)
        {
            if (line.IndexOf(secret) >= 0)
                return true;
        }

        foreach (var beginning in Beginnings)
        {
            if (line.IndexOf(beginning) >= 0)
                return true;
        }

        return false;
    }
}
