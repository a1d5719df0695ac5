using System.Buffers;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace Omega.Gpt;

/// <summary>What a document's beginning tells, without its messages.</summary>
internal sealed class DocumentHeader
{
    /// <summary>How much of a document is read for its header.</summary>
    public const int MaxHeaderBytes = 64 * 1024;

    private const int UsualHeaderBytes = 2048;
    private const int TailBytes = 256;

    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = GptJson.MaxDepth };

    public string? Title { get; private set; }

    public string? Model { get; private set; }

    public DateTimeOffset? Created { get; private set; }

    public DateTimeOffset? Updated { get; private set; }

    public long? Version { get; private set; }

    /// <summary>What is wrong with the file, as far as its beginning and end show; null when they are sound.</summary>
    public string? Damage { get; private set; }

    /// <summary>Reads the header. Anything wrong with the content is told in <see cref="Damage"/>.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static DocumentHeader Read(string path, ConversationLimits limits)
    {
        var header = new DocumentHeader();
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        // Asked of the open file: another may take its name at any moment.
        var length = RandomAccess.GetLength(file);
        if (length > limits.MaxBytes)
        {
            header.Damage = $"it has {length:N0} bytes; at most {limits.MaxBytes:N0} are read";
            return header;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(MaxHeaderBytes);
        try
        {
            var count = RandomAccess.Read(file, buffer.AsSpan(0, UsualHeaderBytes), 0);
            if (!header.TryParse(buffer.AsSpan(0, count), isWhole: count == length) && count < length)
            {
                count = Fill(file, buffer.AsSpan(0, MaxHeaderBytes));
                header = new DocumentHeader();
                header.TryParse(buffer.AsSpan(0, count), isWhole: count == length);
            }

            header.CheckEnd(file, length);
            return header;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The version of the document on disk; null when there is none.</summary>
    /// <exception cref="ConversationException">The document is damaged.</exception>
    public static long? VersionOf(string path, ConversationLimits limits)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            var header = Read(path, limits);
            if (header.Damage is not null)
                throw new ConversationException($"{path}: {header.Damage}. The file is left as it is.") { File = path };
            return header.Version ?? WholeVersionOf(path, limits);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Documents that people have edited may name the version last; files of other programs have none, and count as 0.</summary>
    private static long WholeVersionOf(string path, ConversationLimits limits) =>
        ConversationReader.Read(File.ReadAllBytes(path), path, "any", "any", DateTimeOffset.UnixEpoch, limits).Version;

    private static int Fill(SafeFileHandle file, Span<byte> buffer)
    {
        var total = 0;
        while (total < buffer.Length && RandomAccess.Read(file, buffer[total..], total) is > 0 and var count)
            total += count;
        return total;
    }

    /// <summary>Parses what of the header is there.</summary>
    /// <returns>Whether the messages, or the end, were reached.</returns>
    private bool TryParse(ReadOnlySpan<byte> json, bool isWhole)
    {
        if (json.StartsWith("\uFEFF"u8))
            json = json[3..];
        var reader = new Utf8JsonReader(json, isWhole, new JsonReaderState(ReaderOptions));
        try
        {
            if (!reader.Read())
                return false;
            if (reader.TokenType == JsonTokenType.StartArray)
                return true;
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                Damage = "it is no conversation";
                return true;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("messages"u8) || reader.ValueTextEquals("history"u8))
                    return true;
                var name = reader.GetString();
                if (!reader.Read())
                    return false;
                Take(name!, ref reader);
                if (!reader.TrySkip())
                    return false;
            }

            if (reader.TokenType != JsonTokenType.EndObject)
                return false;
            Damage = "it has neither \"messages\" nor \"history\"";
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            Damage = "it is not JSON, or cut off";
            return true;
        }
    }

    private void Take(string name, ref Utf8JsonReader reader)
    {
        switch (name, reader.TokenType)
        {
            case ("title", JsonTokenType.String):
                Title = reader.GetString();
                break;
            case ("model", JsonTokenType.String):
                Model = reader.GetString();
                break;
            case ("created" or "timestamp", JsonTokenType.String) when reader.TryGetDateTimeOffset(out var created):
                Created ??= created;
                break;
            case ("updated", JsonTokenType.String) when reader.TryGetDateTimeOffset(out var updated):
                Updated = updated;
                break;
            case ("version", JsonTokenType.Number) when reader.TryGetInt64(out var version):
                Version = version;
                break;
            case ("omega", JsonTokenType.Number) when reader.TryGetInt32(out var format) && format > ConversationDocument.Format:
                Damage = $"it was written by a newer Omega (format {format}; this one reads up to {ConversationDocument.Format}). Update Omega to read it";
                break;
        }
    }

    private void CheckEnd(SafeFileHandle file, long length)
    {
        if (length == 0)
            Damage = "it is empty";
        if (Damage is not null)
            return;
        Span<byte> tail = stackalloc byte[TailBytes];
        tail = tail[..Math.Max(0, RandomAccess.Read(file, tail, Math.Max(0, length - TailBytes)))];
        tail = tail.TrimEnd(" \t\r\n"u8);
        if (tail.IsEmpty || tail[^1] is not ((byte)'}' or (byte)']'))
            Damage = "it is cut off: it does not end with }";
    }
}
