using System.Text.Json;
using Omega.Gpt.Providers;
using Omega.Gpt.Recording.Format;

namespace Omega.Gpt.Recording.Replay;

/// <summary>Finds the recorded step for a request. The same request again gets the next answer that was recorded for it, at last the last one. Thread-safe.</summary>
internal sealed class RecordedAnswers(SessionRecording recording)
{
    private readonly Lock _lock = new();
    private readonly ILookup<string, RecordedStep> _byKey = recording.Turns.SelectMany(turn => turn.Steps).ToLookup(step => step.Key, StringComparer.Ordinal);
    private readonly Dictionary<string, int> _asked = new(StringComparer.Ordinal);

    /// <param name="request">What is asked.</param>
    /// <param name="model">The model that must have been asked; null for any.</param>
    /// <exception cref="RecordingException">It was never asked; the message says how it differs from what was.</exception>
    public RecordedStep Find(ModelRequest request, string? model)
    {
        var canonical = CanonicalRequest.Write(request);
        canonical = new Redactor().Redact(canonical) ?? canonical;
        var key = CanonicalRequest.KeyOf(canonical);
        var answers = _byKey[key].Where(step => model is null || step.Model == model).ToList();
        if (answers.Count == 0)
            throw Unknown(request, canonical, model);
        // A turn that is run again under its id gets what that turn got.
        if (answers.Find(step => step.Turn == request.Turn && step.Step == request.Step) is { } own)
            return own;
        lock (_lock)
        {
            var asked = _asked.GetValueOrDefault(key);
            _asked[key] = asked + 1;
            return answers[Math.Min(asked, answers.Count - 1)];
        }
    }

    private RecordingException Unknown(ModelRequest request, byte[] canonical, string? model)
    {
        var steps = recording.Turns.SelectMany(turn => turn.Steps).ToList();
        if (steps.Count == 0)
            return new RecordingException($"The recording \"{recording.File}\" holds no request that could answer this one.") { File = recording.File };
        using var asked = JsonDocument.Parse(canonical, new JsonDocumentOptions { MaxDepth = GptJson.MaxDepth });
        var (nearest, difference) = steps
            .Select(step => (Step: step, Difference: JsonDifference.First(step.Request, asked.RootElement)))
            .OrderByDescending(pair => pair.Step.Turn == request.Turn && pair.Step.Step == request.Step)
            .ThenByDescending(pair => pair.Difference?.Order ?? int.MaxValue)
            .First();
        var how = difference is null ? $"the model was {nearest.Model}, now it is {model}" : $"at {difference.Path} it had {difference.Was}, now it has {difference.Is}";
        return new RecordingException($"The recording \"{recording.File}\" has not seen this request. The nearest is step {nearest.Step} of turn {nearest.Turn}: {how}. Record anew, or ask as it was asked.") { File = recording.File };
    }
}
