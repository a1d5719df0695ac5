using System.Text.Json;
using Omega.Gpt.Providers;
using static Omega.Gpt.Tests.Turns.ScriptedProvider;

namespace Omega.Gpt.Tests.Turns;

public sealed class AnnotatorTests
{
    private static readonly JsonElement Data = JsonElement.Parse("""{"figures":1}""");

    [Fact]
    public async Task Turn_WithAnnotations_ShowsThemAfterItBeganAndBeforeItIsCompleted()
    {
        AnsweredTurn? seen = null;
        var gpt = Turn.Gpt(new ScriptedProvider(Says(new TextDelta("BTC is at 64,000."), Done()), Says(new TextDelta("Again."), Done())));
        var options = new TurnOptions
        {
            Annotations = [new AnnotationEvent("prompt", Data)],
            Annotator = (answer, _) =>
            {
                seen = answer;
                return ValueTask.FromResult<IReadOnlyList<AnnotationEvent>>([new AnnotationEvent("grounding", Data)]);
            },
        };

        var (events, error) = await Turn.RunAsync(gpt.StreamTurnAsync(Message.User("Price?"), options, TestContext.Current.CancellationToken));
        var (again, _) = await Turn.RunAsync(gpt.StreamTurnAsync(Message.User("Again?"), options, TestContext.Current.CancellationToken));

        Assert.Null(error);
        Assert.Equal(["TurnStarted", "Annotation", "StepStarted", "TextDelta", "StepCompleted", "Annotation", "TurnCompleted"], Turn.Shape(events));
        Assert.Equal(Enumerable.Range(1, events.Count).Select(n => (long)n), events.Select(e => e.Sequence));
        Assert.Equal("Again.", seen!.Text);
        Assert.Equal(["Price?", "BTC is at 64,000.", "Again?", "Again."], seen.Messages.Select(message => message.Text));
        Assert.Equal(seen.Turn, seen.Messages[^1].Turn);
        // One annotation for many turns keeps to each turn's own numbers.
        Assert.Equal(events[0].Turn, events[1].Turn);
        Assert.Equal(again[0].Turn, again[1].Turn);
    }

    [Fact]
    public async Task Turn_ThatIsCut_IsNotAnnotated()
    {
        var gpt = Turn.Gpt(new ScriptedProvider(Says(new TextDelta("BTC is at"))));
        var options = new TurnOptions { Annotator = (_, _) => throw new InvalidOperationException("There is no whole answer to remark on.") };

        var (events, error) = await Turn.RunAsync(gpt.StreamTurnAsync(Message.User("Price?"), options, TestContext.Current.CancellationToken));

        Assert.Equal(GptErrorKind.StreamInterrupted, Assert.IsType<GptException>(error).Kind);
        Assert.IsType<TurnFailedEvent>(events[^1]);
    }
}
