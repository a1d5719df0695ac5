using System.Globalization;
using Omega.Gpt.Models;
using Omega.Gpt.Providers;

namespace Omega.Gpt.Resilience.Failover;

/// <summary>
/// The models that may answer one turn, in order. A turn stays with the model that served its last step: another one would not get the
/// state back that the first had given. The next turn begins with the first model again. Used by one step at a time.
/// </summary>
internal sealed class ModelRoute
{
    private readonly List<Stop> _stops;
    private readonly Func<string, Candidate> _find;

    /// <param name="first">The model that was asked for.</param>
    /// <param name="fallbacks">The names of the others.</param>
    /// <param name="find">Finds one of them; called when it is needed.</param>
    public ModelRoute(Candidate first, IEnumerable<string> fallbacks, Func<string, Candidate> find)
    {
        _stops = [new Stop(first.Id) { Candidate = first }, .. fallbacks.Select(name => new Stop(name))];
        _find = find;
        Served = first;
    }

    /// <summary>The model whose answer is being read, or was last.</summary>
    public Candidate Served { get; set; }

    /// <summary>Whether there is any other model.</summary>
    public bool HasOthers => _stops.Count > 1;

    /// <summary>The next model to ask.</summary>
    /// <param name="tried">The ids of those that were asked for this step.</param>
    /// <param name="from">The one asked last.</param>
    /// <param name="failure">Why it cannot answer; null where it still may.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="passedOver">Takes who is passed over, and why.</param>
    /// <returns>Null where there is none left.</returns>
    public Candidate? Next(IReadOnlySet<string> tried, Candidate from, GptException? failure, ModelRequest request, ICollection<string>? passedOver = null)
    {
        foreach (var stop in _stops)
        {
            if (Find(stop) is not { } candidate)
                passedOver?.Add($"{stop.Name} ({stop.Problem!.TrimEnd('.')})");
            else if (tried.Contains(candidate.Id))
                continue;
            else if (Objection(candidate, from, failure, request) is { } objection)
                passedOver?.Add($"{candidate.Id} ({objection})");
            else
                return candidate;
        }

        return null;
    }

    private Candidate? Find(Stop stop)
    {
        if (stop.Candidate is null && stop.Problem is null)
        {
            try
            {
                stop.Candidate = _find(stop.Name);
            }
            catch (GptException exception)
            {
                stop.Problem = exception.Message;
            }
        }

        return stop.Candidate;
    }

    private static string? Objection(Candidate candidate, Candidate from, GptException? failure, ModelRequest request)
    {
        if (candidate.Health.IsLeftAlone)
            return "it failed again and again, and is being left alone";
        if (failure?.Kind == GptErrorKind.ContextWindowExceeded && candidate.Info?.Context <= from.Info?.Context)
            return "its context is no larger";
        return candidate.Info is { Context: { } context } ? Excess(candidate, context, request) : null;
    }

    /// <summary>Why the request does not fit; null where it does, or an estimate leaves room for doubt: the model itself then says.</summary>
    private static string? Excess(Candidate candidate, int context, ModelRequest request)
    {
        // Nearly every request is far from the limit, and bytes say so without a vocabulary.
        if (TokenCounter.AtMost(request) <= context)
            return null;
        var count = TokenCounter.For(candidate.Model.Model, candidate.Info).Count(request);
        return count.Tokens > context * (count.IsEstimate ? TokenCounter.EstimateMargin : 1)
            ? string.Create(CultureInfo.InvariantCulture, $"the messages do not fit its context: {(count.IsEstimate ? "~" : "")}{count.Tokens:N0} of {context:N0} tokens")
            : null;
    }

    /// <summary>A place on the route.</summary>
    private sealed class Stop(string name)
    {
        public string Name => name;

        public Candidate? Candidate { get; set; }

        /// <summary>Why the model cannot be asked at all.</summary>
        public string? Problem { get; set; }
    }
}
