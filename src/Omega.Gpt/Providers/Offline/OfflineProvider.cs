using System.Runtime.CompilerServices;

namespace Omega.Gpt.Providers.Offline;

/// <summary>
/// Answers when nobody has a key: model <c>offline/analyst</c>. It is a set of rules, not a model. It picks functions by the prompt's words,
/// fills their arguments from what the prompt says (never inventing one: it asks), and tells results in plain sentences.
/// The same request always gives the same deltas. Thread-safe.
/// </summary>
/// <remarks>
/// Every text ends with <see cref="Mark"/>; a step that only calls functions says the same in a notice (<c>offline</c>).
/// Usage is never reported: no tokens were spent. Sampling options and output limits have no meaning here and are not looked at.
/// </remarks>
public sealed class OfflineProvider : IModelProvider
{
    /// <summary>The model's name after <c>offline/</c>.</summary>
    public const string ModelName = "analyst";

    /// <summary>The last line of every text that this provider writes.</summary>
    public const string Mark = "(offline: no model wrote this answer)";

    private readonly OfflineOptions _options;

    /// <summary>Creates the provider.</summary>
    /// <param name="options">How to stream; the defaults when null.</param>
    /// <exception cref="GptException">An option is out of range.</exception>
    public OfflineProvider(OfflineOptions? options = null)
    {
        _options = options ?? new OfflineOptions();
        _options.Validate();
    }

    /// <inheritdoc/>
    public string Name => "offline";

    /// <inheritdoc/>
    /// <exception cref="GptException">The model is not <see cref="ModelName"/>, or the answer is wanted as JSON, which rules cannot write.</exception>
    public async IAsyncEnumerable<ModelDelta> StreamAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        Check(request);
        cancellationToken.ThrowIfCancellationRequested();

        var reply = Analyst.Answer(request);
        yield return new StartedDelta(null, ModelName, null);

        foreach (var word in Pieces.Words(reply.Text))
        {
            await PauseAsync(cancellationToken).ConfigureAwait(false);
            yield return new TextDelta(word);
        }

        if (reply.Calls.Count > 0)
            yield return new NoticeDelta(new NoticeEvent("offline", "No model wrote these calls: rules matched the prompt with the functions' descriptions."));

        for (var index = 0; index < reply.Calls.Count; index++)
        {
            yield return new CallStartedDelta(index, reply.Calls[index].Name);
            foreach (var piece in Pieces.Json(reply.Calls[index].Arguments))
            {
                await PauseAsync(cancellationToken).ConfigureAwait(false);
                yield return new CallArgumentsDelta(index, piece);
            }

            yield return new CallEndedDelta(index);
        }

        yield return new FinishedDelta(reply.Calls.Count > 0 ? FinishReason.FunctionCalls : FinishReason.Stop, null);
    }

    private static void Check(ModelRequest request)
    {
        if (!string.Equals(request.Model, ModelName, StringComparison.OrdinalIgnoreCase))
            throw Refuse(GptErrorKind.ModelNotFound, $"The offline provider has no model \"{request.Model}\"; its only one is \"{ModelName}\".");
        if (request.Options.ResponseFormat is { Kind: not "text" } format && request.Options.Lenient != true)
            throw Refuse(GptErrorKind.BadRequest, $"The offline provider writes plain text only; ResponseFormat is \"{format.Kind}\". Leave it out, or ask a model.");

        GptException Refuse(GptErrorKind kind, string message) =>
            new(kind, message) { Phase = GptPhase.Request, Provider = "offline", Model = request.Model };
    }

    private async ValueTask PauseAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_options.WordDelay > TimeSpan.Zero)
            await Task.Delay(_options.WordDelay, _options.Clock, cancellationToken).ConfigureAwait(false);
    }
}
