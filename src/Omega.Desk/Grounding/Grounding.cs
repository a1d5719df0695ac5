using System.Text.Json;
using Omega.Desk.Matching;
using Omega.Gpt;

namespace Omega.Desk;

/// <summary>
/// Traces the figures of an answer to the results of functions: each price, percentage and statistic in the prose has to be a figure of a
/// result under the same name, in the same unit, of the same market, or else a difference, ratio or change of two of them. Pure functions;
/// thread-safe. docs/concepts/grounding.md says what counts as a figure and as the same.
/// </summary>
/// <remarks>
/// Bounded: it looks at the first <see cref="LongestText"/> characters of an answer and at the first <see cref="MostFacts"/> figures of the
/// results, as deep as <see cref="Deepest"/>; <see cref="GroundingReport.IsCut"/> says where there was more.
/// </remarks>
public static class Grounding
{
    /// <summary>Characters of an answer, or of a text among the sources, that are looked at.</summary>
    public const int LongestText = 100_000;

    /// <summary>Figures of an answer that are looked at.</summary>
    public const int MostFigures = 2_000;

    /// <summary>Figures of all sources together that are looked at.</summary>
    public const int MostFacts = 20_000;

    /// <summary>How deeply a result may be nested for its figures to be seen.</summary>
    public const int Deepest = 32;

    /// <summary>For <see cref="TurnOptions.Annotator"/>: remarks <c>ungrounded</c> and <c>grounding</c> on each answer.</summary>
    public static Annotator Annotator { get; } = (answer, _) => ValueTask.FromResult(Check(answer).ToAnnotations());

    /// <summary>Traces the figures of an answer.</summary>
    /// <param name="text">The answer: plain text or Markdown.</param>
    /// <param name="sources">Where its figures may come from.</param>
    public static GroundingReport Check(string text, IEnumerable<GroundingSource> sources)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(sources);
        return Tracer.Trace(text, [.. sources]);
    }

    /// <summary>
    /// Traces the figures of a turn's answer to the results of that turn; where it called no function, to those of the last turn that did.
    /// What the person said in any turn counts as given.
    /// </summary>
    /// <param name="answer">The turn.</param>
    public static GroundingReport Check(AnsweredTurn answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return Check(answer.Text, SourcesOf(answer));
    }

    /// <summary>The sources that <see cref="Check(AnsweredTurn)"/> uses.</summary>
    /// <param name="answer">The turn.</param>
    public static IReadOnlyList<GroundingSource> SourcesOf(AnsweredTurn answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var turn = answer.Messages.LastOrDefault(message => message.Turn == answer.Turn && HasResult(message))?.Turn
            ?? answer.Messages.LastOrDefault(HasResult)?.Turn;
        var calls = new Dictionary<string, string>(StringComparer.Ordinal);
        var sources = new List<GroundingSource>();
        foreach (var message in answer.Messages)
        {
            if (message.Role == Role.User && message.Text is { Length: > 0 } said)
                sources.Add(GroundingSource.Prompt(said));
            foreach (var part in message.Parts)
            {
                if (part is FunctionCallPart call)
                    calls[call.Call] = call.Arguments;
                else if (part is FunctionResultPart result && (message.Turn == turn || message.Turn == answer.Turn))
                    sources.Add(GroundingSource.Result(result.Call, result.Result, Parse(calls.GetValueOrDefault(result.Call))));
            }
        }

        return sources;
    }

    private static bool HasResult(Message message) => message.Parts.Any(part => part is FunctionResultPart);

    private static JsonElement? Parse(string? json)
    {
        if (string.IsNullOrEmpty(json))
            return null;
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // The model's arguments may be anything; a call that had them did not run.
            return null;
        }
    }
}
