using System.ClientModel;
using System.ClientModel.Primitives;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Omega.Gpt.Tests.Turns;
using Omega.TestKit;
using OpenAI;

namespace Omega.Gpt.Tests.Promises;

/// <summary>
/// Functions fail closed: a stream that is cut, or that ends at a limit or in a filter, runs nothing that has side effects; a mutated one
/// runs at most what a strict reader of its own finds soundly said. Beside it what Microsoft.Extensions.AI's invoker runs on the same cuts.
/// </summary>
public sealed class ZeroTests(ITestOutputHelper output)
{
    /// <summary>Bytes before the first call are cut in <see cref="CutStreamTests"/>, which asks for the same; at full length here, too.</summary>
    private static readonly bool EveryByte = int.TryParse(Environment.GetEnvironmentVariable("OMEGA_ROUNDS"), CultureInfo.InvariantCulture, out var rounds) && rounds >= 50;

    [Fact]
    public async Task Streams_CutEndedOrMutated_RunNothingThatWasNotSoundlySaid()
    {
        var streams = StreamFixtures.All.Select(fixture => (fixture.Name, fixture.Wire, fixture.Bytes))
            .Concat(RecordedStreams.All.Select(stream => (Name: stream.ToString(), stream.Wire, stream.Bytes)))
            .Select(stream => (stream.Name, stream.Wire, stream.Bytes, StepTruth.Read(stream.Wire, stream.Bytes).Calls))
            .Where(stream => stream.Calls.Count > 0)
            .ToList();
        Assert.True(streams.Count >= 10, $"only {streams.Count} streams with calls");
        var table = new List<string> { "stream | calls | whole | cuts | run | ended | run | mutated | still sound | run of those | run of others | of cuts | run too early (mutation) | run by Microsoft.Extensions.AI" };
        var (mutation, theirs, wrong) = (0L, 0L, new ConcurrentBag<string>());
        foreach (var (name, wire, bytes, calls) in streams)
        {
            // The control: the whole stream runs each of its calls once.
            var whole = await RunAsync(wire, bytes);
            Assert.True(calls.Order().SequenceEqual(whole.Order()), $"{name}: {calls.Count} calls, ran {string.Join(", ", whole)}");

            var cuts = CutsOf(wire, bytes);
            var cut = await SumAsync(cuts, length => RunAsync(wire, bytes.AsMemory(0, length)), (length, ran) => $"{name} cut at {length} ran {string.Join(", ", ran)}", wrong);
            // Each eighth cut shows as well how the others fare; at full length each does.
            var sample = EveryByte ? cuts : [.. cuts.Where((_, i) => i % 8 == 0)];
            var early = await SumAsync(sample, length => RunAsync(wire, bytes.AsMemory(0, length), tooEarly: true), null, wrong);
            var ended = await SumAsync([0, 1], filter => RunAsync(wire, StreamMutations.EndingWith(wire, bytes, filter == 1)), (filter, ran) => $"{name} ended {(filter == 1 ? "by the filter" : "at its length")}: ran {string.Join(", ", ran)}", wrong);

            var mutants = StreamMutations.OfEachEvent(bytes).ToList();
            var (sound, ofSound, ofOthers) = (0, 0, 0);
            await Parallel.ForEachAsync(mutants, async (mutant, _) =>
            {
                var allowed = StepTruth.Read(wire, mutant.Bytes).Calls;
                var ran = await RunAsync(wire, mutant.Bytes);
                if (allowed.Count > 0)
                    Interlocked.Increment(ref sound);
                // At most once each, and nothing but what the strict reader read.
                var rest = allowed.ToList();
                foreach (var call in ran)
                {
                    if (rest.Remove(call))
                    {
                        Interlocked.Increment(ref ofSound);
                        continue;
                    }

                    Interlocked.Increment(ref ofOthers);
                    wrong.Add($"{name} {mutant.Name}: ran {call}; soundly said: {string.Join(", ", allowed)}");
                }
            });

            var peer = wire == Wire.ChatCompletions ? await SumAsync(sample, length => TheirsAsync(bytes.AsMemory(0, length), calls), null, wrong) : (long?)null;
            (mutation, theirs) = (mutation + early, theirs + (peer ?? 0));
            table.Add(string.Create(CultureInfo.InvariantCulture, $"{name} | {calls.Count} | {whole.Count} | {cuts.Length} | {cut} | 2 | {ended} | {mutants.Count} | {sound} | {ofSound} | {ofOthers} | {sample.Length} | {early} | {peer?.ToString(CultureInfo.InvariantCulture) ?? "-"}"));
        }

        output.WriteLine(string.Join('\n', table));
        output.WriteLine($"A call that is run when its arguments are complete, before its step is: {mutation} wrong runs. Microsoft.Extensions.AI on the same cuts: {theirs}.");
        Assert.True(wrong.IsEmpty, string.Join('\n', wrong.Take(20)));
        Assert.True(mutation > 0, "the mutation must be seen, or the test could not fail");
    }

