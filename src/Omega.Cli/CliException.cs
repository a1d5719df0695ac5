namespace Omega.Cli;

/// <summary>Ends the program with a sentence for the person and an exit code.</summary>
internal sealed class CliException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    /// <summary>The command line or the configuration is wrong.</summary>
    public static CliException Usage(string message) => new(Omega.Cli.ExitCode.Usage, message);

    public static CliException Failed(string message) => new(Omega.Cli.ExitCode.Failed, message);
}
