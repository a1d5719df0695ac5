using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Omega.Gpt.Resilience;

/// <summary>
/// Encrypts the keys of a store: AES-256-GCM, each under a nonce of its own, bound to its id and provider so that a key cannot be moved to
/// another provider by editing the file.
/// </summary>
internal sealed class KeySeal : IDisposable
{
    public const int KeyBytes = 32;
    public const int SaltBytes = 16;

    /// <summary>Rounds of PBKDF2-HMAC-SHA256: what OWASP advises.</summary>
    public const int Iterations = 600_000;

    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly AesGcm _cipher;

    private KeySeal(ReadOnlySpan<byte> key) => _cipher = new AesGcm(key, TagBytes);

    /// <summary>A seal whose key is 32 bytes in Base64.</summary>
    /// <returns>Null where the text is something else.</returns>
    public static KeySeal? OfFile(ReadOnlySpan<byte> text)
    {
        Span<byte> key = stackalloc byte[KeyBytes];
        try
        {
            text = text.Trim("\r\n "u8);
            return Base64.DecodeFromUtf8(text, key, out var consumed, out var written) == System.Buffers.OperationStatus.Done && consumed == text.Length && written == KeyBytes
                ? new KeySeal(key)
                : null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>A seal whose key is derived from a passphrase. Slow on purpose: about a fifth of a second.</summary>
    public static KeySeal OfPassphrase(string passphrase, ReadOnlySpan<byte> salt, int iterations)
    {
        Span<byte> key = stackalloc byte[KeyBytes];
        try
        {
            Rfc2898DeriveBytes.Pbkdf2(passphrase, salt, key, iterations, HashAlgorithmName.SHA256);
            return new KeySeal(key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    public byte[] Close(string provider, string id, string secret)
    {
        var plain = Encoding.UTF8.GetBytes(secret);
        var box = new byte[NonceBytes + plain.Length + TagBytes];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        _cipher.Encrypt(box.AsSpan(0, NonceBytes), plain, box.AsSpan(NonceBytes, plain.Length), box.AsSpan(NonceBytes + plain.Length), About(provider, id));
        CryptographicOperations.ZeroMemory(plain);
        return box;
    }

    /// <returns>The key; null where the box was closed with another seal, or tampered with.</returns>
    public string? Open(string provider, string id, ReadOnlySpan<byte> box)
    {
        if (box.Length < NonceBytes + TagBytes)
            return null;
        var plain = new byte[box.Length - NonceBytes - TagBytes];
        try
        {
            _cipher.Decrypt(box[..NonceBytes], box[NonceBytes..^TagBytes], box[^TagBytes..], plain, About(provider, id));
            return Encoding.UTF8.GetString(plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    public void Dispose() => _cipher.Dispose();

    private static byte[] About(string provider, string id) => Encoding.UTF8.GetBytes($"omega keys 1\n{provider}\n{id}");
}
