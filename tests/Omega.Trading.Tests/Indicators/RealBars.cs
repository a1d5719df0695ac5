using System.Globalization;
using System.IO.Compression;

namespace Omega.Trading.Tests.Indicators;

/// <summary>Real candles from the folder that OMEGA_REAL_CANDLES names; tests that need them are skipped, visibly, without it.</summary>
internal static class RealBars
{
    private static readonly Lazy<Candle[]> File = new(() => [.. Lines("btcusdt-1h-2017-2024.csv.gz", "timestamp_s,open,high,low,close,volume").Select(line => Bar(line, 1000))]);
    private static readonly Lazy<Candle[]> FileOfMinutes = new(() => [.. Lines("btcusd-1m-2018.csv.gz", "timestamp_ms,open,high,low,close,volume").Skip(200_000).Take(20_000).Select(line => Bar(line, 1))]);

    /// <summary>Hourly candles from an index on; fewer where the file ends.</summary>
    public static Candle[] Slice(int from, int count) => [.. File.Value.Skip(from).Take(count)];

    public static int Count => File.Value.Length;

    /// <summary>Two weeks of one-minute candles, from May 2018 on.</summary>
    public static Candle[] Minutes => FileOfMinutes.Value;

    private static IEnumerable<string> Lines(string file, string header)
    {
        var folder = Environment.GetEnvironmentVariable("OMEGA_REAL_CANDLES");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), $"Set OMEGA_REAL_CANDLES to a folder with {file}.");
        using var reader = new StreamReader(new GZipStream(System.IO.File.OpenRead(Path.Combine(folder!, file)), CompressionMode.Decompress));
        Assert.Equal(header, reader.ReadLine());
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    private static Candle Bar(string line, long unit)
    {
        var cells = line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray();
        return new((long)cells[0] * unit, cells[1], cells[2], cells[3], cells[4], cells[5]);
    }
}
