using System.Buffers;
using System.CommandLine;
using System.Text.Json;
using Omega.Cli.Screen;
using Omega.Trading;
using Omega.Trading.Strategies;

namespace Omega.Cli.Commands.Strategies;

/// <summary><c>omega strategies validate</c>: whether files are strategies, and if not, where and why.</summary>
internal sealed class ValidateStrategiesCommand : Command
{
    private readonly CliHost _host;

    public ValidateStrategiesCommand(CliHost host)
        : base("validate", "Check strategies in JSON files; exits 1 if any is wrong.")
    {
        _host = host;
        var files = new Argument<string[]>("files") { Description = "JSON files", Arity = ArgumentArity.OneOrMore };
        var json = OptionParsing.Switch("--json", "As a JSON array");
        Arguments.Add(files);
        Options.Add(json);
        SetAction(parsed => Run(parsed.GetValue(files)!, parsed.GetValue(json)));
    }

    private int Run(string[] files, bool json)
    {
        var verdicts = files.Select(Check).ToList();
        if (json)
            WriteJson(verdicts);
        else
            WriteLines(verdicts);
        return verdicts.All(verdict => verdict.Error is null) ? ExitCode.Answered : ExitCode.Failed;
    }

    private Verdict Check(string file)
    {
        try
        {
            return new Verdict(file, StrategiesCommand.Load(_host, file), null);
        }
        catch (TradingException exception)
        {
            return new Verdict(file, null, exception);
        }
    }

    private void WriteLines(List<Verdict> verdicts)
    {
        foreach (var verdict in verdicts)
        {
            if (verdict.Error is { } error)
                _host.Terminal.Marked("error", error.Message, Tone.Error);
            else
                _host.Terminal.OutputLine($"ok  {PlainText.Line(verdict.File, int.MaxValue)}: {verdict.Strategy!.Name}");
        }
    }

    private void WriteJson(List<Verdict> verdicts)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartArray();
            foreach (var (file, strategy, error) in verdicts)
            {
                var place = error as StrategySpecException;
                json.WriteStartObject();
                json.WriteString("file", file);
                json.WriteBoolean("valid", error is null);
                json.WriteString("name", strategy?.Name);
                if (place is null)
                    json.WriteNull("line");
                else
                    json.WriteNumber("line", place.Line);
                json.WriteString("path", place?.Path);
                json.WriteString("message", place?.Reason ?? error?.Message);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        buffer.Write("\n"u8);
        _host.Terminal.Output(buffer.WrittenSpan);
    }

    private sealed record Verdict(string File, StrategySpec? Strategy, TradingException? Error);
}
