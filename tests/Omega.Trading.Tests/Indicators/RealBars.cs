using System.Globalization;
using System.IO.Compression;

namespace Omega.Trading.Tests.Indicators;

/// <summary>Real hourly candles from the folder that OMEGA_CANDLES names; tests that need them are skipped, visibly, without it.</summary>
internal static class RealBars
{
    private static readonly Lazy<Candle[]> File = new(Read);

    /// <summary>Candles from an index on; fewer where the file ends.</summary>
    public static Candle[] Slice(int from, int count) => [.. File.Value.Skip(from).Take(count)];

    public static int Count => File.Value.Length;

    private static Candle[] Read()
    {
        var folder = Environment.GetEnvironmentVariable("OMEGA_CANDLES");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "Set OMEGA_CANDLES to a folder with btcusdt-1h-2017-2024.csv.gz.");
        using var reader = new StreamReader(new GZipStream(System.IO.File.OpenRead(Path.Combine(folder!, "btcusdt-1h-2017-2024.csv.gz")), CompressionMode.Decompress));
        Assert.Equal("timestamp_s,open,high,low,close,volume", reader.ReadLine());
        var bars = new List<Candle>();
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray();
            bars.Add(new((long)cells[0] * 1000, cells[1], cells[2], cells[3], cells[4], cells[5]));
        }

        return [.. bars];
    }
}
