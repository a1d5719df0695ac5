using Omega.Gpt.Turns;

namespace Omega.Gpt;

/// <summary>Lists a folder of conversations by their headers.</summary>
internal static class ConversationList
{
    /// <summary>The headers, last updated first.</summary>
    public static IEnumerable<ConversationHeader> Read(string folder, string extension, FileTurnLog turns, CancellationToken cancellationToken)
    {
        var logs = new Dictionary<string, LogFiles>(StringComparer.Ordinal);
        foreach (var directory in turns.Folders())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Conversation.IsId(directory.Name) && LogFiles.In(directory) is { } files)
                logs.Add(directory.Name, files);
        }

        List<ConversationHeader> headers = [];
        foreach (var file in Directory.Exists(folder) ? new DirectoryInfo(folder).EnumerateFiles("*" + extension) : [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            var id = Path.GetFileNameWithoutExtension(file.Name);
            logs.Remove(id, out var beside);
            if (Of(file, id, beside, turns.Limits) is { } header)
                headers.Add(header);
        }

        foreach (var (id, orphans) in logs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Of(id, orphans, turns) is { } header)
                headers.Add(header);
        }

        headers.Sort((a, b) => a.Updated != b.Updated ? b.Updated.CompareTo(a.Updated) : string.CompareOrdinal(a.Id, b.Id));
        return headers;
    }

    private static ConversationHeader? Of(FileInfo file, string id, LogFiles? logs, ConversationLimits limits)
    {
        try
        {
            var header = DocumentHeader.Read(file.FullName, limits);
            var model = header.Model ?? (logs is null ? null : TurnLogFile.HeaderOf(logs.Newest, limits.MaxBytes)?.Model);
            var updated = header.Updated ?? header.Created ?? Utc(file.LastWriteTimeUtc);
            return new ConversationHeader
            {
                Id = id,
                Title = header.Title,
                Model = model,
                Created = header.Created,
                Updated = logs is not null && logs.Updated > updated ? logs.Updated : updated,
                Bytes = file.Length + (logs?.Bytes ?? 0),
                Damage = header.Damage ?? (Conversation.IsId(id) ? null : $"its name is not a conversation's: {Conversation.IdRule}"),
            };
        }
        catch (FileNotFoundException)
        {
            return null; // Deleted meanwhile.
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or GptException)
        {
            return new ConversationHeader { Id = id, Updated = Utc(file.LastWriteTimeUtc), Bytes = file.Length, Damage = $"it cannot be read: {exception.Message}" };
        }
    }

    /// <summary>A conversation whose process died before its document was written.</summary>
    private static ConversationHeader? Of(string id, LogFiles logs, FileTurnLog turns)
    {
        try
        {
            var headers = turns.Headers(id);
            if (headers.Count == 0)
                return null;
            return new ConversationHeader { Id = id, Model = headers[^1].Header.Model, Created = headers[0].Header.At, Updated = logs.Updated, Bytes = logs.Bytes };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or GptException)
        {
            return new ConversationHeader { Id = id, Updated = logs.Updated, Bytes = logs.Bytes, Damage = $"a turn's log cannot be read: {exception.Message}" };
        }
    }

    private static DateTimeOffset Utc(DateTime time) => new(time, TimeSpan.Zero);

    private sealed record LogFiles(string Newest, DateTimeOffset Updated, long Bytes)
    {
        public static LogFiles? In(DirectoryInfo directory)
        {
            LogFiles? all = null;
            try
            {
                foreach (var file in directory.EnumerateFiles("*" + TurnFileName.Extension))
                {
                    var updated = Utc(file.LastWriteTimeUtc);
                    all = all is null || updated > all.Updated
                        ? new LogFiles(file.FullName, updated, file.Length + (all?.Bytes ?? 0))
                        : all with { Bytes = all.Bytes + file.Length };
                }
            }
            catch (DirectoryNotFoundException)
            {
                // Removed meanwhile, its logs being in the document now.
            }

            return all;
        }
    }
}
