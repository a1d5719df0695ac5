using System.CommandLine;
using Omega.Cli.Configuration;
using Omega.Cli.Screen;
using Omega.Gpt;

namespace Omega.Cli.Commands.Recording;

/// <summary><c>--record</c> and the settings of the flight recorder.</summary>
internal sealed class RecordingArguments
{
    private const int DefaultMegabytes = 256;

    private readonly Option<string?> _record = OptionParsing.Text("--record", "Write down everything, for omega replay; a new file", "FILE");

    public void AddTo(Command command) => command.Options.Add(_record);

    /// <summary>The command line over the settings.</summary>
    /// <exception cref="CliException">A setting is wrong.</exception>
    public RecordingChoices Read(ParseResult parsed, Settings settings) => new(
        parsed.GetValue(_record),
        settings.Get(SettingNames.FlightRecorder.Variable),
        settings.Find(SettingNames.FlightRecorderMegabytes.Variable) is { } size
            ? (int)NumberRange.Megabytes.Parse(size.Value, $"{size.Origin} is", message => throw CliException.Usage(message))!
            : DefaultMegabytes);
}

/// <summary>What is written down.</summary>
/// <param name="File">A file for this run; null for none.</param>
/// <param name="Folder">The flight recorder's folder; null for none. A file takes its place.</param>
/// <param name="Megabytes">What the folder may hold.</param>
internal sealed record RecordingChoices(string? File, string? Folder, int Megabytes)
{
    /// <summary>Begins to record; null where nothing is.</summary>
    /// <exception cref="GptException">The file exists, or cannot be written.</exception>
    public RunRecorder? Open(CliHost host) =>
        File is not null ? new RunRecorder(SessionRecorder.Create(File, host.Time), host.Terminal)
        : Folder is not null ? new RunRecorder(SessionRecorder.Flight(Folder, Megabytes * 1024L * 1024, host.Time), host.Terminal)
        : null;
}

/// <summary>The recorder of a run; says at its end where the recording broke off.</summary>
internal sealed class RunRecorder(SessionRecorder recorder, Terminal terminal) : IDisposable
{
    public SessionRecorder Recorder => recorder;

    public void Dispose()
    {
        recorder.Dispose();
        if (recorder.Problem is { } problem)
            terminal.Marked("warning", problem, Tone.Warning);
    }
}
