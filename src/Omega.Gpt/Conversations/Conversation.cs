using System.Text;
using System.Text.Json;
using Omega.Gpt.Turns;

namespace Omega.Gpt;

/// <summary>A history of messages with an id. Appending takes constant time. Not thread-safe; a turn locks it.</summary>
public sealed partial class Conversation
{
    internal const string IdRule = "1 to 64 letters, digits, . _ or -, not beginning with a dot";

    private readonly List<Message> _messages = [];
    private readonly HashSet<string> _turns = new(StringComparer.Ordinal);

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
    public string? Title
    {
        get;
        set
        {
            IsEdited |= value != field;
            field = value;
        }
    }

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

    /// <summary>What the store that this came from remembers of it; null before the first load or save.</summary>
    internal StoredState? Stored { get; set; }

    /// <summary>Whether it was changed other than by turns since it was loaded or saved; no log holds such a change.</summary>
    internal bool IsEdited { get; set; }

    /// <summary>Whether there is nothing in it that another of the same id could contradict.</summary>
    internal bool IsUntouched => Stored is null && !IsEdited && Version == 0 && _messages.Count == 0 && _turns.Count == 0;

    /// <summary>Adds a message and gives it an id when it has none.</summary>
    /// <param name="message">The message.</param>
    /// <param name="at">When, UTC.</param>
    public void Append(Message message, DateTimeOffset at)
    {
        _messages.Add(message.Id.Length > 0 ? message : message with { Id = $"m{_messages.Count + 1}" });
        if (message.Turn is not null)
            _turns.Add(message.Turn);
        else
            IsEdited = true;
        Updated = at;
    }

    /// <summary>Adds what a turn's log holds, as <see cref="TurnFold"/> reads it.</summary>
    /// <param name="header">What the turn was asked.</param>
    /// <param name="entries">The log, from its beginning.</param>
    public void Append(TurnHeader header, IEnumerable<TurnEntry> entries) => Fold(header, entries);

    /// <summary>As <see cref="Append(TurnHeader, IEnumerable{TurnEntry})"/>.</summary>
    /// <returns>Whether the log has its end; without it more may come.</returns>
    internal bool Fold(TurnHeader header, IEnumerable<TurnEntry> entries)
    {
        var before = Updated;
        var turn = TurnFold.Fold(header, entries);
        foreach (var message in turn.Messages)
            Append(message, turn.Updated);
        _turns.Add(header.Turn);
        Model = turn.Model;
        Updated = before > turn.Updated ? before : turn.Updated;
        return turn.Ended;
    }

    /// <summary>Whether a turn of this id has been part of the conversation, even if its messages were cleared since.</summary>
    /// <param name="turn">The turn's id.</param>
    public bool HasTurn(string turn) => _turns.Contains(turn);

    /// <summary>Forgets all messages; id, title and model stay.</summary>
    public void Clear()
    {
        _messages.Clear();
        // It sums up what is forgotten, up to a message whose id may come again.
        Extra.Remove(HistorySummary.Field);
        IsEdited = true;
    }

    /// <summary>A copy under another id that can go its own way.</summary>
    /// <param name="id">The copy's id.</param>
    /// <param name="at">When, UTC.</param>
    public Conversation Fork(string id, DateTimeOffset at)
    {
        var fork = new Conversation(id, at) { Title = Title, Model = Model, Extra = new(Extra) };
        fork.Adopt(_messages, _turns);
        return fork;
    }

    /// <summary>The document, indented.</summary>
    public string ToJson()
    {
        using var buffer = new MemoryStream();
        ConversationDocument.Write(buffer, this, Version);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>Whether a text can be a conversation's id.</summary>
    /// <param name="id">The text.</param>
    public static bool IsId(string id) =>
        id.Length is >= 1 and <= 64 && id[0] != '.' && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    /// <summary>Checks an id as people and programs give it.</summary>
    /// <exception cref="GptException">The id has characters that could name another file.</exception>
    internal static string CheckId(string id) => IsId(id)
        ? id
        : throw new GptException(GptErrorKind.BadRequest, $"\"{id}\" is not a conversation's name: {IdRule}.") { Phase = GptPhase.Request };

    /// <summary>Takes a turn's messages out: it goes on, and puts them in again itself.</summary>
    internal void Reopen(string turn)
    {
        _messages.RemoveAll(message => message.Turn == turn);
        // The live messages are the whole truth of the turn again, whatever its log's size was.
        Stored?.Folded.Remove(turn);
    }

    /// <summary>Takes messages as they are, and the turns that they and the document name.</summary>
    internal void Adopt(IEnumerable<Message> messages, IEnumerable<string> turns)
    {
        _messages.AddRange(messages);
        _turns.UnionWith(turns);
        _turns.UnionWith(_messages.Where(message => message.Turn is not null).Select(message => message.Turn!));
    }

    /// <summary>
    /// Becomes what the store has of this conversation by now. Where it was edited here since it was loaded, the edits stay, it keeps
    /// its version (so that a save says that someone else has written it), and only the turns that it does not know come in.
    /// </summary>
    /// <param name="stored">The conversation as just loaded; not to be used afterwards.</param>
    internal void CatchUp(Conversation stored)
    {
        if (IsEdited)
        {
            TakeTurns(stored);
            return;
        }

        _messages.Clear();
        _messages.AddRange(stored._messages);
        _turns.UnionWith(stored._turns);
        Extra.Clear();
        foreach (var (name, value) in stored.Extra)
            Extra.Add(name, value);
        (Title, Model, Created, Updated, Version, Stored) = (stored.Title, stored.Model, stored.Created, stored.Updated, stored.Version, stored.Stored);
        IsEdited = false;
    }

    /// <summary>A copy of the same conversation, for a store to keep.</summary>
    internal Conversation Snapshot(IReadOnlySet<string>? without = null)
    {
        var copy = new Conversation(Id, Created) { Title = Title, Model = Model, Updated = Updated, Version = Version, Extra = new(Extra) };
        copy.Adopt(without is null ? _messages : _messages.Where(message => message.Turn is null || !without.Contains(message.Turn)), []);
        return copy;
    }

    private void TakeTurns(Conversation stored)
    {
        var unknown = new HashSet<string>(stored._turns, StringComparer.Ordinal);
        unknown.ExceptWith(_turns);
        foreach (var message in stored._messages)
        {
            if (message.Turn is not null && unknown.Contains(message.Turn))
                _messages.Add(message);
        }

        _turns.UnionWith(unknown);
        Updated = Updated > stored.Updated ? Updated : stored.Updated;
        if (Stored is null || stored.Stored is null)
            return;
        Stored.SeenVersion = stored.Stored.SeenVersion;
        Stored.SeenLogs.UnionWith(stored.Stored.SeenLogs);
        Stored.Open.Clear();
        foreach (var (turn, size) in stored.Stored.Folded)
        {
            if (unknown.Contains(turn))
                Stored.Folded[turn] = size;
        }
    }
}
