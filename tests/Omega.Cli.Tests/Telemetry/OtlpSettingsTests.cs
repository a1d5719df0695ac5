using Omega.Cli.Telemetry;

namespace Omega.Cli.Tests.Telemetry;

public sealed class OtlpSettingsTests
{
    [Theory]
    [InlineData("", null, null)]
    [InlineData("OTEL_SERVICE_NAME=desk", null, null)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT= ", null, null)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4318", "http://c:4318/v1/traces (http/protobuf)", "http://c:4318/v1/metrics (http/protobuf)")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=https://u:secret@c/otlp/?key=secret", "https://c/otlp/v1/traces (http/protobuf)", "https://c/otlp/v1/metrics (http/protobuf)")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317 OTEL_EXPORTER_OTLP_PROTOCOL=grpc", "http://c:4317/ (grpc)", "http://c:4317/ (grpc)")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://t:1/in", "http://t:1/in (http/protobuf)", null)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:1 OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=http://m:2 OTEL_EXPORTER_OTLP_METRICS_PROTOCOL=grpc", "http://c:1/v1/traces (http/protobuf)", "http://m:2/ (grpc)")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:1 OTEL_METRICS_EXPORTER=none", "http://c:1/v1/traces (http/protobuf)", null)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:1 OTEL_SDK_DISABLED=True", null, null)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:1 OTEL_SDK_DISABLED=1", "http://c:1/v1/traces (http/protobuf)", "http://c:1/v1/metrics (http/protobuf)")]
    public void Read_StandardVariables_SayWhereTo(string variables, string? traces, string? metrics)
    {
        var settings = Read(variables);

        Assert.Equal((traces, metrics), (settings.Traces?.Shown, settings.Metrics?.Shown));
        Assert.Empty(settings.Notes);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=localhost:4318", false, "\"localhost:4318\", no http or https URL")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://", false, "no http or https URL")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http//u:secret@c", false, "OTEL_EXPORTER_OTLP_ENDPOINT is no http or https URL")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:1 OTEL_EXPORTER_OTLP_HEADERS=secret", false, "OTEL_EXPORTER_OTLP_HEADERS is not of the form")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:1 OTEL_EXPORTER_OTLP_PROTOCOL=http/json", true, "OTEL_EXPORTER_OTLP_PROTOCOL is \"http/json\"")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:1 OTEL_EXPORTER_OTLP_TIMEOUT=5s", true, "OTEL_EXPORTER_OTLP_TIMEOUT is \"5s\"")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317", true, "OTEL_EXPORTER_OTLP_PROTOCOL=grpc")]
    public void Read_OddValue_IsSaidOnceAndNeverWithASecret(string variables, bool isExported, string says)
    {
        var settings = Read(variables);

        Assert.Equal((isExported, isExported), (settings.Traces is not null, settings.Metrics is not null));
        var note = Assert.Single(settings.Notes);
        Assert.Contains(says, note, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", note, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OwnVariablesOfASignal_GoBeforeThoseForAll()
    {
        var settings = Read("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:1 OTEL_EXPORTER_OTLP_HEADERS=a=b OTEL_EXPORTER_OTLP_TRACES_HEADERS=c=d OTEL_EXPORTER_OTLP_TIMEOUT=500 OTEL_EXPORTER_OTLP_TRACES_TIMEOUT=250");

        Assert.Equal(("c=d", TimeSpan.FromMilliseconds(250)), (settings.Traces!.Headers, settings.Traces.Timeout));
        Assert.Equal(("a=b", TimeSpan.FromMilliseconds(500)), (settings.Metrics!.Headers, settings.Metrics.Timeout));
    }

    private static OtlpSettings Read(string variables)
    {
        var values = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return OtlpSettings.Read(values.GetValueOrDefault);
    }
}
