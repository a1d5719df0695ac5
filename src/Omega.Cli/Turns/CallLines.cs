using System.Globalization;
using System.Text;
using System.Text.Json;
using Omega.Cli.Screen;
using Omega.Gpt;

namespace Omega.Cli.Turns;

/// <summary>
/// Function calls as a person sees them. On a terminal a call grows in place while it is written, and its progress is shown where it
/// happens; what stays, there and in pipes, is a line for the call and a line for how it ended.
/// </summary>
/// <param name="terminal">Where to.</param>
/// <param name="quiet">Leaves out all but what went wrong.</param>
internal sealed class CallLines(Terminal terminal, bool quiet)
{
    // Of arguments, results and progress: enough to recognise them.
    private const int KeptLines = 4;

    private readonly Dictionary<string, Call> _calls = new(StringComparer.Ordinal);
    private readonly List<Call> _running = [];

    /// <summary>The functions that run, for people; null where none does. On any thread.</summary>
    public string? Running { get; private set; }

    private int MaxColumns => (KeptLines * terminal.Width) - 1;

    /// <summary>Whether an event is to be shown here.</summary>
    public bool Concerns(GptEvent gptEvent) => gptEvent switch
    {
        FunctionCallFailedEvent or FunctionCallRejectedEvent => true,
        FunctionCallStartedEvent or FunctionCallArgumentsDeltaEvent or FunctionCallArgumentsCompletedEvent or FunctionCallReadyEvent
            or FunctionCallExecutingEvent or FunctionCallProgressEvent or FunctionCallCompletedEvent => !quiet,
        _ => false,
    };

    public void Show(GptEvent gptEvent)
    {
        switch (gptEvent)
        {
            case FunctionCallStartedEvent started:
                terminal.Live($"→ {Of(started.Call, started.Name).Name}", Tone.Accent);
                break;
            case FunctionCallArgumentsDeltaEvent delta:
                Write(Of(delta.Call), delta.Delta);
                break;
            case FunctionCallArgumentsCompletedEvent completed:
                Tell(Of(completed.Call), completed.Arguments);
                break;
            case FunctionCallReadyEvent ready:
                Tell(Of(ready.Call, ready.Name), ready.Arguments);
                break;
            case FunctionCallExecutingEvent executing:
                Run(Of(executing.Call), executing.Arguments);
                break;
            case FunctionCallProgressEvent progress:
                terminal.Live($"… {Of(progress.Call).Name}: {ProgressText.Of(progress.Data)}", Tone.Dim);
                break;
            case FunctionCallCompletedEvent completed:
                var head = $"← {completed.Name} ";
                var tail = $" {TurnFooter.Seconds(completed.DurationMs)}";
                End(completed.Call, head + PlainText.Line(ResultText.Of(completed.Result), terminal.Width - 1 - PlainText.Columns(head) - tail.Length) + tail, Tone.Dim);
                break;
            case FunctionCallFailedEvent failed:
                End(failed.Call, Wrong(failed.Name, failed.Message), Tone.Warning);
                break;
            case FunctionCallRejectedEvent rejected:
                End(rejected.Call, Wrong(rejected.Name, rejected.Message), Tone.Warning);
                break;
        }
    }

    private Call Of(string id, string? name = null)
    {
        if (!_calls.TryGetValue(id, out var call))
            _calls.Add(id, call = new Call(name ?? id));
        return call;
    }

    private void Write(Call call, string delta)
    {
        if (!terminal.CanRedraw)
            return;
        var room = terminal.Width - PlainText.Columns(call.Name) - 4;
        call.Written.Append(delta);
        // The end is what moves; twice the room is enough to cut it from, whatever the characters' widths.
        if (call.Written.Length > 4 * terminal.Width)
            call.Written.Remove(0, call.Written.Length - (2 * terminal.Width)).Insert(0, '…');
        terminal.Live($"→ {call.Name} {PlainText.End(call.Written.ToString(), room)}", Tone.Accent);
    }

    private void Tell(Call call, string arguments)
    {
        if (call.IsTold)
            return;
        call.IsTold = true;
        call.Written.Clear();
        terminal.Line($"→ {call.Name} {PlainText.Line(arguments, MaxColumns)}", Tone.Accent);
    }

    private void Run(Call call, string? edited)
    {
        if (edited is not null)
            terminal.Line($"→ {call.Name} {PlainText.Line(edited, MaxColumns)} (as you changed it)", Tone.Accent);
        _running.Add(call);
        ShowRunning();
    }

    private void End(string id, string line, Tone tone)
    {
        terminal.Line(PlainText.Line(line, MaxColumns), tone);
        if (_calls.Remove(id, out var call))
            _running.Remove(call);
        ShowRunning();
    }

    // Most messages begin with the name.
    private static string Wrong(string name, string message) => message.Contains(name, StringComparison.Ordinal) ? $"✗ {message}" : $"✗ {name}: {message}";

    private void ShowRunning()
    {
        Running = _running.Count == 0 ? null : string.Join(", ", _running.Select(call => call.Name));
        if (Running is not null)
            terminal.Live($"… {Running}", Tone.Dim);
    }

    /// <summary>A call that has not ended.</summary>
    private sealed class Call(string name)
    {
        public string Name => name;

        /// <summary>The arguments so far, or their end.</summary>
        public StringBuilder Written { get; } = new();

        public bool IsTold { get; set; }
    }

    /// <summary>A part of a result, in a few words.</summary>
    private static class ProgressText
    {
        public static string Of(JsonElement data)
        {
            if (data.ValueKind == JsonValueKind.String)
                return data.GetString()!;
            if (data.ValueKind != JsonValueKind.Object || Text(data, "message") is not { } message)
                return data.GetRawText();
            return (Number(data, "progress"), Number(data, "total")) switch
            {
                ({ } done, { } total) => string.Create(CultureInfo.InvariantCulture, $"{message} ({done:0.##} of {total:0.##})"),
                ({ } done, null) => string.Create(CultureInfo.InvariantCulture, $"{message} ({done:0.##})"),
                _ => message,
            };
        }

        private static string? Text(JsonElement data, string name) => data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

        private static double? Number(JsonElement data, string name) => data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
    }
}
