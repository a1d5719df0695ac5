using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Omega.Gpt.Providers.ChatClient;

namespace Omega.Gpt;

/// <summary>
/// The engine for any Microsoft.Extensions.AI program. Stateless: the messages given are the whole history, the current conversation is
/// neither used nor changed. A call is handed out only when it is safe to act on (<see cref="FunctionCallReadyEvent"/>); a stream that
/// broke ends in an exception, never in a short answer.
/// </summary>
public sealed partial class RealTimeGpt : IChatClient
{
    async Task<ChatResponse> IChatClient.GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken) =>
        await ((IChatClient)this).GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken).ConfigureAwait(false);

    async IAsyncEnumerable<ChatResponseUpdate> IChatClient.GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var history = ChatMessages.FromChat(messages);
        var turn = ChatRequestOptions.FromChat(options);
        turn.ShowOpaque = true;
        var last = history.FindLastIndex(message => message.Role is Role.Assistant);
        var conversation = Engine.NewConversation();
        foreach (var message in history.Take(last + 1))
            conversation.Append(message, Engine.Time.GetUtcNow());

        // State and calls keep their order; a call goes out only once it is ready, and what follows it waits.
        var held = new Queue<(OpaquePart? State, string? Call)>();
        var ready = new Dictionary<string, FunctionCallReadyEvent>(StringComparer.Ordinal);
        string? responseId = null;
        await foreach (var gptEvent in Engine.RunAsync(conversation, history.Skip(last + 1).ToList(), turn, cancellationToken).ConfigureAwait(false))
        {
            responseId ??= gptEvent.Turn;
            switch (gptEvent)
            {
                case TextDeltaEvent text:
                    yield return Update(new TextContent(text.Text));
                    break;
                case ReasoningDeltaEvent reasoning:
                    yield return Update(new TextReasoningContent(reasoning.Text));
                    break;
                case RefusalDeltaEvent refusal:
                    yield return Update(new ErrorContent(refusal.Text) { ErrorCode = "Refusal" });
                    break;
                case FunctionCallStartedEvent started:
                    held.Enqueue((null, started.Call));
                    break;
                case OpaqueEvent opaque when held.Count == 0:
                    yield return Update(ChatMessages.Protect(opaque.Part));
                    break;
                case OpaqueEvent opaque:
                    held.Enqueue((opaque.Part, null));
                    break;
                case FunctionCallReadyEvent call:
                    ready[call.Call] = call;
                    break;
                case StepCompletedEvent:
                    while (held.TryDequeue(out var next))
                    {
                        if (next.State is not null)
                            yield return Update(ChatMessages.Protect(next.State));
                        else if (ready.TryGetValue(next.Call!, out var call))
                            yield return Update(new FunctionCallContent(call.Call, call.Name, ChatClientJson.Arguments(call.Arguments)));
                    }

                    break;
                case TurnCompletedEvent completed:
                    var end = completed.Usage is { } usage ? Update(new UsageContent(Details(usage))) : Update();
                    end.ModelId = completed.Model;
                    end.FinishReason = completed.FinishReason switch
                    {
                        FinishReason.Stop => ChatFinishReason.Stop,
                        FinishReason.Length => ChatFinishReason.Length,
                        FinishReason.FunctionCalls => ChatFinishReason.ToolCalls,
                        FinishReason.ContentFilter => ChatFinishReason.ContentFilter,
                        FinishReason.Refusal => new ChatFinishReason("refusal"),
                        _ => new ChatFinishReason("other"),
                    };
                    yield return end;
                    break;
            }
        }

        ChatResponseUpdate Update(params IList<AIContent> contents) =>
            new(ChatRole.Assistant, contents) { ResponseId = responseId, MessageId = responseId, CreatedAt = Engine.Time.GetUtcNow() };
    }

    object? IChatClient.GetService(Type serviceType, object? serviceKey)
    {
        if (serviceKey is not null)
            return null;
        if (serviceType == typeof(ChatClientMetadata))
        {
            var model = Engine.Providers.Resolve(Engine.Defaults.Model ?? Engine.Providers.DefaultModel().Model);
            return new ChatClientMetadata(model.ProviderName, null, model.Model);
        }

        return serviceType.IsInstanceOfType(this) ? this : serviceType.IsInstanceOfType(Engine) ? Engine : null;
    }

    void IDisposable.Dispose()
    {
    }

    private static UsageDetails Details(TokenUsage usage) => new()
    {
        InputTokenCount = usage.Input.Total,
        CachedInputTokenCount = usage.Input.CacheRead,
        OutputTokenCount = usage.Output.Total,
        ReasoningTokenCount = usage.Output.Reasoning,
        TotalTokenCount = usage.Input.Total + usage.Output.Total,
    };
}
