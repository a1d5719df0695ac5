using System.Buffers;
using System.Globalization;
using System.Text;

namespace Omega.Trading;

/// <summary>Writes candles as UTF-8 text through one pooled buffer.</summary>
internal static class CandleCsv
{
    private const int BufferSize = 64 * 1024;
    private const int LongestRow = 256;

    /// <param name="stream">Where to.</param>
    /// <param name="series">The candles.</param>
    /// <param name="comment">A line above the header, which readers skip; or null.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public static void Write(Stream stream, CandleSeries series, string? comment, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var hasParts = !series.Parts.IsEmpty;
            stream.Write(Encoding.UTF8.GetBytes($"{(comment is null ? "" : $"# {comment}\n")}time,open,high,low,close,volume{(hasParts ? ",parts" : "")}\n"));
            var used = 0;
            for (var i = 0; i < series.Count; i++)
            {
                if (buffer.Length - used < LongestRow)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    stream.Write(buffer, 0, used);
                    used = 0;
                }

                used += WriteRow(buffer.AsSpan(used), series[i], hasParts ? series.Parts[i] : null);
            }

            stream.Write(buffer, 0, used);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static int WriteRow(Span<byte> row, in Candle candle, int? parts)
    {
        var used = Encoding.UTF8.GetBytes(IsoTime.Format(candle.Time), row);
        used += WriteNumber(row[used..], candle.Open);
        used += WriteNumber(row[used..], candle.High);
        used += WriteNumber(row[used..], candle.Low);
        used += WriteNumber(row[used..], candle.Close);
        used += WriteNumber(row[used..], candle.Volume);
        if (parts is { } count)
        {
            row[used++] = (byte)',';
            count.TryFormat(row[used..], out var digits, default, CultureInfo.InvariantCulture);
            used += digits;
        }

        row[used++] = (byte)'\n';
        return used;
    }

    // The default format is the shortest text that reads back to the same bits.
    private static int WriteNumber(Span<byte> row, double value)
    {
        row[0] = (byte)',';
        value.TryFormat(row[1..], out var length, default, CultureInfo.InvariantCulture);
        return 1 + length;
    }
}
