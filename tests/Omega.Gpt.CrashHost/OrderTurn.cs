using System.Runtime.CompilerServices;
using System.Text.Json;
using Omega.Gpt.Providers;

namespace Omega.Gpt.CrashHost;

/// <summary>One turn of several orders, each a line appended to a file, over a store and a ledger in a folder.</summary>
public static class OrderTurn
{
    public const string Conversation = "crash";
    public const string Turn = "turn-1";
    public const int Orders = 6;

    /// <summary>The file of orders in a home.</summary>
    public static string LinesOf(string home) => Path.Combine(home, "lines");

    /// <summary>Runs the turn, or goes on with it, and writes its events as lines.</summary>
    public static async Task RunAsync(string home, Stream output)
    {
        var registry = ProviderRegistry.Create(null);
        registry.Add(new Model());
        var engine = new GptEngine(registry, new GenerationOptions { Model = "crash/m" }, new FileConversationStore(home), ledger: new SqliteCallLedger(Path.Combine(home, "calls.db")));
        var order = new GptFunction(
            new FunctionDefinition("order", null, JsonElement.Parse("""{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]}""")),
            async (arguments, context, token) =>
            {
                await File.AppendAllTextAsync(LinesOf(home), $"{context.IdempotencyKey} {arguments.GetProperty("n").GetInt32()}\n", token);
                // The wide part of the window: the order is placed, and nothing says so yet.
                await Task.Delay(TimeSpan.FromMilliseconds(6), TimeProvider.System, token);
                return arguments;
            },
            new GptFunctionOptions { MaxConcurrency = 1 });
        await foreach (var gptEvent in new RealTimeGpt(engine, Conversation).StreamWithFunctionsAsync("Go", new FunctionSet(order), new TurnOptions { TurnId = Turn }))
        {
            await output.WriteAsync(System.Text.Encoding.UTF8.GetBytes(GptJson.ToJson(gptEvent) + "\n"));
            await output.FlushAsync();
        }
    }

    /// <summary>Two steps of three orders, then an answer.</summary>
    private sealed class Model : IModelProvider
    {
        public string Name => "crash";

        public async IAsyncEnumerable<ModelDelta> StreamAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            var done = request.Messages.Sum(message => message.Parts.OfType<FunctionResultPart>().Count());
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, cancellationToken);
            if (done >= Orders)
            {
                yield return new TextDelta("Done.");
                yield return new FinishedDelta(FinishReason.Stop, null);
                yield break;
            }

            for (var i = 0; i < Orders / 2; i++)
            {
                yield return new CallStartedDelta(i, "order");
                yield return new CallArgumentsDelta(i, $$"""{"n":{{done + i}}}""");
            }

            yield return new FinishedDelta(FinishReason.FunctionCalls, null);
        }
    }
}
