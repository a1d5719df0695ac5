using System.Diagnostics;
using Omega.TestKit;

namespace Omega.Cli.Tests.Processes;

/// <summary>The export of telemetry as a collector and a shell see it.</summary>
public sealed class TelemetryExportTests : IAsyncLifetime
{
    private readonly OmegaProcess _omega = new();
    private readonly ModelServer _server = ModelServer.Start();
    private readonly ModelServer _collector = ModelServer.Start();

    public ValueTask InitializeAsync()
    {
        _server.Respond(_ => Reply.Stream(ChatCompletionsStream.Create().Text("Fine").Finish("stop").Usage(7, 1).Done()));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _collector.DisposeAsync();
        _omega.Dispose();
    }

    [Fact]
    public async Task Ask_Collector_GetsSpansAndMetricsWithoutContent()
    {
        _collector.Respond(_ => Reply.Document("application/x-protobuf", ReadOnlyMemory<byte>.Empty));
        Export(_collector.BaseUrl);
        _omega.Environment["OTEL_EXPORTER_OTLP_HEADERS"] = "x-token=planted-secret";
        _omega.Environment["OTEL_RESOURCE_ATTRIBUTES"] = "deployment.environment.name=test";

        var result = await AskAsync("a planted prompt");

        Assert.Equal((0, "Fine"), (result.Code, result.Output));
        Assert.DoesNotContain("planted-secret", result.Error, StringComparison.Ordinal);
        var traces = Assert.Single(_collector.Requests, request => request.Path == "/v1/traces");
        var metrics = Assert.Single(_collector.Requests, request => request.Path == "/v1/metrics");
        Assert.Equal(["chat omega-test-1", "invoke_agent omega"], OtlpMessages.SpanNames(traces.Body).Order());
        Assert.Equal(
            ["gen_ai.client.operation.duration", "gen_ai.client.operation.time_to_first_chunk", "gen_ai.client.token.usage"],
            OtlpMessages.MetricNames(metrics.Body).Order());
        Assert.All([traces, metrics], request =>
        {
            Assert.Equal(("application/x-protobuf", "planted-secret"), (request.Header("content-type"), request.Header("x-token")));
            var resource = OtlpMessages.Resource(request.Body);
            Assert.Equal(("omega", "test"), (resource["service.name"], resource["deployment.environment.name"]));
            Assert.DoesNotContain("planted prompt", request.BodyText, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Ask_ServiceName_GoesBeforeOurs()
    {
        _collector.Respond(_ => Reply.Empty());
        _omega.Environment["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = _collector.BaseUrl + "/spans";
        _omega.Environment["OTEL_SERVICE_NAME"] = "desk";

        Assert.Equal(0, (await AskAsync("Hi")).Code);

        var traces = Assert.Single(_collector.Requests);
        Assert.Equal(("/spans", "desk"), (traces.Path, OtlpMessages.Resource(traces.Body)["service.name"]));
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("true", 0)]
    [InlineData("false", 2)]
    public async Task Ask_NotAskedForOrDisabled_TellsNobody(string? disabled, int requests)
    {
        _collector.Respond(_ => Reply.Empty());
        if (disabled is not null)
        {
            Export(_collector.BaseUrl);
            _omega.Environment["OTEL_SDK_DISABLED"] = disabled;
        }

        Assert.Equal(0, (await AskAsync("Hi")).Code);

        Assert.Equal(requests, _collector.Requests.Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("1")]
    public async Task Ask_CollectorThatIsNotThere_IsNoTroubleAndIsSaidWhenAskedFor(string? debug)
    {
        using var closed = new RefusingPort();
        Export(closed.BaseUrl);
        _omega.Environment["OMEGA_DEBUG"] = debug;

        var result = await AskAsync("Hi");

        Assert.Equal((0, "Fine"), (result.Code, result.Output));
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.Equal(debug is null ? 0 : 1, result.Error.Split("Telemetry did not all arrive").Length - 1);
    }

    [Fact]
    public async Task Ask_CollectorThatNeverAnswers_HoldsTheProgramForAMomentOnly()
    {
        _collector.Respond(_ => Reply.Silence());
        Export(_collector.BaseUrl);
        _omega.Environment["OMEGA_DEBUG"] = "1";
        await using var run = _omega.Start(Arguments("Hi"));
        run.CloseInput();
        await _collector.WaitForRequestAsync();
        var began = Stopwatch.GetTimestamp();

        Assert.Equal(0, await run.WaitForExitAsync());

        // 2 s by themselves; a request alone would wait for 10.
        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(8), $"It took {Stopwatch.GetElapsedTime(began)}.");
        Assert.Equal("Fine", run.Output.Text);
        Assert.Contains("Telemetry did not all arrive", run.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_EndpointThatIsNone_IsSaidAndTheAnswerComes()
    {
        Export("localhost:4318");

        var result = await AskAsync("Hi");

        Assert.Equal((0, "Fine"), (result.Code, result.Output));
        Assert.Contains("note: OTEL_EXPORTER_OTLP_ENDPOINT is \"localhost:4318\", no http or https URL", result.Error, StringComparison.Ordinal);
    }

    private void Export(string endpoint) => _omega.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint;

    private Task<CliResult> AskAsync(string prompt) => _omega.RunAsync("", Arguments(prompt));

    private string[] Arguments(string prompt) => ["ask", "-m", "compatible/omega-test-1", "--base-url", _server.BaseUrl, prompt];
}
