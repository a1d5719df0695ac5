using System.Text.Json;
using System.Text.RegularExpressions;

namespace Omega.Gpt;

/// <summary>
/// Reads Omega's documents, <c>{"model","timestamp","history":[…]}</c> files and plain arrays of messages. Says where it stopped, by
/// line and JSON path, and never touches the file.
/// </summary>
internal ref partial struct ConversationReader
{
    private readonly ReadOnlySpan<byte> _json;
    private readonly string? _file;
    private readonly ForeignMessages _foreign = new();
    private Utf8JsonReader _reader;
    private string _path = "$";

    private ConversationReader(ReadOnlySpan<byte> json, string? file, int maxDepth)
    {
        _json = json;
        _file = file;
        _reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = maxDepth });
    }

    /// <summary>Reads a conversation.</summary>
    /// <param name="json">UTF-8, with or without a byte order mark.</param>
    /// <param name="file">What errors call the text; null for a text without a file.</param>
    /// <param name="id">The conversation's id; null takes the document's.</param>
    /// <param name="fallbackId">The id where neither says one.</param>
    /// <param name="at">When it was begun, where the text does not say.</param>
    /// <param name="limits">Bounds.</param>
    /// <exception cref="ConversationException">The text is not a conversation.</exception>
    public static Conversation Read(ReadOnlySpan<byte> json, string? file, string? id, string fallbackId, DateTimeOffset at, ConversationLimits limits)
    {
        if (json.Length > limits.MaxBytes)
            throw TooLarge(file, json.Length, limits);
        if (json.StartsWith("\uFEFF"u8))
            json = json[3..];
        var reader = new ConversationReader(json, file, limits.MaxDepth);
        try
        {
            return reader.Read(id, fallbackId, at);
        }
        catch (JsonException exception)
        {
            throw reader.At(exception);
        }
        catch (InvalidOperationException exception)
        {
            // Text that is not UTF-8, or half a surrogate pair where text is needed.
            throw reader.Damaged($"the text is not sound: {exception.Message}", exception);
        }
    }

    public static ConversationException TooLarge(string? file, long bytes, ConversationLimits limits) =>
        new($"{file ?? "The conversation"} has {bytes:N0} bytes; at most {limits.MaxBytes:N0} are read.") { File = file };

    private Conversation Read(string? id, string fallbackId, DateTimeOffset at)
    {
        if (_json.TrimStart(" \t\r\n"u8).IsEmpty)
            throw Damaged("it is empty");
        RefuseNewer();
        _reader.Read();
        if (_reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            throw Damaged($"it is a JSON {_reader.TokenType}; a conversation is an object with \"messages\" or \"history\", or an array of messages");

        var header = new Header();
        List<Message>? messages = null;
        if (_reader.TokenType == JsonTokenType.StartArray)
        {
            messages = Messages("$");
        }
        else
        {
            while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
                Field(ref header, ref messages);
        }

        _path = "$";
        _reader.Read(); // Nothing may follow.
        if (messages is null)
            throw Damaged("it has neither \"messages\" nor \"history\"");
        if (id is null && header.Id is not null && !Conversation.IsId(header.Id))
            throw Damaged($"its id \"{header.Id}\" is not a conversation's name: {Conversation.IdRule}");

        var created = header.Created ?? header.Timestamp ?? at;
        var conversation = new Conversation(id ?? header.Id ?? fallbackId, created)
        {
            Title = header.Title,
            Model = header.Model,
            Updated = header.Updated ?? created,
            Version = header.Version,
            Extra = header.Extra,
        };
        conversation.Adopt(UniqueIds(messages), header.Merged);
        return conversation;
    }

    private void Field(ref Header header, ref List<Message>? messages)
    {
        var name = _reader.GetString()!;
        _path = $"$.{name}";
        _reader.Read();
        switch (name)
        {
            case "omega":
                break;
            case "id":
                header.Id = Text();
                break;
            case "title":
                header.Title = Text();
                break;
            case "model":
                header.Model = Text();
                break;
            case "created":
                header.Created = Time();
                break;
            case "updated":
                header.Updated = Time();
                break;
            case "timestamp":
                // Files of other programs: a time in whatever form; taken where it can be read.
                header.Timestamp = _reader.TokenType == JsonTokenType.String ? (_reader.TryGetDateTimeOffset(out var time) ? time : null)
                    : _reader.TokenType == JsonTokenType.Number && _reader.TryGetDouble(out var seconds) && Math.Abs(seconds) < 1e11 ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
                    : Skip();
                break;
            case "version":
                header.Version = _reader.TokenType == JsonTokenType.Number && _reader.TryGetInt64(out var version) && version >= 0
                    ? version
                    : throw Damaged("it is a whole number from 0");
                break;
            case ConversationDocument.MergedField when _reader.TokenType == JsonTokenType.StartArray:
                while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
                    header.Merged.Add(Text() ?? throw Damaged("it holds ids of turns"));
                break;
            case "messages" or "history":
                if (_reader.TokenType != JsonTokenType.StartArray)
                    throw Damaged($"it is an array of messages, not {_reader.TokenType}");
                messages = Messages(_path);
                break;
            default:
                header.Extra[name] = JsonElement.ParseValue(ref _reader);
                break;
        }
    }

    private List<Message> Messages(string path)
    {
        List<Message> messages = [];
        var index = 0;
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            _path = $"{path}[{index++}]";
            if (_reader.TokenType != JsonTokenType.StartObject)
                throw Damaged($"a message is an object, not {_reader.TokenType}");
            if (HasParts(_reader))
                messages.Add(new MessageConverter().Read(ref _reader, typeof(Message), GptJsonContext.Default.Options));
            else
                AddForeign(messages);
        }

        return messages;
    }

    private void AddForeign(List<Message> messages)
    {
        var line = Line;
        var message = JsonElement.ParseValue(ref _reader);
        try
        {
            _foreign.Add(messages, message);
        }
        catch (JsonException exception)
        {
            throw Build(exception.Message, _path + exception.Path?[1..], line, exception);
        }
    }

    /// <summary>Looks ahead, on a copy of the reader, for the field that tells our messages from others'.</summary>
    private static bool HasParts(Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("parts"u8))
                return true;
            if (reader.ValueTextEquals("content"u8))
                return false;
            reader.Skip();
        }

        return false;
    }

    /// <summary>A document of a later format may look like anything; the number is asked first, wherever it stands.</summary>
    private readonly void RefuseNewer()
    {
        var reader = _reader;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return;
        try
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isFormat = reader.ValueTextEquals("omega"u8);
                reader.Read();
                if (!isFormat)
                {
                    reader.Skip();
                    continue;
                }

                if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out var format) || format < 1)
                    throw Damaged("\"omega\" is the number of the format, from 1");
                if (format > ConversationDocument.Format)
                    throw Damaged($"it was written by a newer Omega (format {format}; this one reads up to {ConversationDocument.Format}). Update Omega to read it");
                return;
            }
        }
        catch (JsonException)
        {
            // The reading that follows says where.
        }
    }

    private static List<Message> UniqueIds(List<Message> messages)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < messages.Count; i++)
        {
            if (messages[i].Id.Length > 0 && taken.Add(messages[i].Id))
                continue;
            messages[i] = messages[i] with { Id = "" };
        }

        for (var i = 0; i < messages.Count; i++)
        {
            if (messages[i].Id.Length > 0)
                continue;
            var number = i + 1;
            while (!taken.Add($"m{number}"))
                number += messages.Count;
            messages[i] = messages[i] with { Id = $"m{number}" };
        }

        return messages;
    }

    private readonly string? Text() => _reader.TokenType switch
    {
        JsonTokenType.String => _reader.GetString(),
        JsonTokenType.Null => null,
        var other => throw Damaged($"it is a string, not {other}"),
    };

    private readonly DateTimeOffset? Time() => Text() is null ? null
        : _reader.TryGetDateTimeOffset(out var time) ? time
        : throw Damaged($"\"{_reader.GetString()}\" is not a time such as 2026-11-23T03:01:00Z");

    private DateTimeOffset? Skip()
    {
        _reader.Skip();
        return null;
    }

    private readonly ConversationException At(JsonException exception)
    {
        // Paths of nested readers begin with $. Only the reader's own exceptions, which have a type of their own, count lines from the
        // file's beginning; what a converter finds wrong is where the reader stands.
        var path = _path + exception.Path?[1..];
        var isSyntax = (exception.InnerException ?? exception) is JsonException cause && cause.GetType() != typeof(JsonException);
        return Build(PositionSuffix().Replace(exception.Message, ""), path, isSyntax ? exception.LineNumber + 1 ?? Line : Line, exception);
    }

    private readonly ConversationException Damaged(string what, Exception? cause = null) => Build(what, _path, Line, cause);

    private readonly ConversationException Build(string what, string path, long line, Exception? cause) =>
        new($"{_file ?? "The conversation"}, line {line}, {path}: {what.TrimEnd('.')}.{(_file is null ? "" : " The file is left as it is.")}", cause)
        {
            File = _file,
            Line = line,
            JsonPath = path,
        };

    private readonly long Line => _json[..(int)_reader.TokenStartIndex].Count((byte)'\n') + 1L;

    [GeneratedRegex(@"\s*(Path: .*)?( \| )?LineNumber: .*$", RegexOptions.Singleline)]
    private static partial Regex PositionSuffix();

    private struct Header()
    {
        public string? Id { get; set; }

        public string? Title { get; set; }

        public string? Model { get; set; }

        public DateTimeOffset? Created { get; set; }

        public DateTimeOffset? Updated { get; set; }

        public DateTimeOffset? Timestamp { get; set; }

        public long Version { get; set; }

        public HashSet<string> Merged { get; } = [];

        public Dictionary<string, JsonElement> Extra { get; } = [];
    }
}
