using System.Globalization;
using System.IO.Compression;
using Omega.Trading;

namespace Omega.Pairs.Market;

/// <summary>
/// Reading one file of candles in turns: our reader, a naive loop, and what no reader can do without. Processor time of the whole
/// process, not the clock: the machine may be busy. The file is the minutes of OMEGA_REAL_CANDLES, or made where that is not set.
/// </summary>
internal static class CandleFilePairs
{
    private const int Warmups = 10;
    private const int Rounds = 30;
    private const int MadeRows = 500_000;

    public static void Run()
    {
        var folder = Directory.CreateTempSubdirectory("omega-bench-").FullName;
        try
        {
            var (plain, packed) = (Path.Combine(folder, "minutes.csv"), Path.Combine(folder, "minutes.csv.gz"));
            Prepare(plain, packed);
            Compare(new FileInfo(plain).Length,
            [
                ("count lines", () => CountLines(File.OpenRead(plain))),
                ("Omega", () => CandleFile.Read(plain).Series.Count),
                ("naive", () => Naive(File.OpenRead(plain))),
                ("inflate, count lines", () => CountLines(Inflate(packed))),
                ("Omega, gzip", () => CandleFile.Read(packed).Series.Count),
                ("naive, gzip", () => Naive(Inflate(packed))),
            ]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Compare(long bytes, (string Name, Func<int> Read)[] readers)
    {
        var times = readers.Select(_ => new List<double>(Rounds)).ToArray();
        var allocated = new long[readers.Length];
        for (var round = 0; round < Warmups + Rounds; round++)
        {
            for (var i = 0; i < readers.Length; i++)
            {
                GC.Collect();
                var (cpu, heap) = (Environment.CpuUsage.TotalTime, GC.GetAllocatedBytesForCurrentThread());
                var rows = readers[i].Read();
                if (round >= Warmups)
                    times[i].Add((Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
                allocated[i] = (GC.GetAllocatedBytesForCurrentThread() - heap) / Math.Max(1, rows);
            }
        }

        Console.WriteLine(FormattableString.Invariant($"{bytes:N0} bytes of CSV; MB/s of processor time"));
        Console.WriteLine("| reader | MB/s, least disturbed | MB/s, median | allocated B a row |");
        for (var i = 0; i < readers.Length; i++)
        {
            times[i].Sort();
            Console.WriteLine(FormattableString.Invariant($"| {readers[i].Name} | {bytes / times[i][0] / 1e6:0} | {bytes / times[i][Rounds / 2] / 1e6:0} | {allocated[i]} |"));
        }
    }

    private static void Prepare(string plain, string packed)
    {
        if (Environment.GetEnvironmentVariable("OMEGA_REAL_CANDLES") is { Length: > 0 } folder)
        {
            File.Copy(Path.Combine(folder, "btcusd-1m-2018.csv.gz"), packed);
        }
        else
        {
            using var file = new StreamWriter(new GZipStream(File.Create(packed), CompressionLevel.Optimal));
            file.WriteLine("timestamp_ms,open,high,low,close,volume");
            var random = new Random(1);
            for (var i = 0; i < MadeRows; i++)
            {
                var (low, high) = (8000 + random.Next(1000), 9000 + random.Next(1000));
                file.WriteLine(FormattableString.Invariant($"{1_514_764_800_000 + (i * 60_000L)},{low + random.Next(90)}.{random.Next(100)},{high}.{random.Next(100)},{low},{low + random.NextDouble():0.00000000},{random.NextDouble() * 20:0.00000000}"));
            }
        }

        using var target = File.Create(plain);
        using var source = Inflate(packed);
        source.CopyTo(target);
    }

    private static GZipStream Inflate(string path) => new(File.OpenRead(path), CompressionMode.Decompress);

    // The bytes once through memory, and one look at each.
    private static int CountLines(Stream stream)
    {
        using (stream)
        {
            var (buffer, lines) = (new byte[256 * 1024], 0);
            while (stream.Read(buffer) is > 0 and var count)
                lines += buffer.AsSpan(0, count).Count((byte)'\n');
            return lines;
        }
    }

    // As one would write it in five minutes: no check, known columns.
    private static int Naive(Stream stream)
    {
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        var candles = new List<Candle>();
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split(',');
            candles.Add(new Candle(long.Parse(fields[0], CultureInfo.InvariantCulture), Number(fields[1]), Number(fields[2]), Number(fields[3]), Number(fields[4]), Number(fields[5])));
        }

        return candles.Count;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
