using CsCheck;
using Omega.Gpt.Providers;
using Omega.Gpt.Resilience.Resuming;
using Omega.Gpt.Tests.Turns;

namespace Omega.Gpt.Tests.Resilience;

public sealed class ReproductionTests
{
    /// <summary>An answer as its meaning: what it says, piece by piece, each text in the smallest pieces.</summary>
    private static readonly Gen<ModelDelta[]> Answers = Gen.OneOf(
            Gen.String[Gen.Char["abc ü"], 1, 12].Select(text => Split(text, piece => new TextDelta(piece))),
            Gen.String[Gen.Char["xyz"], 1, 5].Select(text => Split(text, piece => new RefusalDelta(piece))),
            Gen.String[Gen.Char["{}1,"], 0, 8].Select(text => (ModelDelta[])[new CallStartedDelta(-1, "price"), .. Split(text, piece => new CallArgumentsDelta(-1, piece))]))
        .Array[1, 5].Select(Numbered);

    /// <summary>Whatever was shown and however the new stream is cut into pieces: what is handed on is exactly the rest.</summary>
    [Fact]
    public void SameAnswer_InOtherPieces_HandsOnExactlyTheRest() =>
        Gen.Select(Answers, Gen.Int[0, 60], Gen.Int[1, 6], Gen.Bool).Sample(
            (answer, cut, width, reasons) =>
            {
                cut = Math.Min(cut, answer.Length);
                var shown = Shown(answer[..cut]);
                var reproduction = new Reproduction(shown, "m");
                List<ModelDelta> given = [];
                var begun = false;
                foreach (var delta in (ModelDelta[])[.. Joined(answer, width, reasons), ScriptedProvider.Done()])
                {
                    if (begun)
                    {
                        given.Add(delta);
                    }
                    else if (reproduction.Take(delta))
                    {
                        begun = true;
                        given.AddRange(reproduction.Held);
                    }
                }

                Assert.True(begun);
                Assert.Equal(Told(answer), Told([.. answer[..cut], .. given]));
            },
            iter: 3000);

    /// <summary>One other character, one missing piece or one more: never taken for the same.</summary>
    [Fact]
    public void AnotherAnswer_IsNeverTakenForTheSame() =>
        Gen.Select(Answers, Gen.Int[1, 60], Gen.Int[0, 60], Gen.Int[1, 6]).Sample(
            (answer, cut, at, width) =>
            {
                cut = Math.Min(cut, answer.Length);
                at %= cut;
                ModelDelta[] other =
                [
                    .. answer[..at],
                    answer[at] switch
                    {
                        TextDelta => new TextDelta("#"),
                        RefusalDelta => new RefusalDelta("#"),
                        CallStartedDelta call => new CallStartedDelta(call.Index, "order"),
                        CallArgumentsDelta arguments => new CallArgumentsDelta(arguments.Index, "#"),
                        var delta => delta,
                    },
                    .. answer[(at + 1)..],
                ];
                var reproduction = new Reproduction(Shown(answer[..cut]), "m");

                Assert.Throws<AnswerDiffersException>(() =>
                {
                    foreach (var delta in (ModelDelta[])[.. Joined(other, width, false), ScriptedProvider.Done()])
                    {
                        if (reproduction.Take(delta))
                            break;
                    }
                });
            },
            iter: 3000);

    [Fact]
    public void CallsWrittenSideBySide_AreHeldUntilAllAreBack()
    {
        ModelDelta[] shown = [new CallStartedDelta(0, "a"), new CallArgumentsDelta(0, "{"), new CallStartedDelta(1, "b"), new CallArgumentsDelta(1, "{\"x")];
        var reproduction = new Reproduction(Shown(shown), "m");

        // The first call is written to its end before the second is where it was.
        Assert.False(reproduction.Take(new CallStartedDelta(0, "a")));
        Assert.False(reproduction.Take(new CallArgumentsDelta(0, "{}")));
        Assert.False(reproduction.Take(new CallStartedDelta(1, "b")));
        Assert.False(reproduction.Take(new CallArgumentsDelta(1, "{\"x")));
        Assert.True(reproduction.Take(new CallArgumentsDelta(1, "\":1}")));

        Assert.Equal([new CallArgumentsDelta(0, "}"), new CallArgumentsDelta(1, "\":1}")], reproduction.Held);
    }

    private static ShownAnswer Shown(IEnumerable<ModelDelta> deltas)
    {
        var shown = new ShownAnswer();
        foreach (var delta in deltas)
            shown.Add(delta);
        return shown;
    }

    private static ModelDelta[] Split(string text, Func<string, ModelDelta> make) => [.. text.Select(c => make(c.ToString()))];

    private static ModelDelta[] Numbered(ModelDelta[][] pieces)
    {
        List<ModelDelta> deltas = [];
        var call = -1;
        foreach (var delta in pieces.SelectMany(piece => piece))
        {
            deltas.Add(delta switch
            {
                CallStartedDelta started => started with { Index = ++call },
                CallArgumentsDelta arguments => arguments with { Index = call },
                _ => delta,
            });
        }

        return [.. deltas];
    }

    /// <summary>The same answer with texts in pieces of up to <paramref name="width"/>.</summary>
    private static IEnumerable<ModelDelta> Joined(ModelDelta[] deltas, int width, bool reasons)
    {
        if (reasons)
            yield return new ReasoningDelta("Hm.");
        for (var i = 0; i < deltas.Length;)
        {
            var (text, first) = (TextOf(deltas[i]), deltas[i]);
            var next = i + 1;
            while (text is not null && next < deltas.Length && next - i < width && deltas[next].GetType() == first.GetType() && TextOf(deltas[next]) is { } more)
            {
                text += more;
                next++;
            }

            yield return first switch
            {
                TextDelta => new TextDelta(text!),
                RefusalDelta => new RefusalDelta(text!),
                CallArgumentsDelta arguments => new CallArgumentsDelta(arguments.Index, text!),
                _ => first,
            };
            i = next;
        }
    }

    private static string? TextOf(ModelDelta delta) => delta switch
    {
        TextDelta text => text.Text,
        RefusalDelta refusal => refusal.Text,
        CallArgumentsDelta arguments => arguments.Delta,
        _ => null,
    };

    private static string Told(IEnumerable<ModelDelta> deltas)
    {
        var (told, last) = ("", "");
        foreach (var delta in deltas.Where(delta => delta is not (ReasoningDelta or FinishedDelta)))
        {
            var kind = delta.GetType().Name;
            told += (kind == last ? "" : $"|{kind}:") + (TextOf(delta) ?? ((CallStartedDelta)delta).Name);
            last = kind;
        }

        return told;
    }
}
