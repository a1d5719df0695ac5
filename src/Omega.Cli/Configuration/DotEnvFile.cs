using System.Text;

namespace Omega.Cli.Configuration;

/// <summary>
/// Reads a <c>.env</c> file: <c>KEY=value</c>, <c>export KEY=value</c>, <c>#</c> comments, single quotes (literal) and double quotes
/// (<c>\n \t \r \" \\</c>). Nothing is expanded and the process environment is not touched. Notes name lines, never what they hold.
/// </summary>
internal sealed class DotEnvFile
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly List<string> _notes = [];

    private DotEnvFile(string path) => Path = path;

    private (DateTime Written, long Bytes)? Stamp { get; init; }

    public string Path { get; }

    public IReadOnlyDictionary<string, string> Values => _values;

    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Reads the file; an absent one is empty, an unreadable one is empty with a note.</summary>
    public static DotEnvFile Read(string path)
    {
        var file = new DotEnvFile(path) { Stamp = StampOf(path) };
        try
        {
            if (File.Exists(path))
                file.Parse(File.ReadAllText(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            file._notes.Add($"{path} could not be read and is left out: {exception.Message}");
        }

        return file;
    }

    /// <summary>This, or the file as it is now where it has changed since.</summary>
    public DotEnvFile Fresh() => StampOf(Path) == Stamp ? this : Read(Path);

    internal static DotEnvFile Parse(string path, string text)
    {
        var file = new DotEnvFile(path);
        file.Parse(text);
        return file;
    }

    private static (DateTime, long)? StampOf(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : null;
    }

    private void Parse(string text)
    {
        var number = 0;
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var line = raw.Trim().TrimStart('\uFEFF');
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (line.StartsWith("export ", StringComparison.Ordinal))
                line = line[7..].TrimStart();
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            var key = equals < 0 ? "" : line[..equals].TrimEnd();
            if (!IsName(key) || Value(line[(equals + 1)..].TrimStart()) is not { } value)
            {
                _notes.Add($"{Path}:{number} is not KEY=value and is left out.");
                continue;
            }

            _values[key] = value;
        }
    }

    private static string? Value(string text)
    {
        if (text.Length == 0)
            return "";
        var quote = text[0];
        if (quote is not ('"' or '\''))
        {
            var comment = text.IndexOf(" #", StringComparison.Ordinal);
            return (comment < 0 ? text : text[..comment]).TrimEnd();
        }

        var value = new StringBuilder(text.Length);
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == quote)
                return IsRest(text.AsSpan(i + 1)) ? value.ToString() : null;
            if (quote == '"' && text[i] == '\\' && i + 1 < text.Length)
            {
                i++;
                value.Append(text[i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', var other => other });
            }
            else
            {
                value.Append(text[i]);
            }
        }

        return null;
    }

    private static bool IsRest(ReadOnlySpan<char> text) => text.TrimStart() is [] or ['#', ..];

    private static bool IsName(string key) =>
        key.Length > 0 && !char.IsAsciiDigit(key[0]) && key.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
