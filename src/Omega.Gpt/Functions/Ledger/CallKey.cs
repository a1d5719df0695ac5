using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Omega.Gpt.Functions.Calls;

namespace Omega.Gpt;

/// <summary>Which call of which turn, with which arguments: the same for every attempt at this very call, and for no other.</summary>
/// <param name="Conversation">The conversation's id.</param>
/// <param name="Turn">The turn's id, unique within the conversation.</param>
/// <param name="Step">The step within the turn, from 1.</param>
/// <param name="Index">The call within the step, from 0.</param>
/// <param name="ArgumentsHash">SHA-256 of the canonical arguments as the model wrote them, in hexadecimal.</param>
public sealed record CallKey(string Conversation, string Turn, int Step, int Index, string ArgumentsHash)
{
    /// <summary>The key as one text of 32 hexadecimal digits, short enough for a broker's client order id.</summary>
    public string Id => Hash();

    /// <summary>The key of a call.</summary>
    /// <param name="conversation">The conversation's id.</param>
    /// <param name="turn">The turn's id.</param>
    /// <param name="step">The step within the turn, from 1.</param>
    /// <param name="index">The call within the step, from 0.</param>
    /// <param name="arguments">The arguments as the model wrote them.</param>
    public static CallKey Of(string conversation, string turn, int step, int index, JsonElement arguments) =>
        new(conversation, turn, step, index, Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Write(arguments))));

    private string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[4];
        // Each text after its length, so that no two keys run together into one.
        foreach (var text in (ReadOnlySpan<string>)[Conversation, Turn, ArgumentsHash])
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            BinaryPrimitives.WriteInt32BigEndian(number, bytes.Length);
            hash.AppendData(number);
            hash.AppendData(bytes);
        }

        foreach (var value in (ReadOnlySpan<int>)[Step, Index])
        {
            BinaryPrimitives.WriteInt32BigEndian(number, value);
            hash.AppendData(number);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }
}
