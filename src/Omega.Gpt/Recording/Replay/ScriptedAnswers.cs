using System.Runtime.CompilerServices;
using Omega.Gpt.Providers;
using Omega.Gpt.Resilience.Failover;

namespace Omega.Gpt.Recording.Replay;

/// <summary>Answers the steps of a turn that is run again from its recording; says which model served, and stops where the turn was stopped.</summary>
internal sealed class ScriptedAnswers(RecordedAnswers answers, ModelRoute route, Func<string, string, Candidate> candidate, TurnScript script) : IModelProvider
{
    public string Name => route.Served.Model.ProviderName;

    public async IAsyncEnumerable<ModelDelta> StreamAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var step = answers.Find(request, null);
        foreach (var moment in step.Moments)
        {
            if (moment.Delta is null)
                route.Served = candidate(moment.Provider!, moment.Model!);
            else
                yield return moment.Delta is NoticeDelta notice ? new NoticeDelta(notice.Event with { }) : moment.Delta;
        }

        if (step is { End: not "whole", Failure: null })
        {
            script.Leave();
            cancellationToken.ThrowIfCancellationRequested();
        }

        if (ReplayProvider.EndOf(step, request) is { } failure)
            throw failure;
        await Task.CompletedTask.ConfigureAwait(false);
    }
}
