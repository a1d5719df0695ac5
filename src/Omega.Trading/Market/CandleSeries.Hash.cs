using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Omega.Trading;

public sealed partial class CandleSeries
{
    /// <summary>
    /// SHA-256 of the candles, 64 hexadecimal digits: the same for the same candles, however the file that held them was written. The
    /// hash is of little-endian 64-bit values: milliseconds of the timeframe, the count, then the columns time, open, high, low, close,
    /// volume one after the other.
    /// </summary>
    public string ComputeSha256()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, [Timeframe.Milliseconds, Count]);
        Append(hash, Times);
        foreach (var column in (double[][])[_columns.Opens, _columns.Highs, _columns.Lows, _columns.Closes, _columns.Volumes])
            Append(hash, MemoryMarshal.Cast<double, long>(column.AsSpan(_start, Count)));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<long> values)
    {
        if (BitConverter.IsLittleEndian)
        {
            hash.AppendData(MemoryMarshal.AsBytes(values));
            return;
        }

        Span<byte> bytes = stackalloc byte[sizeof(long)];
        foreach (var value in values)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
            hash.AppendData(bytes);
        }
    }
}
