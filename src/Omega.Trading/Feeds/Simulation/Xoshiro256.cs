using System.Numerics;
using System.Runtime.CompilerServices;

namespace Omega.Trading.Feeds;

/// <summary>
/// The generator xoshiro256**: the same numbers for a key on every machine and version of the runtime, which <see cref="Random"/> does not
/// promise. Source: Blackman and Vigna, Scrambled linear pseudorandom number generators (2021); seeded by SplitMix64, as they advise.
/// </summary>
internal struct Xoshiro256
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    public Xoshiro256(ulong key)
        : this(Mix(ref key), Mix(ref key), Mix(ref key), Mix(ref key))
    {
    }

    /// <summary>A state of its own, not all of it 0.</summary>
    public Xoshiro256(ulong s0, ulong s1, ulong s2, ulong s3) => (_s0, _s1, _s2, _s3) = (s0, s1, s2, s3);

    /// <summary>64 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Next()
    {
        var result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        var shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A number from 0 to below 1, in steps of 2⁻⁵³.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double NextUnit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>The next of SplitMix64, which also turns keys that differ in one bit into keys that differ in half of them.</summary>
    public static ulong Mix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
