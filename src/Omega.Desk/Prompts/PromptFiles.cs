using System.Text;

namespace Omega.Desk;

/// <summary>Reads prompts: a text, below a first line <c>version: …</c> where there is one.</summary>
internal static class PromptFiles
{
    private const int MostBytes = 64 * 1024;
    private const string VersionKey = "version:";
    private static readonly string[] Names = ["analyst", "risk-officer"];

    public static DeskPrompt BuiltIn(string name)
    {
        using var resource = typeof(PromptFiles).Assembly.GetManifestResourceStream($"prompts/{name}.md")!;
        using var reader = new StreamReader(resource, Encoding.UTF8);
        return Parse(name, reader.ReadToEnd());
    }

    public static DeskPrompt Load(string name, string? folder)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length is 0 or > 64 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
            throw new DeskException($"\"{(name.Length > 64 ? name[..64] + "…" : name)}\" is no name of a prompt: up to 64 letters, digits, - and _. Known: {string.Join(", ", Names)}.");
        if (folder is not null && Path.Combine(folder, name + ".md") is var path && File.Exists(path))
            return Read(name, path);
        return name switch
        {
            "analyst" => DeskPrompt.Analyst,
            "risk-officer" => DeskPrompt.RiskOfficer,
            _ => throw new DeskException($"There is no prompt \"{name}\". Known: {string.Join(", ", Names)}{(folder is null ? "" : $"; or a file {name}.md in {folder}")}."),
        };
    }

    private static DeskPrompt Read(string name, string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[MostBytes + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length > MostBytes)
                throw new DeskException($"{path}: the prompt is larger than {MostBytes} bytes. Shorten it.");
            var prompt = Parse(name, new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, 0, length));
            return prompt.Text.Length > 0 ? prompt : throw new DeskException($"{path}: the prompt is empty. Write one, or remove the file to use the one that comes with Omega.");
        }
        catch (DecoderFallbackException exception)
        {
            throw new DeskException($"{path}: the prompt is not UTF-8. Save it as such.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DeskException($"{path}: the prompt cannot be read: {exception.Message}", exception);
        }
    }

    private static DeskPrompt Parse(string name, string text)
    {
        text = text.TrimStart('\uFEFF').ReplaceLineEndings("\n");
        var end = text.IndexOf('\n', StringComparison.Ordinal) is var at && at < 0 ? text.Length : at;
        return text.StartsWith(VersionKey, StringComparison.OrdinalIgnoreCase)
            ? new DeskPrompt(name, text[VersionKey.Length..end].Trim(), text[end..].Trim())
            : new DeskPrompt(name, "own", text.Trim());
    }
}
