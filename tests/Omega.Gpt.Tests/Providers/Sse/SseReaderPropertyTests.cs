using CsCheck;
using Omega.Gpt.Providers.Sse;

namespace Omega.Gpt.Tests.Providers.Sse;

/// <summary>Random streams made of the pieces that matter, in random reads.</summary>
public sealed class SseReaderPropertyTests
{
    private static readonly byte[][] Tokens =
    [
        [.. "data"u8], [.. "data:"u8], [.. "data: "u8], [.. "event"u8], [.. "event: "u8], [.. "id"u8], [.. "id:"u8], [.. "retry: 5"u8],
        [.. ":"u8], [.. " "u8], [.. "\r"u8], [.. "\n"u8], [.. "\r\n"u8], [.. "\n\n"u8], [.. "\r\n\r\n"u8], [.. "\0"u8], [.. "x"u8],
        [.. "[DONE]"u8], [.. "\u00E9"u8], [.. "\u20BF"u8], [.. "\U0001F680"u8], [.. "\uFEFF"u8], [0xEF], [0xBB], [0xBF], [0xFF],
        [.. "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hello\"}}]}"u8],
    ];

    private static readonly Gen<byte[]> Streams =
        Gen.Int[0, Tokens.Length - 1].Array[0, 60].Select(picked => picked.SelectMany(i => Tokens[i]).ToArray());

    // Whole, single bytes, or any mixture of sizes; 0 is a read that brings nothing (the last size is never 0, so the stream ends).
    private static readonly Gen<int[]> Reads = Gen.Frequency(
        (1, Gen.Const(Array.Empty<int>())),
        (1, Gen.Const((int[])[1])),
        (4, Gen.Select(Gen.Int[0, 9].Array[0, 8], Gen.Int[1, 40], (sizes, last) => (int[])[.. sizes, last])));

    [Fact]
    public void TryRead_AnyStreamInAnyReads_AgreesWithTheReference() =>
        Gen.Select(Streams, Reads).Sample(
            (stream, sizes) => SseReading.Read(stream, null, sizes).Events.SequenceEqual(SseReference.Read(stream)),
            iter: 30_000,
            print: t => $"{Convert.ToHexString(t.Item1)} in reads of [{string.Join(", ", t.Item2)}]");

    [Fact]
    public void TryRead_AnyStreamAndLimitsInAnyReads_EndsAsReadWhole() =>
        Gen.Select(Streams, Reads, Gen.Int[1, 60], Gen.Int[1, 60], Gen.Int[1, 400]).Sample(
            (stream, sizes, line, data, total) =>
            {
                var limits = new SseLimits { MaxLineBytes = line, MaxEventBytes = data, MaxTotalBytes = total };
                var whole = SseReading.Read(stream, limits);
                var reference = SseReference.Read(stream);
                return SseReading.Read(stream, limits, sizes).Agrees(whole)
                    && reference.Take(whole.Events.Count).SequenceEqual(whole.Events)
                    && (whole.Broken is not null || whole.Events.Count == reference.Count);
            },
            iter: 30_000,
            print: t => $"{Convert.ToHexString(t.Item1)} in reads of [{string.Join(", ", t.Item2)}], limits {t.Item3}, {t.Item4}, {t.Item5}");
}
