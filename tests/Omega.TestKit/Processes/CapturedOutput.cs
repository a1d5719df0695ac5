using System.Buffers;
using System.Text;

namespace Omega.TestKit;

/// <summary>What a program writes to one of its streams, byte for byte, as it comes. Safe from any thread.</summary>
public sealed class CapturedOutput
{
    private readonly Lock _lock = new();
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly List<int> _reads = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal CapturedOutput(Stream source) => Completed = PumpAsync(source);

    /// <summary>Completes when the program has closed the stream.</summary>
    public Task Completed { get; }

    public byte[] Bytes
    {
        get
        {
            lock (_lock)
            {
                return _bytes.WrittenSpan.ToArray();
            }
        }
    }

    /// <summary>All so far as UTF-8; a character that is not yet whole shows as U+FFFD.</summary>
    public string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>How many bytes each read brought: shows what was flushed apart.</summary>
    public IReadOnlyList<int> Reads
    {
        get
        {
            lock (_lock)
            {
                return [.. _reads];
            }
        }
    }

    /// <summary>Waits until the text is somewhere in the output; returns all of it.</summary>
    /// <exception cref="TimeoutException">It did not come within the bound (default <see cref="Patience.Bound"/>).</exception>
    public Task<string> WaitForAsync(string text, TimeSpan? bound = null) =>
        WaitForAsync(all => all.Contains(text, StringComparison.Ordinal), $"\"{text}\"", bound);

    /// <summary>Waits until the output so far satisfies the condition; returns it.</summary>
    /// <exception cref="TimeoutException">It did not within the bound, or the program closed the stream before.</exception>
    public async Task<string> WaitForAsync(Func<string, bool> condition, string what = "the condition", TimeSpan? bound = null)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                changed = _changed.Task;
            }

            var ended = Completed.IsCompleted;
            if (Text is var text && condition(text))
            {
                return text;
            }

            var left = (bound ?? Patience.Bound) - TimeProvider.System.GetElapsedTime(started);
            if (ended || left <= TimeSpan.Zero)
            {
                throw new TimeoutException($"The output {(ended ? "ended" : "stays")} without {what}. It is:\n{text}");
            }

            using var bounded = new CancellationTokenSource(left, TimeProvider.System);
            await Task.WhenAny(changed, Completed, Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, bounded.Token));
        }
    }

    private async Task PumpAsync(Stream source)
    {
        var buffer = new byte[16 * 1024];
        while (await ReadAsync(source, buffer) is > 0 and var read)
        {
            TaskCompletionSource changed;
            lock (_lock)
            {
                _bytes.Write(buffer.AsSpan(0, read));
                _reads.Add(read);
                changed = _changed;
                _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            changed.SetResult();
        }
    }

    private static async Task<int> ReadAsync(Stream source, byte[] buffer)
    {
        try
        {
            return await source.ReadAsync(buffer);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The run was disposed while the program still had its stream open.
            return 0;
        }
    }
}
