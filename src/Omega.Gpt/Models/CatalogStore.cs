using System.Text;

namespace Omega.Gpt.Models;

/// <summary>
/// The catalogue as a program uses it: what ships with the library, an update kept in a file over it, and a person's own corrections over
/// both. An update that is older than what ships is left out. Thread-safe; several processes may share the files.
/// </summary>
public sealed class CatalogStore
{
    /// <summary>The largest document taken, in bytes.</summary>
    public const int MaxBytes = 4 << 20;

    private const int MaxModels = 10_000;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ModelCatalog _shipped;

    /// <summary>Creates a store over two files, neither of which need exist.</summary>
    /// <param name="updateFile">The update, written by <see cref="Keep"/>.</param>
    /// <param name="ownFile">A person's corrections, only ever read; null for none.</param>
    /// <param name="shipped">What lies beneath; null for <see cref="ModelCatalog.Default"/>.</param>
    public CatalogStore(string updateFile, string? ownFile = null, ModelCatalog? shipped = null)
    {
        (UpdateFile, OwnFile, _shipped) = (Path.GetFullPath(updateFile), ownFile is null ? null : Path.GetFullPath(ownFile), shipped ?? ModelCatalog.Default);
    }

    /// <summary>Where the update is kept.</summary>
    public string UpdateFile { get; }

    /// <summary>Where a person's own corrections are; null for nowhere.</summary>
    public string? OwnFile { get; }

    /// <summary>Whether an update is kept that is older than what ships, and so is left out.</summary>
    /// <exception cref="GptException">The file cannot be read.</exception>
    public bool HasStaleUpdate => ReadFile(UpdateFile) is { } update && IsStale(_shipped.With(update));

    /// <summary>The catalogue.</summary>
    /// <exception cref="GptException">A file cannot be read; the message names it, says where and why, and what to do.</exception>
    public ModelCatalog Read()
    {
        var catalog = _shipped;
        if (ReadFile(UpdateFile) is { } update)
        {
            var updated = Over(catalog, update, UpdateFile, "Take it back with: omega models update --reset");
            if (!IsStale(updated))
                catalog = updated;
        }

        return OwnFile is not null && ReadFile(OwnFile) is { } own ? Over(catalog, own, OwnFile, "Mend it, or move it away") : catalog;
    }

    /// <summary>Checks a document whole, without keeping it: what the catalogue becomes, and what that changes.</summary>
    /// <param name="document">The document, UTF-8.</param>
    /// <param name="from">Where it is from, for messages.</param>
    /// <exception cref="GptException">It is not a catalogue, contradicts itself, or is older than what ships; nothing was written.</exception>
    public CatalogUpdate Examine(ReadOnlySpan<byte> document, string from)
    {
        var text = Decode(document, from);
        var updated = Over(_shipped, text, from, "Nothing was changed");
        if (updated.All.Count > MaxModels)
            throw Refused(from, $"it lists more than {MaxModels} models");
        if (IsStale(updated))
            throw Refused(from, $"it is of {updated.Updated:yyyy-MM-dd}, and what ships with this program is of {_shipped.Updated:yyyy-MM-dd}");
        foreach (var (provider, name) in updated.Defaults)
        {
            if (updated.Find(provider, name) is null)
                throw Refused(from, $"the default of {provider} is \"{name}\", which it does not list");
        }

        foreach (var model in updated.All)
        {
            if (model.Successor is { } successor && updated.Find(model.Provider, successor) is null)
                throw Refused(from, $"{model} is followed by \"{successor}\", which it does not list");
        }

        var all = OwnFile is not null && ReadFile(OwnFile) is { } own ? Over(updated, own, OwnFile, "Mend it, or move it away") : updated;
        return new CatalogUpdate(all, CatalogDifference.Between(Read(), all));
    }

    /// <summary>Keeps an examined document in the place of the last one, atomically: whoever reads sees the old file or the new one.</summary>
    /// <param name="document">The document, UTF-8.</param>
    /// <param name="from">Where it is from, for messages.</param>
    /// <exception cref="GptException">As <see cref="Examine"/>, or the file cannot be written; the old one is as it was.</exception>
    public CatalogUpdate Keep(ReadOnlyMemory<byte> document, string from)
    {
        var update = Examine(document.Span, from);
        Write(() =>
        {
            AtomicFile.CreateFolder(Path.GetDirectoryName(UpdateFile)!);
            AtomicFile.Write(UpdateFile, file => file.Write(document.Span));
        });
        return update;
    }

    /// <summary>Takes the update back.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="GptException">The file cannot be deleted.</exception>
    public bool Reset()
    {
        if (!File.Exists(UpdateFile))
            return false;
        Write(() => File.Delete(UpdateFile));
        return true;
    }

    private bool IsStale(ModelCatalog updated) => updated.Updated < _shipped.Updated;

    private static ModelCatalog Over(ModelCatalog catalog, string document, string from, string remedy)
    {
        try
        {
            return catalog.With(document);
        }
        catch (GptException exception)
        {
            throw Fail($"{from}: {exception.Message} {remedy}.", exception);
        }
    }

    private static string? ReadFile(string path)
    {
        try
        {
            if (!File.Exists(path))
                return null;
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length > MaxBytes)
                throw Refused(path, $"it has {file.Length:N0} bytes; {MaxBytes:N0} are the most");
            var bytes = new byte[(int)file.Length];
            file.ReadExactly(bytes);
            return Decode(bytes, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Fail($"{path} could not be read: {exception.Message}", exception);
        }
    }

    private static string Decode(ReadOnlySpan<byte> document, string from)
    {
        if (document.Length > MaxBytes)
            throw Refused(from, $"it has more than {MaxBytes:N0} bytes");
        try
        {
            return Strict.GetString(document.StartsWith(Encoding.UTF8.Preamble) ? document[Encoding.UTF8.Preamble.Length..] : document);
        }
        catch (DecoderFallbackException exception)
        {
            throw Refused(from, $"byte {exception.Index} is not UTF-8");
        }
    }

    private void Write(Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Fail($"{UpdateFile} could not be written: {exception.Message} The catalogue is as it was.", exception);
        }
    }

    private static GptException Refused(string from, string why) => Fail($"{from} is not taken: {why}.");

    private static GptException Fail(string message, Exception? cause = null) => new(GptErrorKind.BadRequest, message, cause) { Phase = GptPhase.Request };
}

/// <summary>What an update makes of the catalogue.</summary>
/// <param name="Catalog">The catalogue with it.</param>
/// <param name="Changes">What it changes of the catalogue as it is now.</param>
public sealed record CatalogUpdate(ModelCatalog Catalog, IReadOnlyList<CatalogChange> Changes);
