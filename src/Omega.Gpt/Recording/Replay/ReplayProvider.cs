using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Omega.Gpt.Providers;
using Omega.Gpt.Recording.Format;
using Omega.Gpt.Recording.Replay;

namespace Omega.Gpt;

/// <summary>
/// Answers from a recording, and never asks a model. A session's recording (see <see cref="SessionRecorder"/>) answers the requests that
/// were made while it was recorded, and no other: one that it has not seen fails, and the message says how it differs. A file of plain
/// server-sent events of any of the three wires answers whatever is asked. Thread-safe.
/// </summary>
public sealed class ReplayProvider : IModelProvider
{
    private const int MostFiles = 16;

    private readonly double _speed;
    private readonly TimeProvider _time;
    private readonly RecordedAnswers? _answers;
    private readonly ConcurrentDictionary<string, RecordedAnswers> _files = new(StringComparer.Ordinal);

    /// <summary>Creates a provider for <c>replay/FILE</c>: a request's model is the file's path.</summary>
    /// <param name="speed">For server-sent events with times: 1 for the original speed, 2 for twice that; infinity (the default) for no waiting at all.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <exception cref="ArgumentOutOfRangeException">The speed is not above 0.</exception>
    public ReplayProvider(double speed = double.PositiveInfinity, TimeProvider? time = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(speed);
        (_speed, _time, Name) = (speed, time ?? TimeProvider.System, "replay");
    }

    /// <summary>Creates a provider that stands in for the one that was recorded: the request's model must be the recorded one.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="name">The name of the provider that it stands in for, such as <c>openai</c>.</param>
    public ReplayProvider(SessionRecording recording, string name = "replay")
        : this()
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        (_answers, Name) = (new RecordedAnswers(recording), name);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IAsyncEnumerable<ModelDelta> StreamAsync(ModelRequest request, CancellationToken cancellationToken = default)
    {
        if (_answers is not null)
            return ReplayAsync(() => _answers.Find(request, request.Model), request, cancellationToken);
        if (_files.TryGetValue(request.Model, out var known))
            return ReplayAsync(() => known.Find(request, null), request, cancellationToken);
        var bytes = SessionRecording.Read(request.Model);
        if (!SessionRecording.IsOne(bytes))
            return StreamFileProvider.StreamAsync(Name, bytes, request, _speed, _time, cancellationToken);
        var answers = new RecordedAnswers(new Recording.RecordingReader(request.Model).Parse(bytes));
        if (_files.Count >= MostFiles)
            _files.Clear();
        answers = _files.GetOrAdd(request.Model, answers);
        return ReplayAsync(() => answers.Find(request, null), request, cancellationToken);
    }

    private static async IAsyncEnumerable<ModelDelta> ReplayAsync(Func<RecordedStep> find, ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var step = find();
        foreach (var moment in step.Moments)
        {
            if (moment.Delta is { } delta)
                yield return delta is NoticeDelta notice ? new NoticeDelta(notice.Event with { }) : delta;
        }

        if (EndOf(step, request) is { } failure)
            throw failure;
        await Task.CompletedTask.ConfigureAwait(false);
    }

    /// <summary>How the stream ends: null where it was whole.</summary>
    internal static GptException? EndOf(RecordedStep step, ModelRequest request) => step switch
    {
        { Failure: { } failure } => FailureJson.Read(failure),
        { End: "whole" } => null,
        _ => new GptException(GptErrorKind.StreamInterrupted, "The recorded stream ends here: its turn was stopped, or the recording was.")
        {
            Phase = GptPhase.Step,
            Provider = step.Provider,
            Model = request.Model,
        },
    };
}
