using System.Threading.Channels;
using Omega.Gpt.Providers;
using Omega.Gpt.Resilience.Failover;
using Omega.Gpt.Resilience.Hedging;
using Omega.Gpt.Resilience.Resuming;
using Omega.Gpt.Resilience.Retrying;
using Omega.Gpt.Resilience.Timeouts;

namespace Omega.Gpt.Resilience;

/// <summary>
/// Gets a model to speak for one step: asks, waits and asks again under the model's policy, then asks the next model. What it does meanwhile
/// it says in notices. Used by one stream, which has one opening under way at a time.
/// </summary>
internal sealed class StepRun(ModelRequest request, ModelRoute route, GptPipelineOptions options, TimeProvider time) : IDisposable
{
    private readonly StepClock _clock = new();
    private readonly HashSet<string> _tried = [];
    private readonly HashSet<ResumeMethod> _refused = [];
    private readonly HashSet<string> _remarks = [];
    private readonly List<string> _given = [];
    private readonly List<string> _passedOver = [];
    private ChannelWriter<ModelDelta> _said = null!;
    private GptException? _interruption;
    private StreamPlace? _place;
    private int _calls;
    private int _tries;

    /// <summary>The model that is being asked.</summary>
    public Candidate Candidate { get; private set; } = route.Served;

    /// <summary>What was handed on; null where a broken stream is not resumed.</summary>
    public ShownAnswer? Shown { get; } = options.Resume ? new ShownAnswer() : null;

    /// <summary>Whether a stream that broke may go on.</summary>
    public bool MayGoOn(GptException failure) => Shown is not null && (Failures.MayRetry(failure, TimeSpan.MaxValue) || Failures.MayFailOver(failure));

