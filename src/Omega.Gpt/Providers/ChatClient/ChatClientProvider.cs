using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Omega.Gpt.Providers.ChatClient;

/// <summary>
/// Any <see cref="IChatClient"/> (Azure, Ollama, Gemini, …) as a provider. What the client keeps to itself cannot be shown: most hand
/// out a call only when its arguments are whole, and an answer without a finish reason is taken as interrupted.
/// </summary>
public sealed class ChatClientProvider : IModelProvider
{
    private readonly IChatClient _client;

    /// <summary>Wraps a client. Disposing the client stays the caller's business.</summary>
    /// <param name="name">The provider's name in <c>provider/model</c>.</param>
    /// <param name="client">The client.</param>
    public ChatClientProvider(string name, IChatClient client) => (Name, _client) = (name, client);

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ModelDelta> StreamAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var updates = _client.GetStreamingResponseAsync(ChatMessages.ToChat(request.Messages), ChatRequestOptions.ToChat(request), cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        var calls = 0;
        var started = false;
        ChatFinishReason? finish = null;
        try
        {
            while (await NextAsync(updates, request, cancellationToken).ConfigureAwait(false) is { } update)
            {
                if (!started)
                {
                    started = true;
                    yield return new StartedDelta(update.ResponseId, update.ModelId, null);
                }

                foreach (var content in update.Contents)
                {
                    switch (content)
                    {
                        case TextContent { Text.Length: > 0 } text:
                            yield return new TextDelta(text.Text);
                            break;
                        case TextReasoningContent reasoning:
                            if (reasoning.Text is { Length: > 0 } thought)
                                yield return new ReasoningDelta(thought);
                            if (reasoning.ProtectedData is { Length: > 0 } state)
                                yield return new OpaqueDelta(new OpaquePart(Name, request.Model, ChatMessages.ProtectedKind, state));
                            break;
                        case FunctionCallContent { Exception: { } exception } call:
                            throw Fail(GptErrorKind.StreamProtocol, request, $"the client could not read the arguments of {call.Name}: {exception.Message}", exception);
                        case FunctionCallContent call:
                            yield return new CallStartedDelta(calls, call.Name);
                            yield return new CallArgumentsDelta(calls, ChatClientJson.Arguments(call.Arguments));
                            yield return new CallEndedDelta(calls++);
                            break;
                        case UsageContent usage:
                            yield return new UsageDelta(Usage(usage.Details), null);
                            break;
                        case ErrorContent error:
                            // OpenAI's refusals come as errors of that code; they are an answer.
                            if (error.ErrorCode != "Refusal")
                                throw Fail(ProviderErrorKind(error), request, error.Message, null);
                            yield return new RefusalDelta(error.Message);
                            finish ??= new ChatFinishReason("refusal");
                            break;
                    }
                }

                finish = update.FinishReason ?? finish;
            }
        }
        finally
        {
            await updates.DisposeAsync().ConfigureAwait(false);
        }

        if (finish is not { } reason)
            throw Fail(GptErrorKind.StreamInterrupted, request, "the stream ended without a finish reason", null);
        yield return new FinishedDelta(
            reason == ChatFinishReason.Stop ? FinishReason.Stop
            : reason == ChatFinishReason.Length ? FinishReason.Length
            : reason == ChatFinishReason.ToolCalls ? FinishReason.FunctionCalls
            : reason == ChatFinishReason.ContentFilter ? FinishReason.ContentFilter
            : reason.Value == "refusal" ? FinishReason.Refusal
            : FinishReason.Other,
            reason.Value);
    }

    private async ValueTask<ChatResponseUpdate?> NextAsync(IAsyncEnumerator<ChatResponseUpdate> updates, ModelRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await updates.MoveNextAsync().ConfigureAwait(false) ? updates.Current : null;
        }
        catch (Exception exception) when (exception is not GptException && !cancellationToken.IsCancellationRequested)
        {
            var status = exception is HttpRequestException { StatusCode: { } code } ? (int?)code : null;
            var kind = exception is HttpRequestException && status is null ? GptErrorKind.Connection
                : status is null ? GptErrorKind.Server
                : Http.ProviderError.Classify(status, null, null, exception.Message);
            throw Fail(kind, request, exception.Message, exception, status);
        }
    }

    private static GptErrorKind ProviderErrorKind(ErrorContent error) => Http.ProviderError.Classify(null, error.ErrorCode, null, error.Message);

    private GptException Fail(GptErrorKind kind, ModelRequest request, string said, Exception? cause, int? status = null) =>
        new(kind, $"{Name}: {Http.ProviderError.Redact(said, null)}", cause)
        {
            Phase = GptPhase.Step,
            Provider = Name,
            Model = request.Model,
            StatusCode = status,
            IsRetryable = Http.ProviderError.IsRetryable(kind),
        };

    private static TokenUsage Usage(UsageDetails details) => new(
        new InputTokens(details.InputTokenCount)
        {
            CacheRead = details.CachedInputTokenCount,
            Uncached = details.InputTokenCount - details.CachedInputTokenCount,
        },
        new OutputTokens(details.OutputTokenCount)
        {
            Reasoning = details.ReasoningTokenCount,
            Text = details.OutputTokenCount - details.ReasoningTokenCount,
        });
}
