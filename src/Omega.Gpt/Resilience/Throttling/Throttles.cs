using System.Collections.Concurrent;

namespace Omega.Gpt.Resilience;

/// <summary>The limiters of an engine, one for each key and model. Those that nobody has used for a while go when there are many. Thread-safe.</summary>
internal sealed class Throttles(ThrottleOptions options, TimeProvider time)
{
    private const int Many = 512;

    private static readonly TimeSpan LongIdle = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<(string Provider, string Model, string? Key), ThrottleLimiter> _limiters = new();

    public ThrottleOptions Options => options;

    public TimeProvider Time => time;

    public ThrottleLimiter Of(string provider, string model, string? key)
    {
        if (_limiters.TryGetValue((provider, model, key), out var known))
            return known;
        if (_limiters.Count >= Many)
        {
            // Names of models come from outside; without this each new one would stay for ever.
            foreach (var (scope, limiter) in _limiters)
            {
                // Not disposed: a call may have it in hand already.
                if (limiter.IdleDuration > LongIdle)
                    _limiters.TryRemove(new(scope, limiter));
            }
        }

        return _limiters.GetOrAdd((provider, model, key), scope => new ThrottleLimiter(options.For(scope.Provider, scope.Model), options.QueueLimit, time));
    }
}
