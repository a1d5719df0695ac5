namespace Omega.Gpt.Usage;

/// <summary>One row of attempts as a report reads it; -1 stands for what is not there.</summary>
internal readonly record struct TalliedAttempt(
    int Step, int Number, AttemptOutcome Outcome, long FirstUs, long TotalUs, long Input, long CacheRead, long Output, long? Cost, bool IsEstimated, long Saved, long? Reserved, long QueueUs);

/// <summary>Adds up rows of a group. Money stays whole.</summary>
internal sealed class UsageTally
{
    private readonly Durations _queues = new();
    private readonly Durations _firstTokens = new();
    private long _turns;
    private long _attempts;
    private long _input;
    private long _cacheRead;
    private long _output;
    private long _cost;
    private bool _isCostEstimated;
    private long _unpriced;
    private long _saved;
    private long _open;
    private long _failed;
    private long _interrupted;
    private long _cancelled;
    private long _retries;
    private long _streamedTokens;
    private long _streamedUs;

    public long Cost => _cost;

    public long Calls { get; private set; }

    public long CallFailures { get; private set; }

    /// <summary>Adds a row, or one of so many equal parts of its tokens and money; what cannot be divided goes to the first part.</summary>
    public void Add(in TalliedAttempt row, int part = 0, int parts = 1)
    {
        _attempts++;
        if (row is { Step: 1, Number: 1 })
            _turns++;
        if (row.Number > 1)
            _retries++;
        if (row.Input > 0)
            _input += Part(row.Input, part, parts);
        if (row.CacheRead > 0)
            _cacheRead += Part(row.CacheRead, part, parts);
        if (row.Output > 0)
            _output += Part(row.Output, part, parts);
        if (row.Saved > 0)
            _saved += Part(row.Saved, part, parts);
        // A call whose end nobody saw may have cost what was reserved for it.
        if ((row.Outcome == AttemptOutcome.Open ? row.Reserved : row.Cost) is { } cost)
            _cost += Part(cost, part, parts);
        else
            _unpriced++;
        _isCostEstimated |= row.IsEstimated || row.Outcome == AttemptOutcome.Open;
        if (row.QueueUs >= 0)
            _queues.Add(row.QueueUs);
        if (row.FirstUs >= 0)
            _firstTokens.Add(row.FirstUs);
        switch (row.Outcome)
        {
            case AttemptOutcome.Open:
                _open++;
                break;
            case AttemptOutcome.Completed when row.FirstUs >= 0 && row.TotalUs > row.FirstUs && row.Output > 0:
                _streamedTokens += row.Output;
                _streamedUs += row.TotalUs - row.FirstUs;
                break;
            case AttemptOutcome.Failed:
                _failed++;
                break;
            case AttemptOutcome.Interrupted:
                _interrupted++;
                break;
            case AttemptOutcome.Cancelled:
                _cancelled++;
                break;
        }
    }

    /// <summary>Adds what another part of the ledger came to.</summary>
    public void Add(UsageTally other)
    {
        _queues.Add(other._queues);
        _firstTokens.Add(other._firstTokens);
        _turns += other._turns;
        _attempts += other._attempts;
        _input += other._input;
        _cacheRead += other._cacheRead;
        _output += other._output;
        _cost += other._cost;
        _isCostEstimated |= other._isCostEstimated;
        _unpriced += other._unpriced;
        _saved += other._saved;
        _open += other._open;
        _failed += other._failed;
        _interrupted += other._interrupted;
        _cancelled += other._cancelled;
        _retries += other._retries;
        _streamedTokens += other._streamedTokens;
        _streamedUs += other._streamedUs;
        AddCalls(other.Calls, other.CallFailures);
    }

    public void AddCalls(long count, long failures) => (Calls, CallFailures) = (Calls + count, CallFailures + failures);

    public UsageLine ToLine(string name, bool hasCalls) => new()
    {
        Name = name,
        Turns = _turns,
        Attempts = _attempts,
        InputTokens = _input,
        CacheReadTokens = _cacheRead,
        OutputTokens = _output,
        CostUsd = Picodollars.ToUsd(_cost),
        IsCostEstimated = _isCostEstimated,
        Unpriced = _unpriced,
        SavedUsd = Picodollars.ToUsd(_saved),
        Queue = _queues.Times(),
        FirstToken = _firstTokens.Times(),
        TokensPerSecond = _streamedUs > 0 ? _streamedTokens * 1_000_000.0 / _streamedUs : null,
        Open = _open,
        Failed = _failed,
        Interrupted = _interrupted,
        Cancelled = _cancelled,
        Retries = _retries,
        FunctionCalls = hasCalls ? Calls : null,
        FunctionFailures = hasCalls ? CallFailures : null,
    };

    private static long Part(long whole, int part, int parts) => parts == 1 ? whole : whole / parts + (part == 0 ? whole % parts : 0);
}
