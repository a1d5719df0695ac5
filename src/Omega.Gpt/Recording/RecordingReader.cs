using System.Text.Json;
using Omega.Gpt.Recording.Format;

namespace Omega.Gpt.Recording;

/// <summary>Reads a recording's lines. What a later version adds is passed over; what it changes has another version number.</summary>
internal sealed class RecordingReader(string file)
{
    private readonly List<RecordedTurn> _turns = [];
    private readonly Dictionary<string, RecordedTurn> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Turn, int Step), RecordedStep> _steps = [];

    /// <exception cref="RecordingException">The bytes are no recording.</exception>
    public SessionRecording Parse(ReadOnlySpan<byte> bytes)
    {
        if (!SessionRecording.IsOne(bytes))
            throw Wrong(1, "it does not begin with a line of type \"recording\". Was it made by --record?", null);
        string? notice = null;
        for (long line = 1; bytes.Length > 0; line++)
        {
            var end = bytes.IndexOf((byte)'\n');
            if (end < 0)
            {
                // Lines are written whole, so what lacks its end was cut off in the middle of its writing.
                notice = FormattableString.Invariant($"{file}: the last line ({line}) was cut off, as by a crash; what stands before it is whole.");
                break;
            }

            Take(bytes[..end], line);
            bytes = bytes[(end + 1)..];
        }

        return SessionRecording.Of(file, _turns, notice);
    }

    private void Take(ReadOnlySpan<byte> line, long number)
    {
        try
        {
            var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = GptJson.MaxDepth });
            Take(JsonElement.ParseValue(ref reader), number);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or ArgumentException or InvalidCastException)
        {
            throw Wrong(number, exception.Message, exception);
        }
    }

    private void Take(JsonElement line, long number)
    {
        switch (line.RequiredText("type"))
        {
            case "recording":
                var version = line.Required("version").GetInt32();
                if (version != SessionRecording.Version)
                    throw Wrong(number, FormattableString.Invariant($"it has version {version}, and this program reads version {SessionRecording.Version}. Replay it with the program that made it ({line.Text("by")})."), null);
                break;
            case "turn":
                var turn = TurnOf(line.RequiredText("turn"));
                turn.Prompt = string.Join(' ', TurnJson.ReadMessages(line.Required("input")).Select(message => message.Text));
                (turn.Asked, turn.Conversation, turn.At) = (line, line.RequiredText("conversation"), line.Required("at").GetDateTimeOffset());
                break;
            case "event":
                var gptEvent = GptJson.ParseEvent(line.Required("event").GetRawText());
                TurnOf(gptEvent.Turn).EventList.Add(gptEvent);
                break;
            case "request":
                var step = new RecordedStep(line.Text("turn") ?? "", StepOf(line), line.RequiredText("key"), line.RequiredText("provider"), line.RequiredText("model"), line.Required("request"));
                _steps[(step.Turn, step.Step)] = step;
                TurnOf(step.Turn).Steps.Add(step);
                break;
            case "delta":
                Step(line)?.Moments.Add(new RecordedMoment(DeltaJson.Read(line.Required("delta"))));
                break;
            case "served":
                Step(line)?.Moments.Add(new RecordedMoment(null, line.RequiredText("provider"), line.RequiredText("model")));
                break;
            case "request.ended":
                if (Step(line) is { } ended)
                    (ended.End, ended.Failure) = (line.RequiredText("end"), line.TryGetProperty("failure", out var failure) ? failure : null);
                break;
            case "call":
                TurnOf(line.RequiredText("turn")).Calls[line.RequiredText("call")] = new RecordedCall(
                    line.Required("result"),
                    line.Text("error") is { } error ? Enum.Parse<GptErrorKind>(error) : null,
                    line.Text("message"),
                    line.IsTrue("was_run"),
                    line.Number("duration_ms") ?? 0);
                break;
        }
    }

    private RecordedStep? Step(JsonElement line) => _steps.GetValueOrDefault((line.Text("turn") ?? "", StepOf(line)));

    private static int StepOf(JsonElement line) => line.Required("step").GetInt32();

    private RecordedTurn TurnOf(string id)
    {
        if (!_byId.TryGetValue(id, out var turn))
        {
            _byId.Add(id, turn = new RecordedTurn(id));
            _turns.Add(turn);
        }

        return turn;
    }

    private RecordingException Wrong(long line, string problem, Exception? cause) =>
        new(FormattableString.Invariant($"{file}, line {line}: {problem}"), cause) { File = file, Line = line };
}
