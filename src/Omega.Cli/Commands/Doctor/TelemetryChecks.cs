using Omega.Cli.Telemetry;

namespace Omega.Cli.Commands.Doctor;

/// <summary>Whether telemetry is exported, and where to; never with what headers.</summary>
internal static class TelemetryChecks
{
    private const string Group = "Telemetry";

    public static IEnumerable<Check> Of(Func<string, string?> environment)
    {
        var settings = OtlpSettings.Read(environment);
        if (!settings.IsNamed || settings.IsDisabled)
        {
            yield return new Check(Group, "export", CheckState.Off, settings.IsNamed ? "turned off by OTEL_SDK_DISABLED" : "off; OTEL_EXPORTER_OTLP_ENDPOINT names a collector");
            yield break;
        }

        yield return Of("spans", settings.Traces);
        yield return Of("metrics", settings.Metrics);
        foreach (var note in settings.Notes)
            yield return new Check(Group, "note", CheckState.Odd, note);
    }

    private static Check Of(string name, OtlpTarget? target) =>
        target is null ? new Check(Group, name, CheckState.Off, "not exported") : new Check(Group, name, CheckState.Good, $"to {target.Shown}");
}
