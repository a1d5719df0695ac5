using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Omega.Gpt.Providers;

/// <summary>
/// Our call ids, or ids of foreign histories, as a provider accepts them. The same id always gives the same result, so a call and its
/// result meet again in every request, and the prompt's beginning stays the same for the provider's cache.
/// </summary>
internal static class CallIds
{
    private const int MaxLength = 40; // OpenAI's limit, the shortest known
    private const string Alphanumerics = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static SearchValues<char> Allowed { get; } = SearchValues.Create(Alphanumerics + "_-");

    /// <summary>The id as it goes out.</summary>
    /// <param name="call">Our id (<c>{turn}.{step}.{index}</c>) or any text.</param>
    /// <param name="style">What the provider accepts.</param>
    public static string ToWire(string call, CallIdStyle style)
    {
        if (style == CallIdStyle.NineAlphanumeric)
            return Nine(call);

        if (call.Length is >= 1 and <= MaxLength)
        {
            var readable = call.Replace('.', '_');
            if (!readable.AsSpan().ContainsAnyExcept(Allowed))
                return readable;
        }

        return string.Concat("call_", Convert.ToHexStringLower(Hash(call).AsSpan(0, 16)));
    }

    private static string Nine(string call) => string.Create(9, Hash(call), static (id, hash) =>
    {
        // 62^9 is about 2^53.6, so the first eight bytes of the hash fill nine places evenly enough.
        var number = BinaryPrimitives.ReadUInt64BigEndian(hash);
        for (var i = 0; i < id.Length; i++)
        {
            id[i] = Alphanumerics[(int)(number % 62)];
            number /= 62;
        }
    });

    private static byte[] Hash(string call) => SHA256.HashData(Encoding.UTF8.GetBytes(call));
}
