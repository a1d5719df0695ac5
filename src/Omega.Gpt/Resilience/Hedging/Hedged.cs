using Omega.Gpt.Resilience.Failover;
using Omega.Gpt.Resilience.Resuming;
using Omega.Gpt.Resilience.Retrying;

namespace Omega.Gpt.Resilience.Hedging;

/// <summary>Asks a second model where the first is slower than usual. Who speaks first goes on; the other's call is ended.</summary>
internal static class Hedged
{
    public static async Task<OpenedStream> AskAsync(StepRun run, Candidate first, Candidate second, HedgeOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var delay = first.Health.FirstWords.Usual is { } usual ? (usual > options.MinDelay ? usual : options.MinDelay) : options.Delay;
        using var one = new Call(run, first, cancellationToken);
        using (var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
        {
            var slow = Task.Delay(delay, time, stop.Token);
            var isSlow = await Task.WhenAny(one.Opening, slow).ConfigureAwait(false) == slow && !cancellationToken.IsCancellationRequested;
            await stop.CancelAsync().ConfigureAwait(false);
            if (!isSlow)
                return one.Keep(await one.Opening.ConfigureAwait(false));
        }

        using var two = new Call(run, second, cancellationToken);
        var winner = await Task.WhenAny(one.Opening, two.Opening).ConfigureAwait(false) == two.Opening ? two : one;
        var other = winner == one ? two : one;
        if (!winner.Opening.IsCompletedSuccessfully)
        {
            // A failure wins nothing: the other may still speak. Where both fail, the first model's failure is the step's.
            await ((Task)other.Opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            winner = other.Opening.IsCompletedSuccessfully ? other : one;
        }

        await (winner == one ? two : one).AbandonAsync().ConfigureAwait(false);
        var opened = winner.Keep(await winner.Opening.ConfigureAwait(false));
        if (winner == two)
            await run.SwitchAsync(second, "it had not begun to answer, and the other was quicker", cancellationToken).ConfigureAwait(false);
        return opened;
    }

    /// <summary>One of the two calls, which can be ended alone.</summary>
    private sealed class Call : IDisposable
    {
        private readonly CancellationTokenSource _stop;
        private bool _isKept;

        public Call(StepRun run, Candidate candidate, CancellationToken cancellationToken)
        {
            _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Opening = run.CallAsync(candidate, ResumeMethod.Begin, _stop.Token);
        }

        public Task<OpenedStream> Opening { get; }

        /// <summary>The stream is read on, so the call's own token must live.</summary>
        public OpenedStream Keep(OpenedStream opened)
        {
            _isKept = true;
            return opened;
        }

        public async Task AbandonAsync()
        {
            await _stop.CancelAsync().ConfigureAwait(false);
            await ((Task)Opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (Opening.IsCompletedSuccessfully)
            {
                var opened = await Opening.ConfigureAwait(false);
                await opened.Deltas.DisposeAsync().ConfigureAwait(false);
                opened.Attempt.Place?.Dispose();
            }
        }

        public void Dispose()
        {
            if (!_isKept)
                _stop.Dispose();
        }
    }
}
