using System.Runtime.InteropServices;
using System.Text;

namespace Omega.Gpt.Functions.Schema;

/// <summary>Finds property names in UTF-8 without making strings of them. Filled once, then read by any thread.</summary>
internal sealed class NameTable
{
    private readonly byte[][] _utf8;
    private readonly int[] _buckets;
    private readonly int[] _next;

    public NameTable(IReadOnlyList<string> names)
    {
        Names = names;
        _utf8 = [.. names.Select(Encoding.UTF8.GetBytes)];
        _next = new int[_utf8.Length];
        _buckets = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)_utf8.Length * 2 + 1)];
        Array.Fill(_buckets, -1);
        for (var i = 0; i < _utf8.Length; i++)
        {
            ref var bucket = ref _buckets[Hash(_utf8[i]) & (_buckets.Length - 1)];
            _next[i] = bucket;
            bucket = i;
        }
    }

    public IReadOnlyList<string> Names { get; }

    public ReadOnlySpan<byte> Utf8(int index) => _utf8[index];

    /// <summary>The index of a name, or -1.</summary>
    public int Find(ReadOnlySpan<byte> name)
    {
        for (var i = _buckets[Hash(name) & (_buckets.Length - 1)]; i >= 0; i = _next[i])
            if (name.SequenceEqual(_utf8[i])) return i;
        return -1;
    }

    /// <summary>The index of a name that may hold escapes, or -1.</summary>
    public int FindEscaped(ReadOnlySpan<byte> raw)
    {
        if (!raw.Contains((byte)'\\')) return Find(raw);
        using var name = new JsonText(raw, stackalloc byte[256]);
        return Find(name.Utf8);
    }

    private static int Hash(ReadOnlySpan<byte> name)
    {
        var hash = (ulong)name.Length;
        for (; name.Length >= 8; name = name[8..]) hash = (hash ^ MemoryMarshal.Read<ulong>(name)) * 0x9E3779B97F4A7C15;
        foreach (var c in name) hash = (hash ^ c) * 0x100000001B3;
        return (int)(hash ^ hash >> 32);
    }
}
