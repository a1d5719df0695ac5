using System.Buffers;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using Omega.Gpt.Functions.Calls;
using Omega.Gpt.Providers;
using Omega.Gpt.Recording;
using Omega.Gpt.Recording.Format;
using Omega.Gpt.Turns;

namespace Omega.Gpt;

/// <summary>
/// Writes down what turns did: what they were asked, each request, every byte of the wires with its time, every event, and what functions
/// returned. Set as <see cref="GptPipelineOptions.Recorder"/>; read back by <see cref="SessionRecording"/>. Keys are taken out. Thread-safe.
/// </summary>
/// <remarks>
/// A recording that can no longer be written ends there and says so in <see cref="Problem"/>; the turns go on. Lines reach the file with
/// every event that is no delta, and at the latest with the next line after a quarter of a second.
/// </remarks>
public sealed class SessionRecorder : IDisposable
{
    private const int FlushBytes = 32 * 1024;
    private const int MostConversations = 10_000;

    private static readonly TimeSpan FlushAfter = TimeSpan.FromMilliseconds(250);
    private static readonly JsonWriterOptions Terse = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly Lock _lock = new();
    private readonly RecordingFile _file;
    private readonly TimeProvider _time;
    private readonly Redactor _redactor = new();
    private readonly ArrayBufferWriter<byte> _due = new(FlushBytes * 2);
    private readonly ArrayBufferWriter<byte> _line = new(4096);
    private readonly Utf8JsonWriter _writer;
    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _begunHere = new(StringComparer.Ordinal);
    private readonly long _began;
    private long _flushed;
    private int _openTurns;
    private bool _isClosed;

    private SessionRecorder(RecordingFile file, TimeProvider time)
    {
        (_file, _time, _began) = (file, time, time.GetTimestamp());
        _flushed = _began;
        _writer = new Utf8JsonWriter(_line, Terse);
        Head();
    }

    /// <summary>Why nothing is recorded any more; null while it is.</summary>
    public string? Problem { get; private set; }

