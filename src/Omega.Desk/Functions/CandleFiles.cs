using Omega.Trading;

namespace Omega.Desk.Functions;

/// <summary>The candle files that functions may read, kept once read. Thread-safe.</summary>
/// <param name="allowed">As the person spelled them.</param>
internal sealed class CandleFiles(IReadOnlyList<string> allowed)
{
    private const int MostKept = 2;

    // As much as a person waits for, and as fits beside everything else.
    private static readonly CandleFileOptions Limits = new() { MaxBytes = 1L << 30, MaxRows = 6_000_000 };

    private readonly Lock _gate = new();
    private readonly List<(string Path, DateTime Written, long Length, CandleFileResult Result)> _kept = [];

    /// <summary>Reads an allowed file.</summary>
    /// <param name="name">As the model gives it: the spelling, the full path, or the file's bare name.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="Refusal">It is not allowed, or cannot be used.</exception>
    public CandleFileResult Read(string name, CancellationToken cancellationToken)
    {
        var path = Allowed(name);
        try
        {
            var file = new FileInfo(path);
            var (written, length) = file.Exists ? (file.LastWriteTimeUtc, file.Length) : (default, 0);
            lock (_gate)
            {
                if (_kept.Find(kept => kept.Path == path && kept.Written == written && kept.Length == length) is { Result: { } known })
                    return known;
            }

            var result = CandleFile.Read(path, Limits, cancellationToken: cancellationToken);
            lock (_gate)
            {
                _kept.RemoveAll(kept => kept.Path == path);
                if (_kept.Count >= MostKept)
                    _kept.RemoveAt(0);
                _kept.Add((path, written, length, result));
            }

            return result;
        }
        catch (CandleFileException exception)
        {
            // A file's name is text from outside: it stands in quotation marks, and never where a sentence begins.
            var reason = exception.Message.StartsWith(exception.File, StringComparison.Ordinal) ? exception.Message[exception.File.Length..].TrimStart(':', ' ') : exception.Message;
            throw new Refusal("candle_file", $"The candle file cannot be used. {(exception.Line is null ? "" : "Line ")}{reason}", "candles", name);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new Refusal("candle_file", "The candle file cannot be read.", "candles", name);
        }
    }

    private string Allowed(string name)
    {
        // The path opened is always the person's own, never one that a model composed.
        var match = allowed.FirstOrDefault(file => file == name)
            ?? (allowed.Where(file => Path.GetFullPath(file) == name || Path.GetFileName(file) == name).ToArray() is [var only] ? only : null);
        if (match is not null)
            return match;
        var near = Spelling.Near(Path.GetFileName(name), allowed.Select(file => Path.GetFileName(file)));
        throw allowed.Count == 0
            ? new Refusal("file_not_allowed", "No candle file may be read: the person named none. Leave candles out to use the desk's own market.", "candles", name)
            : new Refusal("file_not_allowed", $"This file is not among those that the person named.{Spelling.Question(near)} Use one of them, or leave candles out.", "candles", name, near, [.. allowed.Take(20)]);
    }
}
