using System.Text;

namespace Omega.Cli.Tests.Processes;

/// <summary>
/// Reads what a test looks at in an OTLP export request, by the field numbers of opentelemetry-proto: both requests hold resources (1), a
/// resource its attributes (1.1) and scopes (2), a scope its spans or metrics (2).
/// </summary>
internal static class OtlpMessages
{
    public static IReadOnlyList<string> SpanNames(ReadOnlyMemory<byte> request) => [.. At(request, 1, 2, 2, 5).Select(Text)];

    public static IReadOnlyList<string> MetricNames(ReadOnlyMemory<byte> request) => [.. At(request, 1, 2, 2, 1).Select(Text)];

    /// <summary>The resource's attributes that are text.</summary>
    public static IReadOnlyDictionary<string, string> Resource(ReadOnlyMemory<byte> request) =>
        At(request, 1, 1, 1).ToDictionary(pair => Text(At(pair, 1).Single()), pair => Text(At(pair, 2, 1).SingleOrDefault()));

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    /// <summary>All values at a path of fields.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> At(ReadOnlyMemory<byte> message, params int[] path)
    {
        IEnumerable<ReadOnlyMemory<byte>> found = [message];
        foreach (var field in path)
            found = found.SelectMany(inner => Fields(inner).Where(pair => pair.Field == field).Select(pair => pair.Value));
        return found;
    }

    /// <summary>The fields that have a length; numbers are passed over.</summary>
    private static List<(int Field, ReadOnlyMemory<byte> Value)> Fields(ReadOnlyMemory<byte> message)
    {
        List<(int, ReadOnlyMemory<byte>)> fields = [];
        var at = 0;
        while (at < message.Length)
        {
            var tag = Varint(message.Span, ref at);
            switch (tag & 7)
            {
                case 0:
                    Varint(message.Span, ref at);
                    break;
                case 1:
                    at += 8;
                    break;
                case 2:
                    var length = (int)Varint(message.Span, ref at);
                    fields.Add(((int)(tag >> 3), message.Slice(at, length)));
                    at += length;
                    break;
                case 5:
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException($"Wire type {tag & 7} at byte {at} of {message.Length}.");
            }
        }

        return at == message.Length ? fields : throw new InvalidDataException($"A field ends at byte {at} of {message.Length}.");
    }

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        var (value, shift) = (0UL, 0);
        while (true)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
            shift += 7;
        }
    }
}
