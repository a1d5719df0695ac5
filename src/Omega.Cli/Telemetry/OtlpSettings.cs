using System.Globalization;

namespace Omega.Cli.Telemetry;

/// <summary>How one kind of telemetry is exported.</summary>
/// <param name="Endpoint">Where to, whole.</param>
/// <param name="IsGrpc">gRPC; else protobuf over HTTP.</param>
/// <param name="Headers">As they stand in the variable; they may hold a secret and are never shown.</param>
/// <param name="Timeout">How long one request may take.</param>
internal sealed record OtlpTarget(Uri Endpoint, bool IsGrpc, string? Headers, TimeSpan Timeout)
{
    /// <summary>For people: without what in a URL may be a secret.</summary>
    public string Shown => $"{Endpoint.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)} ({(IsGrpc ? "grpc" : "http/protobuf")})";
}

/// <summary>
/// The standard environment variables of an OTLP exporter, as the OpenTelemetry specification describes them. Nothing is exported unless an
/// endpoint is named. A value that cannot be used is left out and said in <see cref="Notes"/>. Pure.
/// </summary>
internal sealed class OtlpSettings
{
    /// <summary>The usual port of a collector that speaks gRPC.</summary>
    private const int GrpcPort = 4317;

    private const int MostMilliseconds = 3_600_000;

    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(10);

    private readonly Func<string, string?> _environment;
    private readonly List<string> _notes = [];

    private OtlpSettings(Func<string, string?> environment)
    {
        _environment = environment;
        IsDisabled = string.Equals(environment("OTEL_SDK_DISABLED")?.Trim(), "true", StringComparison.OrdinalIgnoreCase);
        IsNamed = Value("OTEL_EXPORTER_OTLP_ENDPOINT") is not null || Value("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") is not null || Value("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT") is not null;
        if (IsDisabled || !IsNamed)
            return;
        Traces = Target("TRACES", "v1/traces");
        Metrics = Target("METRICS", "v1/metrics");
    }

    /// <summary>Whether an endpoint is named.</summary>
    public bool IsNamed { get; }

    /// <summary>Whether <c>OTEL_SDK_DISABLED</c> turns all of it off.</summary>
    public bool IsDisabled { get; }

    /// <summary>Where spans go; null for nowhere.</summary>
    public OtlpTarget? Traces { get; }

    /// <summary>Where metrics go; null for nowhere.</summary>
    public OtlpTarget? Metrics { get; }

    /// <summary>What is odd about the variables, for people.</summary>
    public IReadOnlyList<string> Notes => _notes;

    public static OtlpSettings Read(Func<string, string?> environment) => new(environment);

    private OtlpTarget? Target(string signal, string path)
    {
        if (!IsExported(signal))
            return null;
        var isGrpc = IsGrpc(signal);
        if (Endpoint(signal, isGrpc ? "" : path) is not { } endpoint)
            return null;
        if (!isGrpc && endpoint.Port == GrpcPort)
            Note($"{endpoint.Authority} is where collectors usually speak gRPC; set OTEL_EXPORTER_OTLP_PROTOCOL=grpc, or name the port of http/protobuf, usually 4318");
        var (variable, headers) = Named(signal, "HEADERS");
        if (headers is not null && !AreHeaders(headers))
        {
            Note($"{variable} is not of the form name=value,name=value; nothing is exported with it");
            return null;
        }

        return new OtlpTarget(endpoint, isGrpc, headers, Patience(signal));
    }

    /// <summary>Whether <c>OTEL_TRACES_EXPORTER</c> and its like leave OTLP in: a list of names, all but <c>otlp</c> unknown here.</summary>
    private bool IsExported(string signal) =>
        Value($"OTEL_{signal}_EXPORTER") is not { } exporters || exporters.Split(',', StringSplitOptions.TrimEntries).Contains("otlp", StringComparer.OrdinalIgnoreCase);

    private bool IsGrpc(string signal)
    {
        var (variable, value) = Named(signal, "PROTOCOL");
        switch (value)
        {
            case null or "http/protobuf":
                return false;
            case "grpc":
                return true;
            default:
                Note($"{variable} is \"{value}\"; known are http/protobuf, which is used, and grpc");
                return false;
        }
    }

    private Uri? Endpoint(string signal, string path)
    {
        // The general endpoint is where the paths of all signals begin; a signal's own is taken as it stands.
        var (variable, value) = Named(signal, "ENDPOINT");
        if (value is null)
            return null;
        if (!Uri.TryCreate(value, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
        {
            // What is no URL may still have a password in it.
            Note($"{variable} is {(value.Contains('@', StringComparison.Ordinal) ? "" : $"\"{value}\", ")}no http or https URL; nothing is exported there. Give one such as http://localhost:4318");
            return null;
        }

        if (variable != "OTEL_EXPORTER_OTLP_ENDPOINT" || path.Length == 0)
            return url;
        return new UriBuilder(url) { Path = $"{url.AbsolutePath.TrimEnd('/')}/{path}" }.Uri;
    }

    private static bool AreHeaders(string headers) => Uri.UnescapeDataString(headers).Split(',').All(header => header.Trim().IndexOf('=', StringComparison.Ordinal) > 0);

    private TimeSpan Patience(string signal)
    {
        var (variable, value) = Named(signal, "TIMEOUT");
        if (value is null)
            return DefaultTimeout;
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds is > 0 and <= MostMilliseconds)
            return TimeSpan.FromMilliseconds(milliseconds);
        Note($"{variable} is \"{value}\"; it must be a number of milliseconds from 1 to {MostMilliseconds}. {DefaultTimeout.TotalMilliseconds:0} are used");
        return DefaultTimeout;
    }

    /// <summary>A signal's own variable, or the one for all.</summary>
    private (string Variable, string? Value) Named(string signal, string name)
    {
        var own = $"OTEL_EXPORTER_OTLP_{signal}_{name}";
        if (Value(own) is { } value)
            return (own, value);
        var general = $"OTEL_EXPORTER_OTLP_{name}";
        return (general, Value(general));
    }

    private string? Value(string variable) => _environment(variable)?.Trim() is { Length: > 0 } value ? value : null;

    // Both signals may read the same variable.
    private void Note(string note)
    {
        if (!_notes.Contains(note + "."))
            _notes.Add(note + ".");
    }
}
