using System.Runtime.CompilerServices;

namespace Omega.Gpt.Providers.Sse;

/// <summary>What one event stream may cost in memory, and how long it may be; beyond it the reader throws <see cref="SseFormatException"/>.</summary>
internal sealed record SseLimits
{
    /// <summary>The largest value of <see cref="MaxLineBytes"/> and <see cref="MaxEventBytes"/>: 256 MiB, so that both fit one array.</summary>
    public const int LargestBuffer = 256 << 20;

    /// <summary>The limits used where none are given.</summary>
    public static SseLimits Default { get; } = new();

    /// <summary>The longest line, field name included, line end not; checked while the line is still arriving.</summary>
    /// <value>In bytes, from 1 to 256 MiB. Default 4 MiB.</value>
    public int MaxLineBytes { get; init => field = (int)InRange(value, LargestBuffer); } = 4 << 20;

    /// <summary>The most data one event may carry, with the line feeds that join its data lines; checked as each data line ends.</summary>
    /// <value>In bytes, from 1 to 256 MiB. Default 16 MiB.</value>
    public int MaxEventBytes { get; init => field = (int)InRange(value, LargestBuffer); } = 16 << 20;

    /// <summary>The longest stream, everything included.</summary>
    /// <value>In bytes, at least 1. Default 1 GiB.</value>
    public long MaxTotalBytes { get; init => field = InRange(value, long.MaxValue); } = 1L << 30;

    private static long InRange(long value, long largest, [CallerMemberName] string name = "") =>
        value >= 1 && value <= largest
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} is a number of bytes from 1 to {largest}.");
}
