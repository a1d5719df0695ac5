using System.Globalization;
using System.Numerics;

namespace Omega.Gpt.Functions.Schema;

/// <summary>
/// A JSON number of any size, exactly: sign, digits without leading or trailing zeros, and a power of ten. Equal numbers have equal fields
/// however they are written. An exponent beyond ±10^17 is held at that bound.
/// </summary>
internal readonly struct JsonNumber : IEquatable<JsonNumber>
{
    private const int SmallDigits = 19;
    private const long ExponentBound = 100_000_000_000_000_000;

    private static readonly ulong[] Powers = CreatePowers();

    private readonly bool _negative;
    private readonly int _count;
    private readonly ulong _small;
    private readonly byte[]? _large;
    private readonly long _exponent;

    private JsonNumber(bool negative, int count, ulong small, byte[]? large, long exponent) =>
        (_negative, _count, _small, _large, _exponent) = (negative, count, small, large, exponent);

    public bool IsInteger => _exponent >= 0;

    public bool IsZero => _count == 0;

    public bool IsNegative => _negative;

    /// <summary>Reads what JSON's grammar calls a number; the caller has checked that it is one.</summary>
    public static JsonNumber Parse(ReadOnlySpan<byte> text)
    {
        var negative = text[0] == '-';
        var mark = text.IndexOfAny((byte)'e', (byte)'E');
        var mantissa = text[(negative ? 1 : 0)..(mark < 0 ? text.Length : mark)];
        long exponent = mark < 0 ? 0 : ParseExponent(text[(mark + 1)..]);
        ulong small = 0;
        int count = 0, zeros = 0, fraction = 0;
        var inFraction = false;
        foreach (var c in mantissa)
        {
            if (c == '.')
            {
                inFraction = true;
                continue;
            }
            if (inFraction) fraction++;
            if (c == '0')
            {
                if (count > 0) zeros++;
                continue;
            }
            count += zeros + 1;
            if (count <= SmallDigits) small = small * Powers[zeros + 1] + (ulong)(c - '0');
            zeros = 0;
        }
        if (count == 0) return default;
        var large = count <= SmallDigits ? null : CopyDigits(mantissa, count);
        return new(negative, count, large is null ? small : 0, large, exponent - fraction + zeros);
    }

    /// <summary>
    /// The number as a count: negative and fractional numbers are none, and what is larger than an int is <see cref="int.MaxValue"/>.
    /// </summary>
    public bool TryGetCount(out int count)
    {
        count = 0;
        if (_count == 0) return true;
        if (_negative || _exponent < 0) return false;
        count = _count + _exponent > 10 ? int.MaxValue : (int)Math.Min(int.MaxValue, _small * Powers[(int)_exponent]);
        return true;
    }

    public int CompareTo(in JsonNumber other)
    {
        if (_count == 0 || other._count == 0 || _negative != other._negative) return Sign.CompareTo(other.Sign);
        var size = CompareSize(other);
        return _negative ? -size : size;
    }

    /// <summary>Whether this number divided by a positive one is an integer.</summary>
    public bool IsMultipleOf(in JsonNumber divisor)
    {
        if (_count == 0) return true;
        var shift = _exponent - divisor._exponent;
        // These digits end in no zero, so no power of ten divides them.
        if (shift < 0) return false;
        if (divisor._large is not null)
            return BigInteger.Remainder(ToBig() * BigInteger.ModPow(10, shift, divisor.ToBig()), divisor.ToBig()).IsZero;
        var modulus = divisor._small;
        if (_large is null && _count + shift <= SmallDigits) return _small * Powers[(int)shift] % modulus == 0;
        return (UInt128)Remainder(modulus) * PowerOfTen(shift, modulus) % modulus == 0;
    }

    public bool Equals(JsonNumber other) =>
        _negative == other._negative && _count == other._count && _small == other._small && _exponent == other._exponent &&
        (_large is null ? other._large is null : _large.AsSpan().SequenceEqual(other._large));

    public override bool Equals(object? obj) => obj is JsonNumber other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(_negative);
        hash.Add(_small);
        hash.Add(_exponent);
        hash.AddBytes(_large);
        return hash.ToHashCode();
    }

    private int Sign => _count == 0 ? 0 : _negative ? -1 : 1;

    private int CompareSize(in JsonNumber other)
    {
        var order = (_count + _exponent).CompareTo(other._count + other._exponent);
        if (order != 0) return order;
        if (_large is null && other._large is null && _count == other._count) return _small.CompareTo(other._small);
        Span<byte> mine = stackalloc byte[SmallDigits], theirs = stackalloc byte[SmallDigits];
        return Digits(mine).SequenceCompareTo(other.Digits(theirs));
    }

    private ReadOnlySpan<byte> Digits(Span<byte> room)
    {
        if (_large is not null) return _large;
        _small.TryFormat(room, out var written, default, CultureInfo.InvariantCulture);
        return room[..written];
    }

    private BigInteger ToBig() =>
        _large is null ? _small : BigInteger.Parse(System.Text.Encoding.ASCII.GetString(_large), CultureInfo.InvariantCulture);

    private ulong Remainder(ulong modulus)
    {
        if (_large is null) return _small % modulus;
        ulong rest = 0;
        foreach (var digit in _large) rest = (ulong)(((UInt128)rest * 10 + (ulong)(digit - '0')) % modulus);
        return rest;
    }

    private static ulong PowerOfTen(long exponent, ulong modulus)
    {
        UInt128 result = 1 % modulus, factor = 10 % modulus;
        for (; exponent > 0; exponent >>= 1)
        {
            if ((exponent & 1) != 0) result = result * factor % modulus;
            factor = factor * factor % modulus;
        }
        return (ulong)result;
    }

    private static long ParseExponent(ReadOnlySpan<byte> text)
    {
        long value = 0;
        foreach (var c in text)
            if (c is >= (byte)'0' and <= (byte)'9') value = Math.Min(ExponentBound, value * 10 + (c - '0'));
        return text[0] == '-' ? -value : value;
    }

    private static byte[] CopyDigits(ReadOnlySpan<byte> mantissa, int count)
    {
        var digits = new byte[count];
        var at = 0;
        foreach (var c in mantissa)
        {
            if (c == '.' || (at == 0 && c == '0')) continue;
            if (at == count) break;
            digits[at++] = c;
        }
        return digits;
    }

    private static ulong[] CreatePowers()
    {
        var powers = new ulong[20];
        powers[0] = 1;
        for (var i = 1; i < powers.Length; i++) powers[i] = powers[i - 1] * 10;
        return powers;
    }
}
