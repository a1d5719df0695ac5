using System.Text.Json;
using CsCheck;

namespace Omega.Gpt.Tests.Conversations;

public sealed class HistoryCutTests
{
    /// <summary>Conversations of turns with calls, answered within the turn, by a later one, or not at all.</summary>
    private static readonly Gen<Message[]> Histories = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 3], Gen.Bool).Array[0, 30].Select(turns =>
    {
        var messages = new List<Message>();
        var open = new List<string>();
        foreach (var (kind, calls, isLate) in turns)
        {
            var turn = messages.Count;
            messages.Add(kind == 5 && open.Count > 0 ? Message.FunctionResults([.. open.Select(Result)]) : Message.User($"question {turn}"));
            if (kind == 5)
                open.Clear();
            if (calls > 0)
            {
                var ids = Enumerable.Range(0, calls).Select(i => $"t{turn}.1.{i}").ToList();
                messages.Add(new Message { Role = Role.Assistant, Parts = [.. ids.Select(id => new FunctionCallPart(id, "f", "{}"))] });
                if (isLate)
                {
                    open.AddRange(ids);
                    continue;
                }

                messages.Add(Message.FunctionResults([.. ids.Select(Result)]));
            }

            messages.Add(Message.Assistant($"answer {turn}"));
        }

        return messages.ToArray();
    });

    [Fact]
    public void Of_AnyHistory_OrphansNoCallAndNoResult() =>
        Gen.Select(Histories, Gen.Long[1, 60], Gen.Double[0.1, 0.9]).Sample((messages, most, trimTo) =>
        {
            var cut = HistoryCut.Of(messages, Tokens(messages), most, trimTo);
            var (left, sent) = (messages[..cut], messages[cut..]);
            var answered = Ids<FunctionResultPart>(messages, part => part.Call);
            var kept = Ids<FunctionCallPart>(sent, part => part.Call);
            var results = Ids<FunctionResultPart>(sent, part => part.Call);
            return results.SetEquals(kept.Intersect(answered)) && !Ids<FunctionCallPart>(left, part => part.Call).Overlaps(results);
        });

    [Fact]
    public void Of_AnyHistory_FitsUnlessTheNewestGroupAloneDoesNot() =>
        Gen.Select(Histories, Gen.Long[1, 60], Gen.Double[0.1, 0.9]).Sample((messages, most, trimTo) =>
        {
            var tokens = Tokens(messages);
            var cut = HistoryCut.Of(messages, tokens, most, trimTo);
            return tokens.Skip(cut).Sum() <= most || cut == HistoryCut.Groups(messages)[^1];
        });

    [Fact]
    public void Of_GrowingHistory_MovesTheCutSeldomAndOnlyForward()
    {
        // 400 turns of 20 tokens in a context of 1,000: brought down to 500 each time, so a cut serves 25 turns.
        var messages = new List<Message>();
        var cuts = new List<int>();
        for (var turn = 0; turn < 400; turn++)
        {
            messages.Add(Message.User($"{turn}"));
            cuts.Add(HistoryCut.Of(messages, [.. messages.Select(_ => 10L)], 1_000, 0.5));
            messages.Add(Message.Assistant($"{turn}"));
        }

        Assert.Equal(cuts.Order(), cuts);
        Assert.InRange(cuts.Distinct().Count(), 10, 16);
        Assert.All(cuts, cut => Assert.Equal(Role.User, messages[cut].Role));
    }

    [Fact]
    public void Of_AnyBeginning_IsWhereItWasWhenTheHistoryWasShorter() =>
        Gen.Select(Histories, Gen.Long[5, 60]).Sample((messages, most) =>
        {
            // Where no result comes later than its turn, a longer history never brings back what a shorter one left out.
            var settled = messages.Where(message => message.Role is Role.User or Role.Assistant && message.Parts is [TextPart]).ToArray();
            var last = 0;
            for (var length = 1; length <= settled.Length; length++)
            {
                var cut = HistoryCut.Of(settled[..length], Tokens(settled[..length]), most, 0.5);
                if (cut < last)
                    return false;
                last = cut;
            }

            return true;
        });

    private static long[] Tokens(Message[] messages) => [.. messages.Select(message => 3L + message.Parts.Count)];

    private static HashSet<string> Ids<T>(IEnumerable<Message> messages, Func<T, string> id)
        where T : Part => [.. messages.SelectMany(message => message.Parts.OfType<T>()).Select(id)];

    private static FunctionResultPart Result(string call) => new(call, "f", JsonElement.Parse("1"));
}
