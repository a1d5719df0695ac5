using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Omega.Gpt.Diagnostics;
using Omega.Gpt.Providers;
using Omega.Gpt.Resilience;
using Omega.Gpt.Tests.Turns;
using Omega.TestKit;

namespace Omega.Gpt.Tests.Diagnostics;

/// <summary>All that spans and figures say while servers send keys back, those of the HTTP client too, whose listeners are often the same.</summary>
[Collection(nameof(TelemetryTests))]
public sealed class TelemetrySecretsTests : IDisposable
{
    private const string Key = "plantedkey-8b1f4c6e2a9d7350";
    private const string SecondKey = "plantedkey-second-e61c0b7f9d25";
    private const string Password = "planted-password-57a3e9";
    private const string Token = "planted-url-token-c40d81";
    private const string Question = "a question that is asked here alone";

    private readonly ConcurrentQueue<string> _told = new();
    private readonly ActivityListener _spans;
    private readonly MeterListener _figures = new();

    public TelemetrySecretsTests()
    {
        _spans = new ActivityListener
        {
            ShouldListenTo = source => source.Name is GptTelemetry.Name or "System.Net.Http",
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => _told.Enqueue(TextOf(span)),
        };
        ActivitySource.AddActivityListener(_spans);
        _figures.InstrumentPublished = (instrument, figures) =>
        {
            if (instrument.Meter.Name is GptTelemetry.Name or "System.Net.Http")
                figures.EnableMeasurementEvents(instrument);
        };
        _figures.SetMeasurementEventCallback<double>((instrument, _, tags, _) => _told.Enqueue($"figure {instrument.Name}: {TextOf(tags.ToArray())}"));
        _figures.SetMeasurementEventCallback<long>((instrument, _, tags, _) => _told.Enqueue($"figure {instrument.Name}: {TextOf(tags.ToArray())}"));
        _figures.Start();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Turns_ServerSendsKeysBack_NoSpanAndNoFigureHoldsThem(bool capturesContent)
    {
        ContentCapture.IsOn = capturesContent;
        await using var server = ModelServer.Start();
        var variables = new Dictionary<string, string?>
        {
            ["OPENAI_API_KEY"] = Key,
            ["OPENAI_API_KEY_2"] = SecondKey,
            ["OPENAI_BASE_URL"] = $"http://user:{Password}@127.0.0.1:{server.Port}/v1?token={Token}",
        };
        var note = new GptFunction(new FunctionDefinition("note", null, JsonElement.Parse("""{"type": "object"}""")), (arguments, _, _) => ValueTask.FromResult(arguments));
        foreach (var answer in EchoingServer.Answers.Values)
        {
            server.Respond(answer);
            var engine = new GptEngine(ProviderRegistry.Create(variables.GetValueOrDefault), pipeline: new GptPipelineOptions { Keys = new KeyOptions() });
            await Turn.RunAsync(engine.RunAsync(engine.NewConversation(), [Message.User(Question)], new TurnOptions { Model = "openai/gpt-4.1", Functions = new FunctionSet(note), Limits = new FunctionLimits { MaxSteps = 2 } }));
        }

        var scan = new SecretScan(Key, SecondKey, Password, Token);
        foreach (var told in _told)
            scan.Text(told[..told.IndexOf(':', StringComparison.Ordinal)], told);
        scan.ThrowIfFound();
        // The scan looks where it should: what is not secret is found, and what was asked only where it is to be told.
        Assert.NotEmpty(Find("span chat gpt-4.1", "server.address=127.0.0.1"));
        Assert.NotEmpty(Find("figure gen_ai.client.operation.duration", "gen_ai.request.model=gpt-4.1"));
        Assert.NotEmpty(Find("figure http.client.request.duration", "server.address=127.0.0.1"));
        Assert.Equal(capturesContent, Find("span chat gpt-4.1", Question).Count > 0);
        Assert.Equal(capturesContent, Find("span chat gpt-4.1", "[key], are you?").Count > 0);
        Assert.Equal(capturesContent, Find("span execute_tool note", "[key]").Count > 0);
    }

    public void Dispose()
    {
        ContentCapture.IsOn = false;
        _spans.Dispose();
        _figures.Dispose();
    }

    private List<string> Find(string what, string text) => [.. _told.Where(told => told.StartsWith(what, StringComparison.Ordinal) && told.Contains(text, StringComparison.Ordinal))];

    private static string TextOf(Activity span) => string.Join(
        '\n',
        [
            $"span {span.DisplayName}: {span.OperationName} {span.StatusDescription} {span.TraceStateString}",
            TextOf(span.TagObjects),
            .. span.Events.Select(happened => $"{happened.Name} {TextOf(happened.Tags)}"),
            .. span.Links.Select(link => TextOf(link.Tags ?? [])),
            .. span.Baggage.Select(item => $"{item.Key}={item.Value}"),
        ]);

    private static string TextOf(IEnumerable<KeyValuePair<string, object?>> tags) => string.Join(' ', tags.Select(tag => $"{tag.Key}={(tag.Value is IEnumerable and not string ? string.Join(',', ((IEnumerable)tag.Value).Cast<object?>()) : tag.Value)}"));
}
