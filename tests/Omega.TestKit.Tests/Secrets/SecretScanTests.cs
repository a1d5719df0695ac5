using System.IO.Compression;
using System.Text;

namespace Omega.TestKit.Tests.Secrets;

public sealed class SecretScanTests
{
    private const string Secret = "sk-planted/0123456789+abcdef";

    public static TheoryData<string> Forms =>
    [
        $"key={Secret}.",
        Secret[3..15],
        Encoding.Latin1.GetString(Encoding.Unicode.GetBytes(Secret)),
        Convert.ToHexString(Encoding.UTF8.GetBytes(Secret)),
        Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Secret)),
        Uri.EscapeDataString(Secret),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)),
        Convert.ToBase64String(Encoding.UTF8.GetBytes("Bearer " + Secret)),
        Convert.ToBase64String(Encoding.UTF8.GetBytes("user:" + Secret + "!")),
    ];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Text_SecretInAnyForm_IsFoundAndNotRepeated(string text)
    {
        var scan = new SecretScan(Secret).Text("a log", $"before {text} after");

        Assert.StartsWith("a log: byte ", Assert.Single(scan.Finds), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret[..8], Assert.Throws<SecretFoundException>(scan.ThrowIfFound).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sk-plan[key]")]
    [InlineData("sk-0123456789")]
    public void Text_NoSecret_IsClean(string text) => new SecretScan(Secret).Text("a log", text).ThrowIfFound();

    [Fact]
    public void Folder_FilesPackedOrNot_AreLookedThrough()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.At("deep"));
        File.WriteAllText(folder.At("deep", "a.jsonl"), Secret);
        File.WriteAllText(folder.At(".env"), Secret);
        File.WriteAllText(folder.At("clean"), "nothing");
        using (var gzip = new GZipStream(File.Create(folder.At("b.gz")), CompressionMode.Compress))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Secret));
        }

        var finds = new SecretScan(Secret).Folder(folder.Path, ".env").Folder(folder.At("absent")).Finds;

        Assert.Equal(2, finds.Count);
        Assert.Contains(finds, find => find.Contains("a.jsonl", StringComparison.Ordinal));
        Assert.Contains(finds, find => find.Contains("b.gz (unpacked)", StringComparison.Ordinal));
    }

    [Fact]
    public void ThrowIfFound_NothingLookedThrough_IsNoSuccess() => Assert.Throws<SecretFoundException>(new SecretScan(Secret).ThrowIfFound);

    [Fact]
    public void Scan_ShortSecret_IsRefused() => Assert.Throws<ArgumentException>(() => new SecretScan("short"));
}
