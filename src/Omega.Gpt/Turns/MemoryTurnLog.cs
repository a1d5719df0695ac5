using System.Runtime.CompilerServices;

namespace Omega.Gpt.Turns;

/// <summary>Logs in memory: nothing survives the process. For tests, and for hosts that keep nothing. Thread-safe.</summary>
public sealed class MemoryTurnLog : ITurnLog
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Dictionary<string, Turn>> _conversations = new(StringComparer.Ordinal);

    /// <summary>Whether a conversation's document holds a turn; null where there are no documents.</summary>
    internal Func<string, string, bool>? IsMerged { get; init; }

    /// <inheritdoc/>
    public ValueTask<ITurnWriter?> BeginAsync(TurnHeader header, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Check(header.Conversation, header.Turn);
        lock (_gate)
        {
            if (!_conversations.TryGetValue(header.Conversation, out var turns))
                _conversations.Add(header.Conversation, turns = new(StringComparer.Ordinal));
            var turn = new Turn(header);
            return ValueTask.FromResult<ITurnWriter?>(turns.TryAdd(header.Turn, turn) ? turn.Begin() : null);
        }
    }

    /// <inheritdoc/>
    public ValueTask<ITurnWriter> ResumeAsync(string conversation, string turn, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var found = Find(conversation, turn) ?? throw new KeyNotFoundException($"The conversation \"{conversation}\" has no turn \"{turn}\".");
        if (IsMerged?.Invoke(conversation, turn) == true)
            throw Busy($"Turn \"{turn}\" is closed: what it had said is in the conversation's document.");
        return ValueTask.FromResult<ITurnWriter>(found.Resume());
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<TurnHeader> ListAsync(string conversation, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var turn in All(conversation))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return turn.Header;
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<TurnHeader?> FindAsync(string conversation, string turn, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Find(conversation, turn)?.Header);

    /// <inheritdoc/>
    public async IAsyncEnumerable<TurnEntry> ReadAsync(string conversation, string turn, long afterSequence = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var begun = afterSequence <= 0;
        foreach (var entry in Find(conversation, turn)?.Entries() ?? [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (entry.Event is { } gptEvent)
            {
                begun |= gptEvent.Sequence >= afterSequence;
                if (afterSequence > 0 && gptEvent.Sequence <= afterSequence)
                    continue;
            }

            if (begun)
                yield return entry;
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="GptException"><see cref="GptErrorKind.ConversationBusy"/>: a log is being written.</exception>
    public ValueTask DeleteAsync(string conversation, string? turn = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var found in All(conversation))
        {
            if (turn is not null && found.Header.Turn != turn)
                continue;
            if (found.IsLive)
                throw Busy($"Turn \"{found.Header.Turn}\" is being written.");
            Remove(conversation, found.Header.Turn);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>The conversations that have logs.</summary>
    internal string[] Conversations()
    {
        lock (_gate)
            return [.. _conversations.Keys];
    }

    /// <summary>The logs of a conversation, oldest first.</summary>
    internal Turn[] All(string conversation)
    {
        lock (_gate)
        {
            return _conversations.TryGetValue(Conversation.CheckId(conversation), out var turns)
                ? [.. turns.Values.OrderBy(turn => turn.Header.At).ThenBy(turn => TurnFileName.Of(turn.Header.Turn), StringComparer.Ordinal)]
                : [];
        }
    }

    internal void Remove(string conversation, string turn)
    {
        lock (_gate)
        {
            if (_conversations.TryGetValue(conversation, out var turns) && turns.Remove(turn) && turns.Count == 0)
                _conversations.Remove(conversation);
        }
    }

    private Turn? Find(string conversation, string turn)
    {
        Check(conversation, turn);
        lock (_gate)
            return _conversations.GetValueOrDefault(conversation)?.GetValueOrDefault(turn);
    }

    private static void Check(string conversation, string turn)
    {
        Conversation.CheckId(conversation);
        TurnFileName.Check(turn);
    }

    private static GptException Busy(string message) => new(GptErrorKind.ConversationBusy, message) { Phase = GptPhase.Turn };

    /// <summary>One turn's log.</summary>
    internal sealed class Turn(TurnHeader header)
    {
        private readonly Lock _gate = new();
        private readonly List<TurnEntry> _entries = [];
        private long _epoch;
        private bool _live;
        private bool _ended;

        public TurnHeader Header => header;

        public bool IsLive
        {
            get
            {
                lock (_gate)
                    return _live;
            }
        }

        public int Count
        {
            get
            {
                lock (_gate)
                    return _entries.Count;
            }
        }

        public TurnEntry[] Entries()
        {
            lock (_gate)
                return [.. _entries];
        }

        public Writer Begin()
        {
            lock (_gate)
            {
                _live = true;
                return new Writer(this, ++_epoch);
            }
        }

        public Writer Resume()
        {
            lock (_gate)
            {
                if (_ended || _live)
                    throw Busy($"Turn \"{header.Turn}\" {(_ended ? "has ended" : "is being written")}.");
                return Begin();
            }
        }

        private void Append(TurnEntry entry, long epoch)
        {
            lock (_gate)
            {
                if (epoch != _epoch || !_live)
                    throw Busy($"Turn \"{header.Turn}\" has another writer; epoch {epoch} may not go on.");
                if (_ended && entry.Event is not null)
                    throw new InvalidOperationException($"Turn {header.Turn} has ended; nothing can be added to its log.");
                _entries.Add(entry);
                _ended |= entry.Event is { EndsTurn: true };
            }
        }

        private void Close(long epoch)
        {
            lock (_gate)
                _live &= epoch != _epoch;
        }

        internal sealed class Writer(Turn turn, long epoch) : ITurnWriter
        {
            private bool _disposed;

            public long Epoch => epoch;

            public ValueTask AppendAsync(GptEvent gptEvent, bool flush = false, CancellationToken cancellationToken = default) =>
                Append(new TurnEntry(gptEvent, null), cancellationToken);

            public ValueTask AppendAsync(Message message, bool flush = false, CancellationToken cancellationToken = default) =>
                Append(new TurnEntry(null, message), cancellationToken);

            public ValueTask DisposeAsync()
            {
                _disposed = true;
                turn.Close(epoch);
                return ValueTask.CompletedTask;
            }

            private ValueTask Append(TurnEntry entry, CancellationToken cancellationToken)
            {
                cancellationToken.ThrowIfCancellationRequested();
                ObjectDisposedException.ThrowIf(_disposed, this);
                turn.Append(entry, epoch);
                return ValueTask.CompletedTask;
            }
        }
    }
}
