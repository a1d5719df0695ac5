using System.IO.Compression;
using System.Text;

namespace Omega.Trading.Tests.Market.Files;

/// <summary>Files of candles as bytes.</summary>
internal static class Text
{
    /// <summary>Three sound hours from 2017-08-17T04:00Z, with a header.</summary>
    public const string Sound = "timestamp_s,open,high,low,close,volume\n1502942400,10,12,9,11,5\n1502946000,11,13,10,12,6\n1502949600,12,14,11,13,7\n";

    /// <summary>The candles of <see cref="Sound"/>.</summary>
    public static readonly Candle[] SoundCandles =
    [
        new(1_502_942_400_000, 10, 12, 9, 11, 5), new(1_502_946_000_000, 11, 13, 10, 12, 6), new(1_502_949_600_000, 12, 14, 11, 13, 7),
    ];

    public static CandleFileResult Read(string text, CandleFileOptions? options = null) => Read(Encoding.UTF8.GetBytes(text), options);

    public static CandleFileResult Read(byte[] bytes, CandleFileOptions? options = null)
    {
        using var stream = new MemoryStream(bytes);
        return CandleFile.Read(stream, "x.csv", options);
    }

    public static CandleFileException Refused(string text, CandleFileOptions? options = null) => Assert.Throws<CandleFileException>(() => Read(text, options));

    public static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    public static byte[] Zip(params (string Name, byte[] Bytes)[] files)
    {
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in files)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }

        return packed.ToArray();
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
