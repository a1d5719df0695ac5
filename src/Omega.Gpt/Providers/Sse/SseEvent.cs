namespace Omega.Gpt.Providers.Sse;

/// <summary>
/// One event as bytes of the reader's own buffers (UTF-8 if the server keeps to the standard; nothing is decoded here, so a character
/// split over two reads is whole again). Valid until the next <c>TryRead</c>, <c>GetMemory</c>, <c>Advance</c>, <c>Feed</c> or
/// <c>Dispose</c> of the reader.
/// </summary>
internal readonly ref struct SseEvent(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data, ReadOnlySpan<byte> id)
{
    /// <summary>The event's own name; empty where it has none, which the standard calls <c>message</c>.</summary>
    public ReadOnlySpan<byte> Name { get; } = name;

    /// <summary>The data lines joined with line feeds; may be empty.</summary>
    public ReadOnlySpan<byte> Data { get; } = data;

    /// <summary>The last id the stream has set, in this event or an earlier one; empty if none.</summary>
    public ReadOnlySpan<byte> Id { get; } = id;
}
