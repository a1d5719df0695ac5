using Omega.Gpt;

namespace Omega.Cli.Input;

/// <summary>Images for a prompt: a file, whose type is told by its first bytes, or a URL that the provider fetches.</summary>
internal static class ImageFile
{
    public const long MaxBytes = 20 * 1024 * 1024;

    /// <exception cref="CliException">There is no such file, or it is no image that models take.</exception>
    public static ImagePart Load(string path)
    {
        if (path.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || path.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            return new ImagePart { Url = path };
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
                throw CliException.Usage($"--image: there is no file {path}.");
            if (file.Length > MaxBytes)
                throw CliException.Usage($"--image: {path} has {file.Length / (1024 * 1024)} MB; allowed: up to {MaxBytes / (1024 * 1024)} MB.");
            var bytes = File.ReadAllBytes(path);
            return new ImagePart
            {
                Data = bytes,
                MediaType = MediaType(bytes) ?? throw CliException.Usage($"--image: {path} is not a PNG, JPEG, GIF or WebP image."),
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CliException.Usage($"--image: {path} could not be read: {exception.Message}");
        }
    }

    internal static string? MediaType(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]))
            return "image/png";
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return "image/jpeg";
        if (bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8))
            return "image/gif";
        return bytes.StartsWith("RIFF"u8) && bytes.Length >= 12 && bytes[8..12].SequenceEqual("WEBP"u8) ? "image/webp" : null;
    }
}
