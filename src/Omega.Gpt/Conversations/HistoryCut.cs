namespace Omega.Gpt;

/// <summary>
/// Where a history is cut. Pure: the same messages and limits give the same cut, and one more message moves it only where the request would
/// not fit any more.
/// </summary>
internal static class HistoryCut
{
    /// <summary>The first message that is sent.</summary>
    /// <param name="messages">The history, oldest first.</param>
    /// <param name="tokens">Tokens of each.</param>
    /// <param name="most">Most tokens of all messages together.</param>
    /// <param name="trimTo">What they are brought down to where they are more, as a part of that.</param>
    public static int Of(IReadOnlyList<Message> messages, IReadOnlyList<long> tokens, long most, double trimTo)
    {
        var starts = Groups(messages);
        var target = (long)(most * trimTo);
        // As it would have gone message by message: each cut is where it was when the history was shorter.
        var (first, group, sum) = (0, 0, 0L);
        for (var i = 0; i < messages.Count; i++)
        {
            if (group + 1 < starts.Count && starts[group + 1] == i)
                group++;
            sum += tokens[i];
            if (sum <= most)
                continue;
            // The newest group stays, whatever it is.
            for (; first < group && sum > target; first++)
            {
                for (var left = starts[first]; left < starts[first + 1]; left++)
                    sum -= tokens[left];
            }
        }

        return starts.Count == 0 ? 0 : starts[first];
    }

    /// <summary>
    /// Where the groups begin that are left out whole: at what a person says, and not between a call and its result, which may come with a
    /// later turn.
    /// </summary>
    internal static List<int> Groups(IReadOnlyList<Message> messages)
    {
        var starts = new List<int>();
        var opened = new HashSet<string>(StringComparer.Ordinal);
        var results = Results(messages);
        for (var i = 0; i < messages.Count; i++)
        {
            if (i == 0 || (messages[i].Role == Role.User && messages[i - 1].Role != Role.User && opened.Count == 0))
                starts.Add(i);
            foreach (var part in messages[i].Parts)
            {
                if (part is FunctionCallPart call && results.TryGetValue(call.Call, out var last) && last > i)
                    opened.Add(call.Call);
                else if (part is FunctionResultPart result && results[result.Call] == i)
                    opened.Remove(result.Call);
            }
        }

        return starts;
    }

    /// <summary>The last message that has a result of a call.</summary>
    private static Dictionary<string, int> Results(IReadOnlyList<Message> messages)
    {
        var results = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < messages.Count; i++)
        {
            foreach (var result in messages[i].Parts.OfType<FunctionResultPart>())
                results[result.Call] = i;
        }

        return results;
    }
}
