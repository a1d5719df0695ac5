using Omega.Gpt;
using Omega.Gpt.Providers;

namespace Omega.Desk.Tests.Functions;

/// <summary>One turn over a desk, with its figures traced as a program would trace them.</summary>
internal sealed record DeskTurn(IReadOnlyList<GptEvent> Events, GptException? Error)
{
    public string Text => Events.OfType<TurnCompletedEvent>().Single().Text;

    /// <summary>The calls as <c>name arguments</c>.</summary>
    public IEnumerable<string> Calls => Events.OfType<FunctionCallReadyEvent>().Select(call => $"{call.Name} {call.Arguments}");

    /// <summary>Figures that no result and nothing that the person said gives.</summary>
    public IEnumerable<string> Ungrounded => Events.OfType<AnnotationEvent>().Where(annotation => annotation.Kind == "ungrounded").Select(annotation => annotation.Data.GetRawText());

    public static Task<DeskTurn> OfflineAsync(MarketDesk desk, string prompt) => RunAsync(new GptEngine(ProviderRegistry.Create(_ => null)), desk, prompt, "offline/analyst");

    public static async Task<DeskTurn> RunAsync(GptEngine engine, MarketDesk desk, string prompt, string model)
    {
        var events = new List<GptEvent>();
        var options = new TurnOptions
        {
            Model = model,
            Functions = desk.Functions,
            Annotations = [DeskPrompt.Analyst.ToAnnotation()],
            Annotator = Grounding.Annotator,
        };
        try
        {
            await foreach (var gptEvent in engine.RunAsync(engine.NewConversation(), [Message.User(prompt)], options, TestContext.Current.CancellationToken))
                events.Add(gptEvent);
            return new(events, null);
        }
        catch (GptException error)
        {
            return new(events, error);
        }
    }
}
