using System.Runtime.InteropServices;

namespace Omega.Gpt.Usage;

/// <summary>One row of attempts as a report reads it; -1 stands for what is not there.</summary>
internal readonly record struct TalliedAttempt(
    int Step, int Number, AttemptOutcome Outcome, long FirstUs, long TotalUs, long Input, long CacheRead, long Output, long? Cost, bool IsEstimated, long Saved, long? Reserved);

/// <summary>Adds up rows of a group. Money stays whole.</summary>
internal sealed class UsageTally
{
    private readonly List<int> _firstTokens = [];
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
        if (row.FirstUs >= 0)
            _firstTokens.Add((int)Math.Min(row.FirstUs, int.MaxValue));
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
        FirstToken = Times(),
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

    private UsageTimes? Times()
    {
        if (_firstTokens.Count == 0)
            return null;
        var times = CollectionsMarshal.AsSpan(_firstTokens);
        times.Sort();
        return new UsageTimes(At(times, 50), At(times, 95), At(times, 99));

        // Nearest rank.
        static double At(ReadOnlySpan<int> times, int percent) => times[Math.Max(0, (int)Math.Ceiling(times.Length * percent / 100.0) - 1)] / 1000.0;
    }
}
