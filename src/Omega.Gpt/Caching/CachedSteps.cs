using System.Runtime.CompilerServices;
using Omega.Gpt.Providers;
using Omega.Gpt.Resilience.Failover;

namespace Omega.Gpt.Caching;

/// <summary>
/// Answers the steps of one turn from the cache, or together with others that ask the same at the same time; else asks. Keeps answers when
/// the turn is complete (<see cref="KeepAsync"/>). A step with a call of a function that is not declared pure is neither kept nor shared.
/// </summary>
internal sealed class CachedSteps(IModelProvider inner, CacheOptions options, AnswerSharing sharing, ModelRoute route, TimeProvider time) : DelegatingModelProvider(inner)
{
    private readonly string _asked = route.Served.Id;
    private readonly List<(string Key, CachedAnswer Answer)> _answers = [];

    /// <summary>Keeps what the turn's steps were answered.</summary>
    public async ValueTask KeepAsync(CancellationToken cancellationToken)
    {
        foreach (var (key, answer) in _answers)
        {
            if (answer.Write(options.MaxAnswerBytes) is not { } bytes)
                continue;
            try
            {
                await options.Store.SetAsync(key, bytes, options.TimeToLive, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // What is not kept is asked again.
            }
        }

        _answers.Clear();
    }

    public override async IAsyncEnumerable<ModelDelta> StreamAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var key = CacheKey.Of(request, route.Served.Model);
        if (await FindAsync(key, cancellationToken).ConfigureAwait(false) is { } known)
        {
            var age = time.GetUtcNow() - known.At;
            yield return new NoticeDelta(new NoticeEvent("cached", FormattableString.Invariant($"This was answered {Math.Max(0, age.TotalSeconds):0} s ago and is given again from the cache.")));
            foreach (var delta in known.Deltas)
                yield return Marked(delta);
            yield break;
        }

        var stream = JoinOrBegin(key, request, out var leads);
        var isAnswered = false;
        try
        {
            // Where a call could still send those who follow away, they hear nothing before it is certain that none comes.
            await foreach (var delta in stream.ReadAsync(follows: !leads, waits: !leads && HasEffects(request), cancellationToken).ConfigureAwait(false))
            {
                if (!leads)
                    route.Served = stream.Served;
                isAnswered |= delta is not NoticeDelta;
                yield return leads ? delta : Marked(delta);
            }
        }
        finally
        {
            if (leads)
                sharing.Withdraw(key, stream);
        }

        if (leads)
        {
            var answer = stream.Deltas.Where(delta => delta is not NoticeDelta);
            var isWhole = answer.LastOrDefault() is FinishedDelta { Reason: FinishReason.Stop or FinishReason.FunctionCalls };
            if (isWhole && route.Served.Id == _asked && answer.All(delta => IsHarmless(delta, request)))
                _answers.Add((key, new CachedAnswer(time.GetUtcNow(), answer)));
        }

        if (leads || isAnswered)
            yield break;
        await foreach (var delta in Inner.StreamAsync(request, cancellationToken).ConfigureAwait(false))
            yield return delta;
    }

    private SharedAnswer JoinOrBegin(string key, ModelRequest request, out bool leads)
    {
        lock (sharing)
        {
            leads = false;
            if (sharing.Join(key) is { } joined)
                return joined;
            leads = true;
            var stream = new SharedAnswer();
            stream.Begin(token => Inner.StreamAsync(request, token), delta => IsHarmless(delta, request) || !HasEffects(request), route);
            sharing.Offer(key, stream);
            return stream;
        }
    }

    private async ValueTask<CachedAnswer?> FindAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return await options.Store.GetAsync(key, cancellationToken).ConfigureAwait(false) is { } bytes ? CachedAnswer.Read(bytes) : null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return null;
        }
    }

    private static bool IsHarmless(ModelDelta delta, ModelRequest request) =>
        delta is not CallStartedDelta call || request.Set?.FindFunction(call.Name) is { Options.Effect: FunctionEffect.Pure };

    private static bool HasEffects(ModelRequest request) =>
        request.Functions.Any(definition => request.Set?.FindFunction(definition.Name) is not { Options.Effect: FunctionEffect.Pure });

    /// <summary>As it came, but paid for by somebody else; a notice is numbered by each turn for itself.</summary>
    private static ModelDelta Marked(ModelDelta delta) => delta switch
    {
        UsageDelta usage => usage with { BilledUsd = null, IsFromCache = true },
        NoticeDelta notice => new NoticeDelta(notice.Event with { }),
        _ => delta,
    };
}
