using System.Text.Json;

namespace Omega.Gpt;

/// <summary>A history of messages with an id. Appending takes constant time. Not thread-safe; a turn locks it.</summary>
public sealed class Conversation
{
    private readonly List<Message> _messages = [];

    /// <summary>An empty conversation.</summary>
    /// <param name="id">1 to 64 of <c>a-z A-Z 0-9 . _ -</c>, not beginning with a dot.</param>
    /// <param name="created">When it was begun, UTC.</param>
    public Conversation(string id, DateTimeOffset created)
    {
        Id = CheckId(id);
        Created = Updated = created;
    }

    /// <summary>The id, unique within its store.</summary>
    public string Id { get; }

    /// <summary>What people see in a list; null until set.</summary>
    public string? Title { get; set; }

    /// <summary>The model last asked, as <c>provider/model</c>; null before the first turn.</summary>
    public string? Model { get; set; }

    /// <summary>When it was begun, UTC.</summary>
    public DateTimeOffset Created { get; internal set; }

    /// <summary>When it was last added to, UTC.</summary>
    public DateTimeOffset Updated { get; internal set; }

    /// <summary>How often the document has been saved; 0 before the first save.</summary>
    public long Version { get; internal set; }

    /// <summary>The messages, oldest first. A live view: it grows as turns run.</summary>
    public IReadOnlyList<Message> Messages => _messages;

    /// <summary>Fields of the document that this version does not know; written back unchanged.</summary>
    internal Dictionary<string, JsonElement> Extra { get; init; } = [];

    /// <summary>Adds a message and gives it an id when it has none.</summary>
    /// <param name="message">The message.</param>
    /// <param name="at">When, UTC.</param>
    public void Append(Message message, DateTimeOffset at)
    {
        _messages.Add(message.Id.Length > 0 ? message : message with { Id = $"m{_messages.Count + 1}" });
        Updated = at;
    }

    /// <summary>Forgets all messages; id, title and model stay.</summary>
    public void Clear() => _messages.Clear();

    /// <summary>A copy under another id that can go its own way.</summary>
    /// <param name="id">The copy's id.</param>
    /// <param name="at">When, UTC.</param>
    public Conversation Fork(string id, DateTimeOffset at)
    {
        var fork = new Conversation(id, at) { Title = Title, Model = Model, Extra = new(Extra) };
        fork._messages.AddRange(_messages);
        return fork;
    }

    /// <summary>Checks an id as people and programs give it.</summary>
    /// <exception cref="GptException">The id has characters that could name another file.</exception>
    internal static string CheckId(string id)
    {
        if (id.Length is < 1 or > 64 || id[0] == '.' || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'))
            throw new GptException(GptErrorKind.BadRequest, $"\"{id}\" is not a conversation's name: 1 to 64 letters, digits, . _ or -, not beginning with a dot.") { Phase = GptPhase.Request };
        return id;
    }
}
