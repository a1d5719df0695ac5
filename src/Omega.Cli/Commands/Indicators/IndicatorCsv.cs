using System.Buffers;
using System.Globalization;
using System.Text;
using Omega.Cli.Screen;

namespace Omega.Cli.Commands.Indicators;

/// <summary>Indicators as CSV: <c>time</c> in ISO 8601, then a column for each output; every digit, empty where there is no value.</summary>
internal static class IndicatorCsv
{
    private const int WriteAt = 64 * 1024;

    public static void Write(Terminal terminal, IndicatorSheet sheet, int from, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>(2 * WriteAt);
        Encoding.UTF8.GetBytes($"time,{string.Join(',', sheet.Columns.Select(column => column.Name))}\n", buffer);
        for (var t = from; t < sheet.Series.Count; t++)
        {
            Encoding.UTF8.GetBytes(sheet.Time(t), buffer);
            foreach (var column in sheet.Columns)
            {
                buffer.Write(","u8);
                Number(buffer, column.Values[t]);
            }

            buffer.Write("\n"u8);
            if (buffer.WrittenCount < WriteAt)
                continue;
            cancellationToken.ThrowIfCancellationRequested();
            terminal.Output(buffer.WrittenSpan);
            buffer.ResetWrittenCount();
        }

        terminal.Output(buffer.WrittenSpan);
    }

    private static void Number(ArrayBufferWriter<byte> buffer, double value)
    {
        if (double.IsNaN(value))
            return;
        value.TryFormat(buffer.GetSpan(32), out var written, "R", CultureInfo.InvariantCulture);
        buffer.Advance(written);
    }
}
