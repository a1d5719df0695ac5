namespace Omega.TestKit;

/// <summary>
/// A place in an answer where the server stops until the test opens it. <see cref="Reached"/> tells the test that
/// everything before the gate has been written.
/// </summary>
public sealed class Gate
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _arrivals;

    /// <summary>Completes when the first answer has arrived at the gate.</summary>
    public Task Reached => _reached.Task;

    /// <summary>How many answers have arrived so far.</summary>
    public int Arrivals => Volatile.Read(ref _arrivals);

    public bool IsOpen => _opened.Task.IsCompleted;

    /// <summary>Lets everyone through, now and later.</summary>
    public void Open() => _opened.TrySetResult();

    internal Task PassAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _arrivals);
        _reached.TrySetResult();
        return _opened.Task.WaitAsync(cancellationToken);
    }
}
