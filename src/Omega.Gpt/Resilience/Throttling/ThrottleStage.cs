using System.Globalization;
using System.Threading.RateLimiting;
using Omega.Gpt.Providers;
using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Resilience;

/// <summary>
/// Lets each call wait for its turn at its key and model, and says so (<c>waiting</c>); one that would wait too long is refused at once with
/// <see cref="GptErrorKind.RateLimit"/>. What the answer says of limits is learned. The place is given back when the stream is over, however
/// it ended.
/// </summary>
/// <param name="inner">What is called.</param>
/// <param name="throttles">The limiters of the engine.</param>
/// <param name="provider">Whose limits hold: two names for one provider share theirs.</param>
internal sealed class ThrottleStage(IModelProvider inner, Throttles throttles, string provider) : DelegatingModelProvider(inner)
{
    private const int TooManyRequests = 429;

    private readonly Throttles _throttles = throttles;
    private readonly string _provider = provider;

    public override IAsyncEnumerable<ModelDelta> StreamAsync(ModelRequest request, CancellationToken cancellationToken = default) =>
        new Call(this, request.Attempt is null ? request with { Attempt = new Attempt { Number = 1 } } : request, cancellationToken);

    // By hand: a delta passes through here for the price of one call.
    private sealed class Call(ThrottleStage stage, ModelRequest request, CancellationToken cancellationToken) : IAsyncEnumerable<ModelDelta>, IAsyncEnumerator<ModelDelta>
    {
        private readonly ThrottleLimiter _limiter = stage._throttles.Of(stage._provider, request.Model, request.Attempt!.KeyId);
        private readonly int _tokens = TokenEstimate.Of(request);
        private CancellationToken _cancellation = cancellationToken;
        private CancellationTokenSource? _limit;
        private CancellationTokenSource? _patience;
        private Task<RateLimitLease>? _waiting;
        private ThrottleLease? _lease;
        private IAsyncEnumerator<ModelDelta>? _deltas;
        private NoticeDelta? _notice;
        private TokenUsage? _usage;
        private long _asked;
        private bool _hasLearned;

        public ModelDelta Current
        {
            get
            {
                if (_notice is not null)
                    return _notice;
                var delta = _deltas!.Current;
                if (delta is UsageDelta usage)
                    _usage = usage.Usage;
                return delta;
            }
        }

        public IAsyncEnumerator<ModelDelta> GetAsyncEnumerator(CancellationToken cancellationToken = default)
        {
            if (cancellationToken.CanBeCanceled)
                _cancellation = cancellationToken;
            return this;
        }

        public ValueTask<bool> MoveNextAsync()
        {
            if (!_hasLearned)
                return BeginAsync();
            return _deltas!.MoveNextAsync();
        }

        public async ValueTask DisposeAsync()
        {
            try
            {
                if (_deltas is not null)
                    await _deltas.DisposeAsync().ConfigureAwait(false);
                if (_waiting is not null)
                    await LeaveAsync().ConfigureAwait(false);
            }
            finally
            {
                _patience?.Dispose();
                _limit?.Dispose();
                if (_usage is { Input.Total: { } read, Output.Total: { } written })
                    _lease?.Correct(read + written);
                _lease?.Dispose();
            }
        }

        private async ValueTask<bool> BeginAsync()
        {
            _notice = null;
            if (_lease is null)
            {
                var hasWaited = _waiting is not null;
                _lease = hasWaited ? await WaitAsync().ConfigureAwait(false) : Ask();
                if (_lease is null)
                    return true;
                request.Attempt!.Queued = hasWaited ? stage._throttles.Time.GetElapsedTime(_asked) : TimeSpan.Zero;
                _deltas = stage.Inner.StreamAsync(request, _cancellation).GetAsyncEnumerator(_cancellation);
            }

            var hasNotice = false;
            try
            {
                var hasDelta = await _deltas!.MoveNextAsync().ConfigureAwait(false);
                hasNotice = hasDelta && _deltas.Current is NoticeDelta;
                return hasDelta;
            }
            finally
            {
                Learn(hasNotice);
            }
        }

        /// <returns>A place; null where the call waits for one, which the notice says.</returns>
        private ThrottleLease? Ask()
        {
            _cancellation.ThrowIfCancellationRequested();
            var lease = (ThrottleLease)_limiter.AttemptAcquire(_tokens);
            if (lease.IsAcquired)
                return lease;
            TimeSpan? expected = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : null;
            lease.TryGetMetadata(MetadataName.ReasonPhrase, out var reason);
            var position = _limiter.GetStatistics()!.CurrentQueuedCount + 1;
            var options = stage._throttles.Options;
            if (position > options.QueueLimit)
                throw Refused($"{Count(options.QueueLimit, "request waits", "requests wait")} already, which is the most that may", expected);
            if (expected > options.LongestWait)
                throw Refused($"its turn would come in {Seconds(expected.Value)}, and the longest wait is {Seconds(options.LongestWait)}", expected);

            _limit = new CancellationTokenSource(options.LongestWait, stage._throttles.Time);
            _patience = CancellationTokenSource.CreateLinkedTokenSource(_cancellation, _limit.Token);
            _asked = stage._throttles.Time.GetTimestamp();
            _waiting = _limiter.AcquireAsync(_tokens, _patience.Token).AsTask();
            _notice = new NoticeDelta(new WaitingEvent(reason ?? ThrottleLimiter.ForRate, (int)position, expected?.TotalMilliseconds));
            return null;
        }

        private async ValueTask<ThrottleLease> WaitAsync()
        {
            var waiting = _waiting!;
            _waiting = null;
            try
            {
                var lease = (ThrottleLease)await waiting.ConfigureAwait(false);
                return lease.IsAcquired ? lease : throw Refused("too many requests wait already", lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : null);
            }
            catch (OperationCanceledException) when (!_cancellation.IsCancellationRequested)
            {
                throw Refused($"its turn had not come within {Seconds(stage._throttles.Options.LongestWait)}", null);
            }
        }

        /// <summary>Nobody wants the place any more.</summary>
        private async ValueTask LeaveAsync()
        {
            var waiting = _waiting!;
            _waiting = null;
            await _patience!.CancelAsync().ConfigureAwait(false);
            try
            {
                // It may have been granted a moment before.
                (await waiting.ConfigureAwait(false)).Dispose();
            }
            catch (OperationCanceledException)
            {
            }
        }

        private void Learn(bool hasNotice)
        {
            // A notice may come before there is an answer. Without one at all it is no wire over HTTP, or did not get so far.
            var attempt = request.Attempt!;
            _hasLearned = !hasNotice || attempt.Headers is not null;
            if (attempt.Headers is not { } headers || !stage._throttles.Options.LearnLimits)
                return;
            _limiter.Learn(headers);
            if (attempt.StatusCode == TooManyRequests && ProviderError.RetryAfter(headers, stage._throttles.Time) is { } pause)
                _limiter.Pause(pause);
        }

        private GptException Refused(string why, TimeSpan? retryAfter) =>
            new(GptErrorKind.RateLimit, $"{stage.Name}/{request.Model} was not asked: {why}. Try again later, add a key, or raise the limits of ThrottleOptions.")
            {
                Phase = GptPhase.Connect,
                Provider = stage.Name,
                Model = request.Model,
                IsRetryable = true,
                RetryAfter = retryAfter,
            };

        private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s");

        private static string Count(int count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");
    }
}
