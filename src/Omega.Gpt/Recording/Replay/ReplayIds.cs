namespace Omega.Gpt.Recording.Replay;

/// <summary>Gives out the ids of a recording, in their order: those of turns and conversations, then those of a turn's approvals.</summary>
internal sealed class ReplayIds(IEnumerable<string> turns, IEnumerable<string> conversations) : IIdSource
{
    private readonly Queue<string> _turns = new(turns);
    private readonly Queue<string> _conversations = new(conversations);
    private readonly Lock _lock = new();

    public string NextTurn() => Next(_turns, "turns");

    public string NextConversation() => Next(_conversations, "conversations");

    private string Next(Queue<string> ids, string what)
    {
        lock (_lock)
            return ids.TryDequeue(out var id) ? id : throw new RecordingException($"The replay began more {what} than were recorded.");
    }
}
