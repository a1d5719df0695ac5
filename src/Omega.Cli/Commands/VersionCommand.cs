using System.CommandLine;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Omega.Cli.Commands;

/// <summary><c>omega version</c>: one line; needs no settings and no engine.</summary>
internal sealed class VersionCommand : Command, IExamples
{
    public VersionCommand(CliHost host)
        : base("version", "Say which version this is.") =>
        SetAction(_ => Run(host));

    public IReadOnlyList<string> Examples => ["omega version"];

    public static string Number =>
        typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static string Runtime =>
        $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}{(RuntimeFeature.IsDynamicCodeSupported ? "" : ", native")}";

    public static int Run(CliHost host)
    {
        host.Terminal.OutputLine(Line);
        return ExitCode.Answered;
    }

    public static string Line => $"omega {Number} ({Runtime})";
}
