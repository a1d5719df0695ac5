using System.Globalization;

namespace Omega.Gpt.Providers.Sse;

/// <summary>An event stream went over one of its <see cref="SseLimits"/>. Nothing after that point can be read.</summary>
/// <param name="limit">The name of the limit, as in <see cref="SseLimits"/>.</param>
/// <param name="value">The limit, in bytes.</param>
/// <param name="offset">Where the line that went over it begins, in bytes from the start of the stream.</param>
internal sealed class SseFormatException(string limit, long value, long offset) : FormatException(string.Create(
    CultureInfo.InvariantCulture,
    $"The event stream exceeds {limit} ({value} bytes) in the line that begins at byte {offset}. If this server may send so much, raise SseLimits.{limit}."))
{
    /// <summary>The name of the limit, as in <see cref="SseLimits"/>.</summary>
    public string Limit { get; } = limit;

    /// <summary>The limit, in bytes.</summary>
    public long Value { get; } = value;

    /// <summary>Where the line that went over the limit begins, in bytes from the start of the stream.</summary>
    public long Offset { get; } = offset;
}
