using System.Runtime.CompilerServices;
using Microsoft.Extensions.Time.Testing;

namespace Omega.TestKit;

/// <summary>
/// A fake clock and its driver: code under test gets <see cref="Time"/>, the test says how far time may run. Time stands
/// still unless the test moves it. The driver never jumps over a timer: each fires at its own time.
/// </summary>
/// <remarks>
/// Before each advance the driver gives work that is under way about a millisecond of real time. Where sockets are
/// involved that may be too little for an answer to arrive, so choose steps that are small beside the timeouts in play.
/// </remarks>
public sealed class ClockDriver
{
    private readonly WatchedTime _time;

    /// <summary>The clock starts at <paramref name="start"/>; default: 2026-01-01T00:00:00Z.</summary>
    public ClockDriver(DateTimeOffset? start = null) => _time = new(start ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public FakeTimeProvider Time => _time;

    public DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>Timers that will fire if time goes on.</summary>
    public int PendingTimers => _time.Due().Length;

    /// <summary>How long until the next timer fires; null where none is pending.</summary>
    public TimeSpan? UntilNextTimer => _time.Due() is [var first, ..] ? first - Now : null;

    /// <summary>Moves time, stopping at each timer on the way.</summary>
    public async Task AdvanceAsync(TimeSpan time)
    {
        var target = Now + time;
        while (Now < target)
        {
            Step(target - Now);
            await SettleAsync(null);
        }
    }

    /// <summary>Moves time until the task completes, and returns as it does.</summary>
    /// <param name="task">What the test waits for.</param>
    /// <param name="step">The most that time moves at once; default: up to the next timer.</param>
    /// <param name="bound">Real time after which the test fails; default <see cref="Patience.Bound"/>.</param>
    /// <param name="expression">Filled in by the compiler.</param>
    /// <exception cref="TimeoutException">The task did not complete, and time alone will not help it, or the bound is over.</exception>
    public async Task RunAsync(
        Task task, TimeSpan? step = null, TimeSpan? bound = null, [CallerArgumentExpression(nameof(task))] string expression = "")
    {
        await DriveAsync(() => task.IsCompleted, task, step, bound, expression);
        await task;
    }

    /// <inheritdoc cref="RunAsync(Task, TimeSpan?, TimeSpan?, string)"/>
    public async Task<T> RunAsync<T>(
        Task<T> task, TimeSpan? step = null, TimeSpan? bound = null, [CallerArgumentExpression(nameof(task))] string expression = "")
    {
        await DriveAsync(() => task.IsCompleted, task, step, bound, expression);
        return await task;
    }

    /// <summary>Moves time until the condition holds.</summary>
    /// <inheritdoc cref="RunAsync(Task, TimeSpan?, TimeSpan?, string)"/>
    public Task UntilAsync(
        Func<bool> condition, TimeSpan? step = null, TimeSpan? bound = null,
        [CallerArgumentExpression(nameof(condition))] string expression = "") =>
        DriveAsync(condition, null, step, bound, expression);

    /// <summary>Waits, in real time, until the code under test has set this many timers. Time stands still.</summary>
    public Task WaitForTimersAsync(int count = 1, TimeSpan? bound = null) =>
        Patience.UntilAsync(() => PendingTimers >= count, bound, $"{count} pending timers");

    private async Task DriveAsync(Func<bool> done, Task? task, TimeSpan? step, TimeSpan? bound, string expression)
    {
        var started = TimeProvider.System.GetTimestamp();
        var from = Now;
        while (true)
        {
            await SettleAsync(task);
            if (done())
            {
                return;
            }

            if (TimeProvider.System.GetElapsedTime(started) > (bound ?? Patience.Bound))
            {
                throw new TimeoutException(
                    $"`{expression}` did not come about: the clock ran for {Now - from}, {PendingTimers} timers are pending.");
            }

            if (PendingTimers > 0)
            {
                Step(step ?? TimeSpan.MaxValue);
            }
        }
    }

    private void Step(TimeSpan most)
    {
        var next = UntilNextTimer is { } time && time < most ? time : most;
        if (next > TimeSpan.Zero && next < TimeSpan.MaxValue)
        {
            _time.Advance(next);
        }
    }

    /// <summary>Lets continuations run, then I/O, and returns early when the task completes.</summary>
    private static async Task SettleAsync(Task? task)
    {
        for (var i = 0; i < 8 && task?.IsCompleted != true; i++)
        {
            await Task.Yield();
        }

        if (task?.IsCompleted != true)
        {
            var pause = Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
            await (task is null ? pause : Task.WhenAny(task, pause));
        }
    }
}
