using System.Globalization;
using System.Security.Cryptography;

namespace Omega.Gpt;

/// <summary>Gives turns and conversations their ids. A replay puts recorded ids in its place. Implementations are thread-safe.</summary>
public interface IIdSource
{
    /// <summary>An id for a turn.</summary>
    string NextTurn();

    /// <summary>An id for a conversation, for people to read and type.</summary>
    string NextConversation();
}

/// <summary>
/// Ids from a clock and chance. A turn's id is 18 lower-case characters, 10 of time and 8 of chance (Crockford's base32:
/// no i, l, o, u): ids of one source sort in the order in which they were given, even within a millisecond or when the clock goes
/// back. A conversation's id is <c>2026-11-23-0301-k7q2</c>: date and time in UTC and 4 characters of chance; a store that already
/// has it asks again. Thread-safe.
/// </summary>
public sealed class TurnIds : IIdSource
{
    private const string Digits = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int TimeDigits = 10;
    private const int ChanceDigits = 8;
    private const long ChanceValues = 1L << (5 * ChanceDigits);

    private readonly TimeProvider _time;
    private readonly Random? _random;
    private readonly Lock _lock = new();
    private long _milliseconds;
    private long _chance;

    /// <summary>A source of ids.</summary>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="random">Seeded chance, for ids that can be had again; null for secure chance.</param>
    public TurnIds(TimeProvider? time = null, Random? random = null) => (_time, _random) = (time ?? TimeProvider.System, random);

    /// <inheritdoc/>
    public string NextTurn()
    {
        lock (_lock)
        {
            var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
            // Within a millisecond, and while the clock is behind, the chance part counts up so that order holds.
            if (now > _milliseconds)
                (_milliseconds, _chance) = (now, Chance(ChanceValues));
            else if (++_chance == ChanceValues)
                (_milliseconds, _chance) = (_milliseconds + 1, 0);
            return string.Create(TimeDigits + ChanceDigits, (_milliseconds, _chance), static (id, parts) =>
            {
                Write(id[..TimeDigits], parts._milliseconds);
                Write(id[TimeDigits..], parts._chance);
            });
        }
    }

    /// <inheritdoc/>
    public string NextConversation()
    {
        lock (_lock)
        {
            Span<char> chance = stackalloc char[4];
            Write(chance, Chance(1L << (5 * chance.Length)));
            return string.Create(CultureInfo.InvariantCulture, $"{_time.GetUtcNow().UtcDateTime:yyyy-MM-dd-HHmm}-{chance}");
        }
    }

    private long Chance(long below)
    {
        if (_random is not null)
            return _random.NextInt64(below);
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        RandomNumberGenerator.Fill(bytes);
        // The bound is a power of two, so the remainder is as even as the bytes.
        return (long)(BitConverter.ToUInt64(bytes) % (ulong)below);
    }

    private static void Write(Span<char> id, long value)
    {
        for (var i = id.Length - 1; i >= 0; i--)
        {
            id[i] = Digits[(int)(value & 31)];
            value >>= 5;
        }
    }
}
