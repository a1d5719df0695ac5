using System.Text;
using System.Text.Json;
using Omega.Gpt.Providers;
using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Turns;

/// <summary>
/// Asks the model to sum up what is left out of a request, and keeps the summary with the conversation: each cut is summed up once, from the
/// summary before it and what has been left out since.
/// </summary>
internal static class HistorySummary
{
    /// <summary>The field of the conversation's document that has it.</summary>
    public const string Field = "history_summary";

    /// <summary>Most tokens of a summary.</summary>
    public const int LongestSummary = 1_000;

    private const string Instructions =
        "Sum up the conversation below for yourself, so that you can go on with it without having it: what the person wants, what was decided, names, figures and open questions. "
        + "Write plain sentences, at most 400 words, and nothing but the summary.";

    /// <summary>The summary of the first messages that is kept already; null where there is none.</summary>
    public static string? Known(Conversation conversation, IReadOnlyList<Message> messages, int cut) =>
        Kept(conversation, messages) is { } kept && kept.Until == cut ? kept.Text : null;

    /// <summary>Asks for the summary of the first messages.</summary>
    /// <param name="plan">The turn.</param>
    /// <param name="messages">The history.</param>
    /// <param name="cut">How many messages are summed up.</param>
    /// <param name="longest">Most characters of them to send, the newest.</param>
    /// <param name="step">The step that asks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The summary and what it took; no text where the model gave none.</returns>
    public static async ValueTask<(string? Text, UsageDelta? Usage)> AskAsync(TurnPlan plan, IReadOnlyList<Message> messages, int cut, int longest, int step, CancellationToken cancellationToken)
    {
        var kept = Kept(plan.Conversation, messages);
        var (from, before) = kept is { } known && known.Until < cut ? (known.Until, known.Text) : (0, null);
        var request = new ModelRequest
        {
            Model = plan.Model.Model,
            Info = plan.Model.Info,
            Messages = [Message.System(Instructions), Message.User(Transcript(before, messages, from, cut, longest))],
            Options = new GenerationOptions { MaxTokens = LongestSummary, Lenient = true },
            Conversation = plan.Conversation.Id,
            Turn = plan.Turn,
            Step = step,
            TurnBudget = plan.BudgetUsd,
        };
        var text = new StringBuilder();
        UsageDelta? usage = null;
        var isWhole = false;
        try
        {
            await foreach (var delta in plan.Model.Provider.StreamAsync(request, cancellationToken).ConfigureAwait(false))
            {
                switch (delta)
                {
                    case TextDelta piece:
                        text.Append(piece.Text);
                        break;
                    case UsageDelta used:
                        usage = used;
                        break;
                    case FinishedDelta finished:
                        isWhole = finished.Reason == FinishReason.Stop;
                        break;
                }
            }
        }
        catch (GptException)
        {
            // The question can be asked without it; what it was about to say is left out.
        }

        if (!isWhole || text.ToString().Trim() is not { Length: > 0 } summary)
            return (null, usage);
        Keep(plan.Conversation, messages[cut - 1].Id, summary);
        return (summary, usage);
    }

    /// <summary>The summary as the model gets it.</summary>
    public static Message ToMessage(string summary) => Message.System("The conversation began earlier. What it was about until here:\n\n" + summary);

    private static (int Until, string Text)? Kept(Conversation conversation, IReadOnlyList<Message> messages)
    {
        if (!conversation.Extra.TryGetValue(Field, out var kept) || kept.ValueKind != JsonValueKind.Object
            || !kept.TryGetProperty("until", out var until) || until.ValueKind != JsonValueKind.String
            || !kept.TryGetProperty("text", out var text) || text.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        for (var i = 0; i < messages.Count; i++)
        {
            if (until.ValueEquals(messages[i].Id))
                return (i + 1, text.GetString()!);
        }

        return null;
    }

    private static void Keep(Conversation conversation, string until, string summary)
    {
        using var buffer = new PooledBuffer();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("until", until);
            json.WriteString("text", summary);
            json.WriteEndObject();
        }

        conversation.Extra[Field] = JsonElement.Parse(buffer.Span);
    }

    /// <summary>The messages as a text to read: other wires' state and pending calls are nothing to sum up.</summary>
    private static string Transcript(string? before, IReadOnlyList<Message> messages, int from, int cut, int longest)
    {
        var text = new StringBuilder();
        if (before is not null)
            text.Append("Summary of what came before:\n").Append(before).Append("\n\n");
        for (var i = from; i < cut; i++)
        {
            foreach (var part in messages[i].Parts)
            {
                var said = part switch
                {
                    TextPart plain => $"{(messages[i].Role == Role.Assistant ? "You" : "They")}: {plain.Text}",
                    FunctionCallPart call => $"You called {call.Name} with {call.Arguments}",
                    FunctionResultPart result => $"{result.Name} gave {AnsweredCalls.Text(result)}",
                    ImagePart or FilePart => "They showed a picture or a file.",
                    _ => null,
                };
                if (said is not null)
                    text.Append(said).Append("\n\n");
            }
        }

        return text.Length <= longest ? text.ToString() : "…" + text.ToString(text.Length - longest, longest);
    }
}
