using System.Security.Cryptography;
using System.Text;
using Omega.Gpt.Providers;
using Omega.Gpt.Providers.Http;
using Omega.Gpt.Recording.Format;

namespace Omega.Gpt.Caching;

/// <summary>What must be the same for an answer to be given again: who asks, whom, where, and everything that is asked.</summary>
internal static class CacheKey
{
    public static string Of(ModelRequest request, ResolvedModel model)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(request.Tenant ?? "");
        Add(model.Id);
        Add((model.Provider as WireProvider)?.Endpoint.AbsoluteUri ?? "");
        foreach (var (name, value) in (request.Options.ExtraHeaders ?? new Dictionary<string, string>()).OrderBy(header => header.Key, StringComparer.OrdinalIgnoreCase))
        {
            Add(name.ToLowerInvariant());
            Add(value);
        }

        hash.AppendData(CanonicalRequest.Write(request));
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        // Each with its length, so that no two lists of texts look the same.
        void Add(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }
    }
}
