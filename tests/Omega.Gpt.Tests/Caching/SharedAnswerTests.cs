using System.Runtime.CompilerServices;
using Omega.Gpt.Caching;
using Omega.Gpt.Providers;
using Omega.Gpt.Resilience.Failover;

namespace Omega.Gpt.Tests.Caching;

public sealed class SharedAnswerTests
{
    private const int Pieces = 40;

    private bool _isClosed;

    [Fact]
    public async Task ReadAsync_ReadersComeAndGoAtAnyTime_WhoStaysReadsAllOfOneStream()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            _isClosed = false;
            var shared = new SharedAnswer();
            shared.Begin(token => Source(random.Next(4), token), static _ => true, Route());
            var first = ReadAsync(shared, seed % 3 == 0 ? random.Next(Pieces) : null);
            var others = new List<Task<int>>();
            for (var i = 0; i < 7 && shared.TryJoin(); i++)
            {
                others.Add(ReadAsync(shared, random.Next(3) == 0 ? random.Next(Pieces) : null));
                if (random.Next(2) == 0)
                    await Task.Yield();
            }

            int[] read = [await first, .. await Task.WhenAll(others)];

            Assert.True(read.All(count => count is -1 or Pieces), $"seed {seed}: {string.Join(", ", read)}");
            Assert.True(_isClosed, $"seed {seed}: the stream is open");
        }
    }

    [Fact]
    public async Task ReadAsync_CancelledWhileNothingComes_LeavesAndClosesTheStream()
    {
        using var stop = new CancellationTokenSource();
        var shared = new SharedAnswer();
        shared.Begin(Silence, static _ => true, Route());
        var reading = shared.ReadAsync(follows: false, waits: false, stop.Token).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var next = reading.MoveNextAsync();
        Assert.False(next.IsCompleted);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
        Assert.True(_isClosed);
    }

    /// <returns>How many it read; -1 where it left.</returns>
    private static Task<int> ReadAsync(SharedAnswer shared, int? leavesAfter) => Task.Run(async () =>
    {
        using var stop = new CancellationTokenSource();
        var count = 0;
        try
        {
            await foreach (var delta in shared.ReadAsync(follows: true, waits: false, stop.Token))
            {
                Assert.Equal($"{count++}", ((TextDelta)delta).Text);
                if (count == leavesAfter)
                    stop.CancelAfter(TimeSpan.Zero);
            }
        }
        catch (OperationCanceledException)
        {
            return -1;
        }

        return count;
    });

    private async IAsyncEnumerable<ModelDelta> Source(int yields, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            for (var i = 0; i < Pieces; i++)
            {
                for (var k = 0; k < yields; k++)
                    await Task.Yield();
                cancellationToken.ThrowIfCancellationRequested();
                yield return new TextDelta($"{i}");
            }
        }
        finally
        {
            _isClosed = true;
        }
    }

    private async IAsyncEnumerable<ModelDelta> Silence([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            yield break;
        }
        finally
        {
            _isClosed = true;
        }
    }

    private static ModelRoute Route()
    {
        var model = new ResolvedModel(new Turns.ScriptedProvider(), "scripted", "m", null);
        return new ModelRoute(new Candidate { Model = model, Calls = model.Provider, Health = null! }, [], static _ => throw new NotSupportedException());
    }
}
