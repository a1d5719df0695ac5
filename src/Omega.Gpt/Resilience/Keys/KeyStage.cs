using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Omega.Gpt.Providers;

namespace Omega.Gpt.Resilience;

/// <summary>
/// Gives each call its key and learns from what becomes of it. Where the provider refuses the key and nothing was given yet, another key asks
/// again: <c>key.switched</c> says so, by ids. Each key is tried once a call.
/// </summary>
internal sealed class KeyStage(IModelProvider inner, KeyRing ring, KeyOptions options) : DelegatingModelProvider(inner)
{
    private readonly KeyRing _ring = ring;
    private readonly KeyOptions _options = options;

    public override IAsyncEnumerable<ModelDelta> StreamAsync(ModelRequest request, CancellationToken cancellationToken = default) => new Call(this, request, cancellationToken);

    /// <summary>Whether another key may do better. A model or a request that is not acceptable is so under any key.</summary>
    private static bool DependsOnKey(GptErrorKind kind) =>
        kind is GptErrorKind.Authentication or GptErrorKind.QuotaExceeded or GptErrorKind.RateLimit or GptErrorKind.Permission;

    // By hand: after its first delta a stream passes through here for the price of one call.
    private sealed class Call(KeyStage stage, ModelRequest request, CancellationToken cancellationToken) : IAsyncEnumerable<ModelDelta>, IAsyncEnumerator<ModelDelta>
    {
        private readonly List<string> _tried = [];
        private CancellationToken _cancellation = cancellationToken;
        private IAsyncEnumerator<ModelDelta>? _deltas;
        private Attempt? _attempt;
        private ProviderKey? _key;
        private ProviderKey? _next;
        private GptException? _hopeful;
        private NoticeDelta? _notice;
        private bool _isGiven;

        public ModelDelta Current => _notice ?? _deltas!.Current;

        public IAsyncEnumerator<ModelDelta> GetAsyncEnumerator(CancellationToken cancellationToken = default)
        {
            if (cancellationToken.CanBeCanceled)
                _cancellation = cancellationToken;
            return this;
        }

        public ValueTask<bool> MoveNextAsync()
        {
            if (!_isGiven)
                return BeginAsync();
            var move = _deltas!.MoveNextAsync();
            return move.IsCompletedSuccessfully ? move : WatchAsync(move);
        }

        public ValueTask DisposeAsync() => _deltas?.DisposeAsync() ?? ValueTask.CompletedTask;

        private async ValueTask<bool> BeginAsync()
        {
            _notice = null;
            if (_deltas is null)
                Open();
            try
            {
                if (!await _deltas!.MoveNextAsync().ConfigureAwait(false))
                    return false;
                if (_deltas.Current is NoticeDelta)
                    return true;
                _isGiven = true;
                if (_key is not null)
                    stage._ring.Accepted(_key);
                return true;
            }
            catch (GptException exception) when (_key is not null)
            {
                Learn(exception);
                _next = DependsOnKey(exception.Kind) ? stage._ring.ChooseOther(_tried) : null;
                if (exception.IsRetryable)
                    _hopeful = exception;
                // Where one key has to wait and another is no good, waiting is what helps.
                if (_next is null && _hopeful is not null)
                    ExceptionDispatchInfo.Throw(_hopeful);
                if (_next is null)
                    throw;
            }

            await _deltas!.DisposeAsync().ConfigureAwait(false);
            _deltas = null;
            _notice = new NoticeDelta(new KeySwitchedEvent(_key.Id, _next.Id));
            return true;
        }

        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
        private async ValueTask<bool> WatchAsync(ValueTask<bool> move)
        {
            try
            {
                return await move.ConfigureAwait(false);
            }
            catch (GptException exception) when (_key is not null)
            {
                Learn(exception);
                throw;
            }
        }

        private void Open()
        {
            _key = _next ?? stage._ring.Choose();
            _attempt ??= request.Attempt ?? new Attempt { Number = 1 };
            if (_next is not null)
                _attempt.AskAgain();
            if (_key is not null)
            {
                (_attempt.Auth, _attempt.KeyId) = (_key.Auth, _key.Id);
                _tried.Add(_key.Id);
            }

            _deltas = stage.Inner.StreamAsync(request with { Attempt = _attempt }, _cancellation).GetAsyncEnumerator(_cancellation);
        }

        private void Learn(GptException exception)
        {
            // Without an answer it was refused on this side, by a throttle, which has its own memory.
            if (exception.Kind is not GptErrorKind.RateLimit || _attempt!.StatusCode is not null)
                stage._ring.Refused(_key!, exception, stage._options);
        }
    }
}
