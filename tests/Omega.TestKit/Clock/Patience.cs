using System.Runtime.CompilerServices;

namespace Omega.TestKit;

/// <summary>Waiting with a bound in real time: a test that waits in vain says for what.</summary>
public static class Patience
{
    /// <summary>How long a test waits for what should happen at once: 20 s.</summary>
    public static TimeSpan Bound { get; } = TimeSpan.FromSeconds(20);

    /// <exception cref="TimeoutException">The task did not complete within the bound.</exception>
    public static async Task Soon(
        this Task task, TimeSpan? bound = null, [CallerArgumentExpression(nameof(task))] string expression = "")
    {
        try
        {
            await task.WaitAsync(bound ?? Bound, TimeProvider.System);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            throw new TimeoutException($"`{expression}` did not complete within {bound ?? Bound}.");
        }
    }

    /// <exception cref="TimeoutException">The task did not complete within the bound.</exception>
    public static async Task<T> Soon<T>(
        this Task<T> task, TimeSpan? bound = null, [CallerArgumentExpression(nameof(task))] string expression = "")
    {
        await ((Task)task).Soon(bound, expression);
        return await task;
    }

    /// <summary>Looks every millisecond until the condition holds.</summary>
    /// <exception cref="TimeoutException">It did not hold within the bound.</exception>
    public static async Task UntilAsync(
        Func<bool> condition, TimeSpan? bound = null, [CallerArgumentExpression(nameof(condition))] string expression = "")
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > (bound ?? Bound))
            {
                throw new TimeoutException($"`{expression}` did not hold within {bound ?? Bound}.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
    }
}