    /// <summary>Records into a new file, for its owner alone.</summary>
    /// <param name="path">The file; it must not exist.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <exception cref="GptException">The file exists, or cannot be made.</exception>
    public static SessionRecorder Create(string path, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { Length: > 0 } folder)
                AtomicFile.CreateFolder(folder);
            var recorder = new SessionRecorder(new RecordingFile.Single(path), time ?? TimeProvider.System);
            recorder.Flush();
            return recorder;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new GptException(
                GptErrorKind.BadRequest,
                File.Exists(path) ? $"\"{path}\" exists; a recording never overwrites a file. Name another." : $"The recording \"{path}\" cannot be written: {exception.Message}",
                exception)
            { Phase = GptPhase.Request };
        }
    }

    /// <summary>Records all the time into a folder of which the oldest files make room: what happened last can be looked at afterwards.</summary>
    /// <param name="folder">The folder; made when it does not exist.</param>
    /// <param name="maxBytes">What the folder may hold, in bytes.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <exception cref="GptException">The size is below 1 MiB, or the folder cannot be made.</exception>
    public static SessionRecorder Flight(string folder, long maxBytes = 256L * 1024 * 1024, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (maxBytes < 1024 * 1024)
            throw new GptException(GptErrorKind.BadRequest, FormattableString.Invariant($"A flight recorder of {maxBytes} bytes is too small; allowed: {1024 * 1024} (1 MiB) or more.")) { Phase = GptPhase.Request };
        try
        {
            AtomicFile.CreateFolder(Path.GetFullPath(folder));
            return new SessionRecorder(new RecordingFile.Rotating(folder, maxBytes, time ?? TimeProvider.System), time ?? TimeProvider.System);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new GptException(GptErrorKind.BadRequest, $"The flight recorder's folder \"{folder}\" cannot be made: {exception.Message}", exception) { Phase = GptPhase.Request };
        }
    }

    /// <summary>Records into any place for lines.</summary>
    internal static SessionRecorder Into(RecordingFile file, TimeProvider time) => new(file, time);

    /// <summary>Writes what is left and closes the file.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_isClosed)
                return;
            Flush();
            _isClosed = true;
            _file.Dispose();
            _writer.Dispose();
        }
    }

    /// <summary>A turn begins: what it was asked, and how.</summary>
    /// <param name="plan">The turn, with the conversation as it is before the input.</param>
    /// <param name="isResumed">Whether an earlier process had begun it.</param>
    internal void Begin(TurnPlan plan, bool isResumed)
    {
        lock (_lock)
        {
            foreach (var key in plan.Model.Keys?.All() ?? [])
                _redactor.Hide(key.Secret);
            if (_openTurns == 0 && _file.IsFull)
                Restart();
            _openTurns++;
            // What an earlier process or an earlier file has of a turn is missing here: the next turn brings its history along.
            if (!isResumed)
                _begunHere.Add(plan.Turn);
            var writer = Line("turn", plan.Turn);
            TurnJson.Write(writer, plan, isResumed, withHistory: !IsKnown(plan.Conversation));
            EndLine(flush: true);
        }
    }

    /// <summary>An event of a turn, numbered and about to be shown.</summary>
    internal void Event(GptEvent gptEvent)
    {
        lock (_lock)
        {
            var writer = Line("event", null);
            writer.WritePropertyName("event");
            JsonSerializer.Serialize(writer, gptEvent, GptJsonContext.Default.GptEvent);
            EndLine(gptEvent is not (TextDeltaEvent or ReasoningDeltaEvent or FunctionCallArgumentsDeltaEvent));
        }
    }

    /// <summary>A turn is over; the next of its conversation goes on from there.</summary>
    internal void End(TurnPlan plan)
    {
        lock (_lock)
        {
            _openTurns--;
            _known.Remove(plan.Conversation.Id);
            if (!_begunHere.Remove(plan.Turn))
                return;
            if (_known.Count >= MostConversations)
                _known.Clear();
            _known[plan.Conversation.Id] = plan.Conversation.Messages.Count;
        }
    }

    /// <summary>A call has ended.</summary>
    internal void Call(CallTicket ticket, CallOutcome outcome)
    {
        lock (_lock)
        {
            var writer = Line("call", ticket.Scope.Turn);
            writer.WriteString("call", ticket.Id);
            writer.WriteString("name", ticket.Name);
            writer.WriteString("arguments", ticket.Edited ?? ticket.Arguments);
            writer.WritePropertyName("result");
            outcome.Result.WriteTo(writer);
            if (outcome.Kind is { } kind)
                writer.WriteString("error", kind.ToString());
            if (outcome.Message is not null)
                writer.WriteString("message", outcome.Message);
            writer.WriteBoolean("was_run", outcome.WasRun);
            writer.WriteNumber("duration_ms", outcome.DurationMs);
            EndLine(flush: true);
        }
    }

    /// <summary>A step asks.</summary>
    internal void Request(ModelRequest request, string provider)
    {
        var canonical = CanonicalRequest.Write(request);
        lock (_lock)
        {
            // The key is that of what is written: a replay, which has no more than that, must find it.
            canonical = _redactor.Redact(canonical) ?? canonical;
            var writer = Line("request", request.Turn);
            writer.WriteNumber("step", request.Step);
            writer.WriteString("key", CanonicalRequest.KeyOf(canonical));
            writer.WriteString("provider", provider);
            writer.WriteString("model", request.Model);
            writer.WritePropertyName("request");
            writer.WriteRawValue(canonical, skipInputValidation: true);
            EndLine(flush: true);
        }
    }

    /// <summary>A step's stream says something.</summary>
    internal void Delta(ModelRequest request, ModelDelta delta)
    {
        lock (_lock)
        {
            var writer = Line("delta", request.Turn);
            writer.WriteNumber("step", request.Step);
            writer.WritePropertyName("delta");
            DeltaJson.Write(writer, delta);
            EndLine(flush: false);
        }
    }

    /// <summary>Who answers a step, from here on.</summary>
    internal void Served(ModelRequest request, string provider, string model)
    {
        lock (_lock)
        {
            var writer = Line("served", request.Turn);
            writer.WriteNumber("step", request.Step);
            writer.WriteString("provider", provider);
            writer.WriteString("model", model);
            EndLine(flush: false);
        }
    }

    /// <summary>A step's stream is over: whole, failed, or left by its reader.</summary>
    internal void RequestEnded(ModelRequest request, bool isWhole, GptException? failure)
    {
        lock (_lock)
        {
            var writer = Line("request.ended", request.Turn);
            writer.WriteNumber("step", request.Step);
            writer.WriteString("end", isWhole ? "whole" : failure is not null ? "failed" : "left");
            if (failure is not null)
            {
                writer.WritePropertyName("failure");
                FailureJson.Write(writer, failure);
            }

            EndLine(flush: true);
        }
    }

    /// <summary>What a call of a wire sends.</summary>
    internal void Sending(ModelRequest request, Uri endpoint, ReadOnlySpan<byte> body)
    {
        lock (_lock)
        {
            var writer = Attempt("sending", request);
            if (request.Attempt!.KeyId is { } key)
                writer.WriteString("key", key);
            // Without user name, password and query, where keys may stand.
            writer.WriteString("url", endpoint.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped));
            Bytes(writer, "body", _redactor.RedactWire(body, isCut: false) ?? body);
            EndLine(flush: true);
        }
    }

    /// <summary>What a call of a wire is answered.</summary>
    internal void Answered(ModelRequest request, int status, HttpResponseHeaders headers)
    {
        lock (_lock)
        {
            var writer = Attempt("answered", request);
            writer.WriteNumber("status", status);
            writer.WriteStartObject("headers");
            foreach (var (name, values) in headers.NonValidated)
            {
                if (KeptHeaders.IsKept(name))
                    writer.WriteString(name, string.Join(", ", values));
            }

            writer.WriteEndObject();
            EndLine(flush: true);
        }
    }

    /// <summary>A piece of a wire's answer.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="bytes">Whole events, or what came of the last one.</param>
    /// <param name="isCut">Whether more should have come.</param>
    internal void Received(ModelRequest request, ReadOnlySpan<byte> bytes, bool isCut)
    {
        lock (_lock)
        {
            var writer = Attempt("received", request);
            Bytes(writer, "bytes", _redactor.RedactWire(bytes, isCut) ?? bytes);
            EndLine(flush: false, isClean: true);
        }
    }

    /// <summary>A piece of a wire's answer that held a key, or that nobody read.</summary>
    internal void LeftOut(ModelRequest request, int count)
    {
        lock (_lock)
        {
            var writer = Attempt("received", request);
            writer.WriteNumber("left_out", count);
            EndLine(flush: false, isClean: true);
        }
    }

    /// <summary>A call of a wire is over.</summary>
    internal void AttemptEnded(ModelRequest request, bool isWhole, GptException? failure)
    {
        lock (_lock)
        {
            var writer = Attempt("attempt.ended", request);
            writer.WriteString("end", isWhole ? "whole" : failure is not null ? "failed" : "left");
            if (failure is not null)
            {
                writer.WritePropertyName("failure");
                FailureJson.Write(writer, failure);
            }

            EndLine(flush: true);
        }
    }

    /// <summary>A key that must not be written.</summary>
    internal void Hide(string secret)
    {
        lock (_lock)
            _redactor.Hide(secret);
    }

    private static void Bytes(Utf8JsonWriter writer, string name, ReadOnlySpan<byte> bytes)
    {
        if (System.Text.Unicode.Utf8.IsValid(bytes))
            writer.WriteString(name, bytes);
        else
            writer.WriteBase64String($"{name}_base64", bytes);
    }

    private bool IsKnown(Conversation conversation) => _known.TryGetValue(conversation.Id, out var count) && count == conversation.Messages.Count;

    private void Head()
    {
        var writer = Line("recording", null);
        writer.WriteNumber("version", SessionRecording.Version);
        writer.WriteString("at", _time.GetUtcNow());
        writer.WriteString("by", $"omega {typeof(SessionRecorder).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0"}");
        EndLine(flush: false);
    }

    /// <summary>Begins another file: it can be read without those before it.</summary>
    private void Restart()
    {
        Flush();
        _file.Next();
        _known.Clear();
        _begunHere.Clear();
        Head();
    }

    private Utf8JsonWriter Attempt(string type, ModelRequest request)
    {
        var writer = Line(type, request.Turn);
        writer.WriteNumber("step", request.Step);
        writer.WriteNumber("attempt", request.Attempt!.Number);
        return writer;
    }

    private Utf8JsonWriter Line(string type, string? turn)
    {
        _line.ResetWrittenCount();
        _writer.Reset(_line);
        _writer.WriteStartObject();
        _writer.WriteString("type", type);
        _writer.WriteNumber("t", Math.Round(_time.GetElapsedTime(_began).TotalMilliseconds, 3));
        if (turn is not null)
            _writer.WriteString("turn", turn);
        return _writer;
    }

    private void EndLine(bool flush, bool isClean = false)
    {
        _writer.WriteEndObject();
        _writer.Flush();
        if (_isClosed || Problem is not null)
            return;
        var line = _line.WrittenSpan;
        _due.Write(isClean ? line : _redactor.Redact(line) ?? line);
        _due.Write("\n"u8);
        if (flush || _due.WrittenCount >= FlushBytes || _time.GetElapsedTime(_flushed) >= FlushAfter)
            Flush();
    }

    private void Flush()
    {
        _flushed = _time.GetTimestamp();
        if (_due.WrittenCount == 0 || Problem is not null)
            return;
        try
        {
            _file.Write(_due.WrittenSpan);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            Problem = $"The recording ends here, it could not be written any more: {exception.Message}";
        }

        _due.ResetWrittenCount();
        if (_file.IsOverfull)
            Restart();
    }
}
