using System.Text.Json;

namespace Omega.Gpt;

/// <summary>
/// Remembers which calls with side effects were begun and how they ended, so that none is run twice, not even after the process was
/// killed. What a method has written is durable when it returns. Implementations are thread-safe.
/// </summary>
public interface ICallLedger
{
    /// <summary>What is known of a call, or null.</summary>
    /// <param name="key">The call.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<CallRecord?> FindAsync(CallKey key, CancellationToken cancellationToken = default);

    /// <summary>Records that a call begins, unless it is known already. Of several that ask at once, one is told null.</summary>
    /// <param name="key">The call.</param>
    /// <param name="name">The function's name.</param>
    /// <param name="at">When, UTC.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null where the call may be run now; else what was known of it, and it must not be run.</returns>
    ValueTask<CallRecord?> StartAsync(CallKey key, string name, DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>Records how a call ended. The first record stands; a second one changes nothing.</summary>
    /// <param name="key">The call.</param>
    /// <param name="result">What the model is told.</param>
    /// <param name="error">What went wrong; null where nothing did.</param>
    /// <param name="at">When, UTC.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="KeyNotFoundException">The call was never begun.</exception>
    ValueTask FinishAsync(CallKey key, JsonElement result, GptErrorKind? error, DateTimeOffset at, CancellationToken cancellationToken = default);
}

/// <summary>What a ledger knows of a call.</summary>
/// <param name="Key">The call.</param>
/// <param name="Name">The function's name.</param>
/// <param name="StartedAt">When it began, UTC.</param>
public sealed record CallRecord(CallKey Key, string Name, DateTimeOffset StartedAt)
{
    /// <summary>When it ended, UTC; null where that was never recorded: whether it took effect is unknown.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>What the model was told; null while <see cref="FinishedAt"/> is.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>What went wrong; null where nothing did.</summary>
    public GptErrorKind? Error { get; init; }
}