    private static int[] CutsOf(Wire wire, byte[] bytes)
    {
        var end = new StreamTruth(wire, bytes).Whole!.Value;
        var first = EveryByte ? 0 : Math.Max(0, Encoding.Latin1.GetString(bytes).IndexOf(wire switch { Wire.Anthropic => "tool_use", Wire.Responses => "function_call", _ => "tool_calls" }, StringComparison.Ordinal));
        return [.. Enumerable.Range(first, end - first)];
    }

    private static async Task<long> SumAsync(int[] cases, Func<int, Task<List<(string Name, string Arguments)>>> run, Func<int, List<(string, string)>, string>? complain, ConcurrentBag<string> wrong)
    {
        var sum = 0L;
        await Parallel.ForEachAsync(cases, async (which, _) =>
        {
            var ran = await run(which);
            Interlocked.Add(ref sum, ran.Count);
            if (ran.Count > 0 && complain is not null)
                wrong.Add(complain(which, ran));
        });
        return sum;
    }

    /// <summary>What a turn over these bytes runs, with a function of side effects for every name and any arguments.</summary>
    private static async Task<List<(string Name, string Arguments)>> RunAsync(Wire wire, ReadOnlyMemory<byte> bytes, bool tooEarly = false)
    {
        var ran = new List<(string, string)>();
        var names = StepTruth.Names(bytes.Span);
        var functions = new FunctionSet(names.Select(name => new GptFunction(
            new FunctionDefinition(name, null, JsonElement.Parse("""{"type":"object"}""")),
            (arguments, context, _) =>
            {
                lock (ran)
                    ran.Add((context.Name, arguments.GetRawText()));
                return ValueTask.FromResult(arguments);
            })));
        var answer = StreamFixtures.Get(wire switch { Wire.Anthropic => "anthropic/text", Wire.Responses => "responses/text", _ => "chat/text" }).Bytes;
        var client = new HttpClient(new Bodies(bytes, answer));
        var gpt = Turn.Gpt(WireEngines.Provider(wire, "http://memory.invalid/v1", () => client));
        await Turn.RunAsync(gpt.StreamWithFunctionsAsync("Hi", functions, new TurnOptions { RunsTooEarly = tooEarly })).ConfigureAwait(false);
        return ran;
    }

    private static async Task<List<(string Name, string Arguments)>> TheirsAsync(ReadOnlyMemory<byte> bytes, IReadOnlyList<(string Name, string Arguments)> calls)
    {
        var ran = new List<(string, string)>();
        using var client = new HttpClient(new Bodies(bytes, StreamFixtures.Get("chat/text").Bytes));
        using var transport = new HttpClientPipelineTransport(client);
        var openai = new OpenAIClient(new ApiKeyCredential("sk-none"), new OpenAIClientOptions { Endpoint = new Uri("http://memory.invalid/v1"), Transport = transport, RetryPolicy = new ClientRetryPolicy(0) });
        using var chat = new ChatClientBuilder(openai.GetChatClient("m").AsIChatClient()).UseFunctionInvocation().Build();
        var tools = calls.Select(call => call.Name).Distinct().Select(name => (AITool)AIFunctionFactory.Create(
            (AIFunctionArguments arguments) =>
            {
                lock (ran)
                    ran.Add((name, arguments.Count.ToString(CultureInfo.InvariantCulture)));
                return "done";
            },
            name)).ToList();
        try
        {
            await foreach (var update in chat.GetStreamingResponseAsync("Hi", new ChatOptions { Tools = tools }).ConfigureAwait(false))
                _ = update;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // However it ends; what counts is what it ran.
        }

        return ran;
    }

    /// <summary>Answers the first request with a stream, and each later one with a text.</summary>
    private sealed class Bodies(ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> rest) : HttpMessageHandler
    {
        private int _asked;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new ReadOnlyMemoryContent(Interlocked.Increment(ref _asked) == 1 ? first : rest) { Headers = { ContentType = new("text/event-stream") } },
            });
    }
}
