using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;

namespace Omega.Gpt.Resilience;

/// <summary>A place to send one request, held until its stream is over; or the word that there is none now.</summary>
internal sealed class ThrottleLease : RateLimitLease
{
    private readonly ThrottleLimiter? _limiter;
    private readonly SlidingWindow.Taken? _counted;
    private readonly TimeSpan? _retryAfter;
    private readonly string? _reason;
    private double _tokens;
    private int _isOver;

    private ThrottleLease(ThrottleLimiter? limiter, SlidingWindow.Taken? counted, double tokens, TimeSpan? retryAfter, string? reason) =>
        (_limiter, _counted, _tokens, _retryAfter, _reason) = (limiter, counted, tokens, retryAfter, reason);

    public override bool IsAcquired => _limiter is not null;

    public override IEnumerable<string> MetadataNames => IsAcquired ? [] : [MetadataName.RetryAfter.Name, MetadataName.ReasonPhrase.Name];

    public static ThrottleLease Of(ThrottleLimiter limiter, SlidingWindow.Taken? counted, double tokens) => new(limiter, counted, tokens, null, null);

    /// <param name="retryAfter">About how long it would take; null where nobody can say.</param>
    /// <param name="reason">What it would wait for.</param>
    public static ThrottleLease Refused(TimeSpan? retryAfter, string reason) => new(null, null, 0, retryAfter, reason);

    public override bool TryGetMetadata(string metadataName, [NotNullWhen(true)] out object? metadata)
    {
        metadata = metadataName == MetadataName.RetryAfter.Name ? _retryAfter : metadataName == MetadataName.ReasonPhrase.Name ? _reason : null;
        return metadata is not null;
    }

    /// <summary>The tokens that it took after all.</summary>
    public void Correct(long tokens)
    {
        if (_limiter is null || _isOver != 0)
            return;
        _limiter.Correct(_counted, tokens - _tokens, tokens);
        _tokens = tokens;
    }

    protected override void Dispose(bool disposing)
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0)
            _limiter?.Release();
        base.Dispose(disposing);
    }
}
