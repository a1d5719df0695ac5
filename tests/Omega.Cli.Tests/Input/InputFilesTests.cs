using System.Text;
using Omega.Cli.Input;
using Omega.TestKit;

namespace Omega.Cli.Tests.Input;

public sealed class InputFilesTests
{
    [Fact]
    public void Decode_Text_LosesOnlyMarkAndLineEndsAtItsEnd() =>
        Assert.Equal("a\n\nb", StandardInput.Decode("\uFEFFa\n\nb\r\n\n"u8));

    [Fact]
    public void Decode_Binary_IsRefused()
    {
        Assert.Throws<CliException>(() => StandardInput.Decode([0xFF, 0xFE, 0x41]));
        Assert.Throws<CliException>(() => StandardInput.Decode(Encoding.UTF8.GetBytes("a\0b")));
    }

    [Theory]
    [InlineData(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0 }, "image/png")]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF, 0xE0 }, "image/jpeg")]
    [InlineData(new byte[] { 0x47, 0x49, 0x46, 0x38, 0x39, 0x61 }, "image/gif")]
    [InlineData(new byte[] { 0x52, 0x49, 0x46, 0x46, 0, 0, 0, 0, 0x57, 0x45, 0x42, 0x50 }, "image/webp")]
    [InlineData(new byte[] { 0x25, 0x50, 0x44, 0x46 }, null)]
    public void MediaType_FirstBytes_TellTheKind(byte[] bytes, string? expected) => Assert.Equal(expected, ImageFile.MediaType(bytes));

    [Fact]
    public void Load_WhatIsNoImage_SaysWhatIsTaken()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.At("a.png"), "text");

        Assert.Contains("is not a PNG, JPEG, GIF or WebP image", Assert.Throws<CliException>(() => ImageFile.Load(folder.At("a.png"))).Message, StringComparison.Ordinal);
        Assert.Contains("there is no file", Assert.Throws<CliException>(() => ImageFile.Load(folder.At("b.png"))).Message, StringComparison.Ordinal);
        Assert.Equal("https://example.org/a.png", ImageFile.Load("https://example.org/a.png").Url);
    }
}
