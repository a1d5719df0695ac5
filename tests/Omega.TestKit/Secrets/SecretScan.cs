using System.IO.Compression;
using System.Text;

namespace Omega.TestKit;

/// <summary>
/// Looks for planted secrets in all that a run has left behind: texts, and every file of a folder. A secret is found whole or in part
/// (any <see cref="LeastCharacters"/> characters of it in a row), as text in UTF-8 or UTF-16, in Base64 at any alignment, in hexadecimal and
/// escaped as in a URL; in <c>.gz</c> files too.
/// </summary>
public sealed class SecretScan
{
    /// <summary>So many characters of a secret are a find; its first few, which say whose key it is, are none.</summary>
    public const int LeastCharacters = 12;

    private readonly List<(string Secret, string Form, byte[] Bytes)> _needles = [];
    private readonly List<string> _finds = [];

    public SecretScan(params IEnumerable<string> secrets)
    {
        foreach (var secret in secrets)
        {
            if (secret.Length < LeastCharacters)
            {
                throw new ArgumentException($"A planted secret of {secret.Length} characters may occur by chance; plant at least {LeastCharacters}.", nameof(secrets));
            }

            for (var start = 0; start + LeastCharacters <= secret.Length; start++)
            {
                Add(secret, secret.Substring(start, LeastCharacters));
            }
        }
    }

    /// <summary>How many texts and files were looked through.</summary>
    public int Looked { get; private set; }

    /// <summary>Where something was found, and as what; never the secret itself.</summary>
    public IReadOnlyList<string> Finds => _finds;

    /// <summary>Looks through a text.</summary>
    /// <param name="name">What it is, for the find.</param>
    /// <param name="text">The text; null is nothing.</param>
    public SecretScan Text(string name, string? text) => Bytes(name, Encoding.UTF8.GetBytes(text ?? ""));

    /// <summary>Looks through an exception with all its causes.</summary>
    public SecretScan Error(string name, Exception? exception) => Text(name, exception?.ToString());

    /// <summary>Looks through bytes.</summary>
    public SecretScan Bytes(string name, ReadOnlySpan<byte> bytes)
    {
        Looked++;
        foreach (var (secret, form, needle) in _needles)
        {
            if (bytes.IndexOf(needle) is >= 0 and var at)
            {
                _finds.Add($"{name}: byte {at}: {secret[..4]}… as {form}");
                break;
            }
        }

        return this;
    }

    /// <summary>Looks through the names and contents of all files under a folder; one that does not exist has none.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="except">Names of files that hold the secret on purpose, such as <c>.env</c>.</param>
    public SecretScan Folder(string path, params IReadOnlyCollection<string> except)
    {
        if (!Directory.Exists(path))
        {
            return this;
        }

        foreach (var file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(file => !except.Contains(Path.GetFileName(file))))
        {
            Text("the name of a file", Path.GetRelativePath(path, file));
            using var content = new MemoryStream();
            using (var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
            {
                stream.CopyTo(content);
            }

            Bytes(file, content.GetBuffer().AsSpan(0, (int)content.Length));
            if (file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            {
                Bytes($"{file} (unpacked)", Unpacked(content));
            }
        }

        return this;
    }

    /// <exception cref="SecretFoundException">Something was found, or nothing was looked through.</exception>
    public void ThrowIfFound()
    {
        if (Looked == 0)
        {
            throw new SecretFoundException("Nothing was looked through.");
        }

        if (_finds.Count > 0)
        {
            throw new SecretFoundException($"Planted secrets were found:{Environment.NewLine}{string.Join(Environment.NewLine, _finds)}");
        }
    }

    private static ReadOnlySpan<byte> Unpacked(MemoryStream packed)
    {
        packed.Position = 0;
        using var unpacked = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true))
        {
            try
            {
                gzip.CopyTo(unpacked);
            }
            catch (InvalidDataException)
            {
                // A file that is still being written: what could be read of it is looked through.
            }
        }

        return unpacked.ToArray();
    }

    private void Add(string secret, string part)
    {
        var bytes = Encoding.UTF8.GetBytes(part);
        _needles.Add((secret, "text", bytes));
        _needles.Add((secret, "UTF-16", Encoding.Unicode.GetBytes(part)));
        _needles.Add((secret, "hexadecimal", Encoding.ASCII.GetBytes(Convert.ToHexString(bytes))));
        _needles.Add((secret, "hexadecimal", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(bytes))));
        if (Uri.EscapeDataString(part) is var escaped && escaped != part)
        {
            _needles.Add((secret, "a part of a URL", Encoding.ASCII.GetBytes(escaped)));
        }

        for (var alignment = 0; alignment < 3; alignment++)
        {
            // Only those characters that do not depend on what stands before and after.
            var base64 = Convert.ToBase64String([.. new byte[alignment], .. bytes]);
            var from = alignment == 0 ? 0 : alignment + 1;
            var length = ((alignment + bytes.Length) / 3 * 4) - from;
            _needles.Add((secret, "Base64", Encoding.ASCII.GetBytes(base64.Substring(from, length))));
        }
    }
}

/// <summary>A secret was found where none may be.</summary>
public sealed class SecretFoundException(string message) : Exception(message);
