using System.Text;

namespace Omega.Gpt;

public sealed partial class Conversation
{
    /// <summary>
    /// Reads a conversation: Omega's document, <c>{"model","timestamp","history":[{"role","content"}…]}</c>, or a plain array of such
    /// messages. Messages without ids get some.
    /// </summary>
    /// <param name="json">The text.</param>
    /// <param name="id">The conversation's id; null takes the document's, or <c>imported</c>.</param>
    /// <param name="time">The clock, for texts that say no time; null for the system's.</param>
    /// <param name="limits">Bounds; null for the defaults.</param>
    /// <exception cref="ConversationException">The text is not a conversation; the message says where.</exception>
    public static Conversation Parse(string json, string? id = null, TimeProvider? time = null, ConversationLimits? limits = null) =>
        ConversationReader.Read(Encoding.UTF8.GetBytes(json), null, id, "imported", (time ?? TimeProvider.System).GetUtcNow(), limits ?? ConversationLimits.Default);

    /// <summary>Reads a conversation's file in any of the forms of <see cref="Parse"/>. A damaged file is left as it is.</summary>
    /// <param name="path">The file. Where it says no id, its name becomes the id, as far as it can.</param>
    /// <param name="time">The clock, for files that say no time; null for the system's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ConversationException">The file is not a conversation, or too large; the message says where.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<Conversation> LoadAsync(string path, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        var limits = ConversationLimits.Default;
        var length = new FileInfo(path).Length;
        if (length > limits.MaxBytes)
            throw ConversationReader.TooLarge(path, length, limits);
        var json = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        return ConversationReader.Read(json, path, null, IdFrom(path), (time ?? TimeProvider.System).GetUtcNow(), limits);
    }

    /// <summary>Writes the document to a file, atomically: a crash leaves the old file or the new one. For files outside a store.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="cancellationToken">Gives up before anything is written.</param>
    /// <exception cref="IOException">The file cannot be written; an old one is as it was.</exception>
    public Task SaveAsync(string path, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        AtomicFile.Write(path, output => ConversationDocument.Write(output, this, Version));
        return Task.CompletedTask;
    }

    private static string IdFrom(string path)
    {
        var name = string.Concat(Path.GetFileNameWithoutExtension(path).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '-')).TrimStart('.');
        return name.Length switch
        {
            0 => "imported",
            > 64 => name[..64],
            _ => name,
        };
    }
}