    /// <summary>Asks until a model says something new.</summary>
    /// <param name="broken">The stream that broke, and how; null for the first.</param>
    /// <param name="said">Takes notices.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="GptException">No model can answer.</exception>
    public async Task<OpenedStream> OpenAsync((OpenedStream Stream, GptException Failure)? broken, ChannelWriter<ModelDelta> said, CancellationToken cancellationToken)
    {
        _said = said;
        try
        {
            if (broken is { } from)
                Remember(from.Stream.Attempt, from.Failure);
            while (true)
            {
                GptException failure;
                try
                {
                    return await Candidate.Health.AskAsync(this, cancellationToken).ConfigureAwait(false);
                }
                catch (GptException exception) when (Failures.MayFailOver(exception) || (_given.Count > 0 && Failures.IsUnaffordable(exception)))
                {
                    // Where the policy did not even look at how the stream broke, that is still what went wrong.
                    failure = _interruption ?? exception;
                }

                await MoveOnAsync(failure, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            said.TryComplete();
        }
    }

    /// <summary>One call of the policy: one call of the wire, and a second where the server refuses to go on.</summary>
    public async ValueTask<OpenedStream> AttemptAsync(CancellationToken cancellationToken)
    {
        // A stream that broke after it was handed on comes to the policy as the failure that it is.
        if (_interruption is { } interruption)
        {
            _interruption = null;
            throw interruption;
        }

        if (options.Timeouts?.Step is { } limit && _clock.Waited >= limit)
            throw OutOfTime(limit);
        if (_tries++ == 0)
            Candidate.Health.Budget?.Earn();
        while (true)
        {
            var method = Shown is null
                ? ResumeMethod.Begin
                : ResumeRules.Choose(Shown, Candidate, Candidate.Ask(request).Options.ReasoningEffort, _place is not null, _refused);
            if (Shown is null or { IsEmpty: true })
                route.Served = Candidate;
            try
            {
                if (method == ResumeMethod.Begin && options.Hedge is { } hedge && Other() is { } other)
                    return await Hedged.AskAsync(this, Candidate, other, hedge, time, cancellationToken).ConfigureAwait(false);
                var opened = await CallAsync(Candidate, method, cancellationToken).ConfigureAwait(false);
                route.Served = Candidate;
                return opened;
            }
            catch (GptException exception) when (method is ResumeMethod.StartingAfter or ResumeMethod.Prefix && !exception.IsRetryable)
            {
                _refused.Add(method);
                if (method == ResumeMethod.StartingAfter)
                    ForgetPlace();
            }
        }
    }

    /// <summary>One call of a wire, up to its first new word.</summary>
    public async Task<OpenedStream> CallAsync(Candidate candidate, ResumeMethod method, CancellationToken cancellationToken)
    {
        var attempt = new Attempt
        {
            Number = Interlocked.Increment(ref _calls),
            Clock = _clock,
            KeepsPlace = Shown is not null,
            Resumes = method == ResumeMethod.StartingAfter ? _place : null,
        };
        if (attempt.Resumes is not null)
            _place = null;
        var began = time.GetTimestamp();
        var deltas = candidate.Calls.StreamAsync(Ask(candidate, method) with { Attempt = attempt }, cancellationToken).GetAsyncEnumerator(cancellationToken);
        try
        {
            var beginning = method == ResumeMethod.Restart ? new Reproduction(Shown!, candidate.Id) : new Beginning();
            while (await deltas.MoveNextAsync().ConfigureAwait(false))
            {
                var delta = deltas.Current;
                if (delta is NoticeDelta notice)
                    await TellAsync(notice, cancellationToken).ConfigureAwait(false);
                else if (beginning.Take(delta))
                    return Opened(beginning.Held);
            }

            throw Ended(candidate);
        }
        catch (Exception exception)
        {
            await deltas.DisposeAsync().ConfigureAwait(false);
            // Nothing was handed on since, so that the same rest can be asked for again.
            if (attempt.Resumes is { IsOpen: true } resumed)
                _place = resumed;
            else if (attempt.Resumes is not null && exception is GptException broken)
                KeepPlace(attempt, broken);
            else
                attempt.Place?.Dispose();
            if (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
                throw GivenUp(candidate, attempt, exception);
            if (exception is GptException failure)
                failure.Attempt = attempt.Number;
            throw;
        }

        OpenedStream Opened(IReadOnlyList<ModelDelta> first)
        {
            if (method == ResumeMethod.Begin)
                candidate.Health.FirstWords.Add(time.GetElapsedTime(began));
            else
                first = [new NoticeDelta(new StreamResumedEvent(ResumeRules.NameOf(method), Verified: method != ResumeMethod.Prefix)), .. first];
            return new OpenedStream(deltas, first, attempt, candidate);
        }
    }

    /// <summary>Whether the policy is to ask the same model again.</summary>
    public bool ShouldRetry(GptException failure) => options.Retry is { } retry
        && Failures.MayRetry(failure, retry.MaxRetryAfter) && _tries < retry.MaxAttempts && HasTimeFor(failure.RetryAfter)
        && !Candidate.Health.IsLeftAlone && Candidate.Health.Budget!.TryTake();

    /// <summary>The policy is going to ask again.</summary>
    public ValueTask RetryingAsync(GptException failure, TimeSpan delay, CancellationToken cancellationToken)
    {
        _clock.Add(delay);
        return _said.WriteAsync(new NoticeDelta(new RetryScheduledEvent(_calls + 1, Math.Round(delay.TotalMilliseconds, 3), failure.Kind)), cancellationToken);
    }

    /// <summary>The second model has spoken first: it is the one that answers.</summary>
    public ValueTask SwitchAsync(Candidate to, string why, CancellationToken cancellationToken)
    {
        var from = Candidate;
        _tried.Add(from.Id);
        (Candidate, _tries) = (to, 1);
        route.Served = to;
        return TellSwitchAsync(from, to, why, cancellationToken);
    }

    /// <summary>The stream ended, and its provider did not say that it was whole.</summary>
    public static GptException Ended(Candidate candidate) => new(GptErrorKind.StreamInterrupted, $"{candidate.Model.ProviderName}: the stream ended before its last event.")
    {
        Phase = GptPhase.Step,
        Provider = candidate.Model.ProviderName,
        Model = candidate.Model.Model,
        IsRetryable = true,
    };

    public void Dispose()
    {
        ForgetPlace();
        Shown?.Clear();
    }

    private bool HasTimeFor(TimeSpan? pause) => !(_clock.Waited + (pause ?? TimeSpan.Zero) >= options.Timeouts?.Step);

    private GptException OutOfTime(TimeSpan limit) => new(
        GptErrorKind.Timeout, FormattableString.Invariant($"The step has waited for {limit.TotalSeconds:0.###} s in all; longer is not waited (Timeouts.Step)."))
    {
        Phase = GptPhase.Step,
        Provider = Candidate.Model.ProviderName,
        Model = Candidate.Model.Model,
        IsRetryable = true,
    };

    private static GptException GivenUp(Candidate candidate, Attempt attempt, Exception exception) => new(GptErrorKind.Timeout, $"{candidate.Model.ProviderName}: the request was given up by the client library ({exception.Message}).", exception)
    {
        Phase = GptPhase.Connect,
        Provider = candidate.Model.ProviderName,
        Model = candidate.Model.Model,
        IsRetryable = true,
        Attempt = attempt.Number,
    };

    private ModelRequest Ask(Candidate candidate, ResumeMethod method)
    {
        var ask = candidate.Ask(request);
        return method == ResumeMethod.Prefix ? ask with { Messages = [.. ask.Messages, Message.Assistant(Shown!.Text())] } : ask;
    }

    /// <summary>Hands a notice of a call on; what an earlier call has remarked upon is not said again.</summary>
    private ValueTask TellAsync(NoticeDelta notice, CancellationToken cancellationToken)
    {
        if (notice.Event is NoticeEvent remark)
        {
            lock (_remarks)
            {
                if (!_remarks.Add(remark.Message))
                    return ValueTask.CompletedTask;
            }
        }

        return _said.WriteAsync(notice, cancellationToken);
    }

    private void Remember(Attempt attempt, GptException failure)
    {
        failure.Attempt = attempt.Number;
        _interruption = failure;
        KeepPlace(attempt, failure);
        _refused.Clear();
    }

    /// <summary>The model that is asked beside this one where it is slow; null where there is none.</summary>
    private Candidate? Other() => route.HasOthers ? route.Next(new HashSet<string>(_tried) { Candidate.Id }, Candidate, null, request) : null;

    /// <summary>Keeps the place where the way broke. Where the answer itself failed, there is no rest of it.</summary>
    private void KeepPlace(Attempt attempt, GptException failure)
    {
        ForgetPlace();
        if (failure.Kind is GptErrorKind.StreamInterrupted or GptErrorKind.StreamProtocol or GptErrorKind.Timeout or GptErrorKind.Connection)
            _place = attempt.Place;
        else
            attempt.Place?.Dispose();
    }

    private void ForgetPlace()
    {
        _place?.Dispose();
        _place = null;
    }

    private async ValueTask MoveOnAsync(GptException failure, CancellationToken cancellationToken)
    {
        var from = Candidate;
        _tried.Add(from.Id);
        _given.Add($"{from.Id} ({Failures.Why(failure)})");
        _passedOver.Clear();
        if (route.Next(_tried, from, failure, request, _passedOver) is not { } next)
            throw Last(failure);
        // Nobody else can read on where this server stopped.
        ForgetPlace();
        _interruption = null;
        _refused.Clear();
        (Candidate, _tries) = (next, 0);
        await TellSwitchAsync(from, next, Failures.Why(failure), cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask TellSwitchAsync(Candidate from, Candidate to, string why, CancellationToken cancellationToken)
    {
        await _said.WriteAsync(new NoticeDelta(new ModelSwitchedEvent(from.Id, to.Id, $"{to.Id} is asked in the place of {from.Id}: {why}.")), cancellationToken).ConfigureAwait(false);
        foreach (var notice in to.Notices)
            await _said.WriteAsync(new NoticeDelta(notice with { }), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The failure that ends the step, with what else was tried.</summary>
    private GptException Last(GptException failure)
    {
        var message = failure.Message;
        if (failure.RetryAfter > options.Retry?.MaxRetryAfter)
            message += FormattableString.Invariant($" It asks to wait {failure.RetryAfter.Value.TotalSeconds:0.#} s; longer than {options.Retry.MaxRetryAfter.TotalSeconds:0.#} s is not waited (Retry.MaxRetryAfter).");
        else if (failure.RetryAfter is { } wait && failure.Phase == GptPhase.Request)
            message += FormattableString.Invariant($" It is tried again in {wait.TotalSeconds:0.#} s.");
        if (_given.Count > 1)
            message += $" Asked before: {string.Join(", ", _given.SkipLast(1))}.";
        if (_passedOver.Count > 0)
            message += $" Not asked: {string.Join(", ", _passedOver)}.";
        return message == failure.Message ? failure : Failures.Restate(failure, message);
    }
}
