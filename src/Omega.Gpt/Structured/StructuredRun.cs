using System.Runtime.CompilerServices;
using System.Text;

namespace Omega.Gpt.Structured;

/// <summary>Asks for a typed answer, checks it, and sends a wrong one back with its errors, a bounded number of times. Used once.</summary>
internal sealed class StructuredRun<T>(RealTimeGpt gpt, StructuredType<T> type, TurnOptions options, StructuredOutputOptions structured)
{
    /// <summary>How much of one error goes back to the model.</summary>
    private const int MaxErrorLength = 300;

    /// <param name="input">The question.</param>
    /// <param name="showsPartials">Whether partial values are yielded before the whole.</param>
    /// <param name="cancellationToken">Cancels the turn.</param>
    public async IAsyncEnumerable<Partial<T>> RunAsync(Message input, bool showsPartials, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var model = Model();
        for (var round = 1; ; round++)
        {
            var answer = new StringBuilder();
            var refusal = new StringBuilder();
            var partial = new PartialReader<T>(type, !model.IsHeld);
            TurnCompletedEvent? completed = null;
            await foreach (var gptEvent in gpt.StreamTurnAsync(input, OptionsOf(round, model), cancellationToken).ConfigureAwait(false))
            {
                switch (gptEvent)
                {
                    case StepStartedEvent:
                        // What the model said before it called functions is not the answer.
                        answer.Clear();
                        partial = new PartialReader<T>(type, !model.IsHeld);
                        break;
                    case TextDeltaEvent text:
                        answer.Append(text.Text);
                        if (answer.Length > structured.MaxCharacters)
                            throw Failed($"the answer is longer than {structured.MaxCharacters} characters. Ask for less, or raise MaxCharacters", FinishReason.Length, answer);
                        if (showsPartials && partial.Append(text.Text) is { } part)
                            yield return new Partial<T>(part.Value, part.Json, IsFinal: false, round);
                        break;
                    case RefusalDeltaEvent refused:
                        refusal.Append(refused.Text);
                        break;
                    case TurnCompletedEvent end:
                        completed = end;
                        break;
                }
            }

            CheckEnd(completed, answer, refusal);
            var verdict = type.Judge(model.IsHeld ? answer.ToString() : AnswerText.Unwrap(answer.ToString()));
            if (verdict.Errors.Count == 0)
            {
                yield return new Partial<T>(verdict.Value, verdict.Json, IsFinal: true, round);
                yield break;
            }

            var errors = string.Join("\n", verdict.Errors.Select(error => "- " + Short(error.Message)));
            if (round > structured.MaxRepairs)
            {
                throw new StructuredOutputException(
                    GptErrorKind.InvalidAnswer,
                    $"{completed!.Provider}/{completed.Model} gave no valid {Functions.Definition.ArgumentReader.NameOf(typeof(T))} in {round} {(round == 1 ? "answer" : "answers")}. The last is wrong here:\n{errors}",
                    completed.FinishReason,
                    verdict.Errors,
                    verdict.Cause)
                { Provider = completed.Provider, Model = completed.Model, PartialText = answer.ToString() };
            }

            input = Message.User($"Your answer does not fit:\n{errors}\nAnswer again with the whole corrected JSON and nothing else.");
        }
    }

    private (bool IsHeld, ResponseFormat Format) Model()
    {
        var name = options.Model ?? gpt.Engine.Defaults.Model ?? gpt.Engine.Providers.DefaultModel().Model;
        var model = gpt.Engine.Providers.Resolve(name);
        var format = type.FormatFor(model);
        return (model.Info is not null && format is not null, format ?? ResponseFormat.Json);
    }

    private TurnOptions OptionsOf(int round, (bool IsHeld, ResponseFormat Format) model)
    {
        var turn = options with { ResponseFormat = model.Format };
        // A model of which nothing is known, or that takes no such schema, is told in words as well.
        if (!model.IsHeld)
            turn.SystemMessage = string.Join("\n\n", new[] { options.SystemMessage ?? gpt.Engine.Defaults.SystemMessage, type.Instruction }.Where(text => !string.IsNullOrEmpty(text)));
        if (round > 1 && options.TurnId is { } id)
            turn.TurnId = $"{id}.repair{round - 1}";
        return turn;
    }

    private static void CheckEnd(TurnCompletedEvent? completed, StringBuilder answer, StringBuilder refusal)
    {
        if (completed is null)
            throw new GptException(GptErrorKind.StreamInterrupted, "The turn ended without an answer. Ask again.") { Phase = GptPhase.Turn, IsRetryable = true, PartialText = answer.ToString() };
        if (completed.FinishReason == FinishReason.Refusal || refusal.Length > 0)
            throw Failed($"the model refused: {(refusal.Length > 0 ? Short(refusal.ToString()) : "it gave no reason")}", FinishReason.Refusal, answer, completed, GptErrorKind.ContentFilter);
        if (completed.FinishReason == FinishReason.ContentFilter)
            throw Failed("the answer was filtered", completed.FinishReason, answer, completed, GptErrorKind.ContentFilter);
        if (completed.FinishReason == FinishReason.Length)
            throw Failed("the answer was cut at the output limit. Raise MaxTokens, or ask for less", completed.FinishReason, answer, completed);
        if (completed.Pending.Count > 0)
            throw Failed($"the model called {completed.Pending[0].Name}, which has no handler, and gave no answer. Give handlers, or no functions", completed.FinishReason, answer, completed);
    }

    private static StructuredOutputException Failed(string problem, FinishReason reason, StringBuilder answer, TurnCompletedEvent? completed = null, GptErrorKind kind = GptErrorKind.InvalidAnswer) =>
        new(kind, $"{(completed is null ? "" : $"{completed.Provider}/{completed.Model}: ")}{problem}.", reason, [])
        {
            Provider = completed?.Provider,
            Model = completed?.Model,
            PartialText = answer.ToString(),
        };

    private static string Short(string text) => text.Length > MaxErrorLength ? text[..MaxErrorLength] + "…" : text;
}
