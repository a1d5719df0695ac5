using System.Diagnostics.CodeAnalysis;
using Omega.Cli.Commands;
using Omega.Cli.Screen;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Omega.Cli.Telemetry;

/// <summary>
/// Sends spans and metrics of the engine to a collector while the program runs. Made only where an endpoint is named: nothing of the SDK is
/// loaded before. What is left at the end is sent within <see cref="Patience"/>, or lost: telemetry never holds the program.
/// </summary>
internal sealed class OtlpExport
{
    /// <summary>The source and the meter of the engine.</summary>
    private const string Instruments = "Omega.Gpt";

    /// <summary>How long the end of the program waits for a collector.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly TracerProvider? _traces;
    private readonly MeterProvider? _metrics;
    private readonly ExportWatch _watch;

    private OtlpExport(OtlpSettings settings, ExportWatch watch)
    {
        _watch = watch;
        if (settings.Traces is { } traces)
        {
            _traces = Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(Resource())
                .AddSource(Instruments)
                .AddOtlpExporter(options => Set(options, traces, watch))
                .Build();
        }

        if (settings.Metrics is { } metrics)
        {
            _metrics = Sdk.CreateMeterProviderBuilder()
                .SetResourceBuilder(Resource())
                .AddMeter(Instruments)
                .AddOtlpExporter(options => Set(options, metrics, watch))
                .Build();
        }
    }

    /// <summary>Why something did not arrive; null where everything did, as far as is known.</summary>
    public string? Failure => _watch.Failure;

    /// <summary>Begins to listen, where the environment names a collector; what is odd there is said.</summary>
    /// <returns>Null where there is nothing to do.</returns>
    public static OtlpExport? Start(Func<string, string?> environment, Terminal terminal)
    {
        var settings = OtlpSettings.Read(environment);
        foreach (var note in settings.Notes)
            terminal.Marked("note", note, Tone.Warning);
        return settings is { Traces: null, Metrics: null } ? null : new OtlpExport(settings, new ExportWatch());
    }

    /// <summary>Sends what is left; returns when it is sent, or <see cref="Patience"/> is over.</summary>
    public async Task EndAsync(TimeProvider time)
    {
        try
        {
            await Task.WhenAll(
                EndAsync(_traces, static (traces, milliseconds) => traces.Shutdown(milliseconds)),
                EndAsync(_metrics, static (metrics, milliseconds) => metrics.Shutdown(milliseconds))).WaitAsync(Patience, time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _watch.Fail($"no answer within {Patience.TotalSeconds:0} s");
        }
    }

    // The SDK blocks while it sends: a thread of its own, which does not keep the program.
    private Task EndAsync<T>(T? provider, Func<T, int, bool> shutdown)
        where T : class, IDisposable => provider is null ? Task.CompletedTask : Task.Factory.StartNew(
            () =>
            {
                if (!shutdown(provider, (int)Patience.TotalMilliseconds))
                    _watch.Fail("not all of it was taken");
                provider.Dispose();
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The exporter owns the client, and the client the handler.")]
    private static void Set(OtlpExporterOptions options, OtlpTarget target, ExportWatch watch)
    {
        options.Protocol = target.IsGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = target.Endpoint;
        options.Headers = target.Headers;
        options.TimeoutMilliseconds = (int)target.Timeout.TotalMilliseconds;
        options.HttpClientFactory = () => new HttpClient(new ExportWatchHandler(watch)) { Timeout = target.Timeout };
    }

    // What the environment says of the service goes before what is built in.
    private static ResourceBuilder Resource() => ResourceBuilder.CreateEmpty()
        .AddService("omega", serviceVersion: VersionCommand.Number)
        .AddTelemetrySdk()
        .AddEnvironmentVariableDetector();
}
