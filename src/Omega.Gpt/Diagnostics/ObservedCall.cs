using System.Diagnostics;
using System.Text;
using Omega.Gpt.Providers;
using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Diagnostics;

/// <summary>The span and the figures of one call of a model. Used once.</summary>
internal sealed class ObservedCall
{
    private readonly ModelRequest _request;
    private readonly TimeProvider _time;
    private readonly Activity? _span;
    private readonly long _began;
    private readonly StringBuilder? _text;
    private TagList _tags;
    private double? _firstSeconds;
    private TokenUsage? _usage;
    private FinishedDelta? _finished;

    public ObservedCall(ModelRequest request, IModelProvider provider, TimeProvider time)
    {
        (_request, _time, _began) = (request, time, time.GetTimestamp());
        _tags.Add("gen_ai.operation.name", "chat");
        _tags.Add("gen_ai.provider.name", ProviderNames.Of(provider.Name));
        _tags.Add("gen_ai.request.model", request.Model);
        var endpoint = (provider as WireProvider)?.Endpoint;
        if (endpoint is not null)
        {
            _tags.Add("server.address", endpoint.Host);
            _tags.Add("server.port", endpoint.Port);
        }

        // Without the turn's span the call belongs to whatever is under way.
        _span = GptTelemetry.Source.StartActivity($"chat {request.Model}", ActivityKind.Client, request.Trace != default ? request.Trace : Activity.Current?.Context ?? default, _tags);
        if (_span is not { IsAllDataRequested: true })
            return;
        var options = request.Options;
        _span.SetTag("gen_ai.conversation.id", request.Conversation);
        _span.SetTag("gen_ai.request.temperature", options.Temperature);
        _span.SetTag("gen_ai.request.top_p", options.TopP);
        _span.SetTag("gen_ai.request.max_tokens", options.MaxTokens);
        _span.SetTag("gen_ai.request.seed", options.Seed);
        _span.SetTag("gen_ai.request.stop_sequences", options.StopSequences?.ToArray());
        _span.SetTag("gen_ai.output.type", options.ResponseFormat is null or { Kind: "text" } ? "text" : "json");
        if (request.Attempt is { Number: > 1 } attempt)
            _span.SetTag("omega.attempt", attempt.Number);
        if (!ContentCapture.IsOn)
            return;
        _text = new StringBuilder();
        _span.SetTag("gen_ai.input.messages", ContentCapture.Write(request.Messages));
    }

    public void Observe(ModelDelta delta)
    {
        if (_firstSeconds is null && delta is TextDelta or ReasoningDelta or RefusalDelta or CallStartedDelta)
            _firstSeconds = _time.GetElapsedTime(_began).TotalSeconds;
        switch (delta)
        {
            case StartedDelta started:
                if (started.Model is not null)
                    _tags.Add("gen_ai.response.model", started.Model);
                _span?.SetTag("gen_ai.response.model", started.Model);
                _span?.SetTag("gen_ai.response.id", started.ResponseId);
                break;
            case TextDelta text:
                _text?.Append(text.Text);
                break;
            case UsageDelta usage:
                _usage = usage.Usage;
                break;
            case FinishedDelta finished:
                _finished = finished;
                break;
        }
    }

    /// <summary>The call is over.</summary>
    /// <param name="failure">Why it failed; null where it did not.</param>
    public void End(GptException? failure)
    {
        if (failure is not null || _finished is null)
        {
            // Neither whole nor failed: whoever read it went away.
            var kind = failure?.Kind ?? GptErrorKind.Cancelled;
            GptTelemetry.Fail(_span, kind);
            _tags.Add("error.type", ErrorTypes.Of(kind));
        }

        GptTelemetry.Duration.Record(_time.GetElapsedTime(_began).TotalSeconds, _tags);
        if (_firstSeconds is { } first)
            GptTelemetry.FirstChunk.Record(first, _tags);
        Record(_usage?.Input.Total, "input");
        Record(_usage?.Output.Total, "output");
        if (_span is null)
            return;
        _span.SetTag("gen_ai.usage.input_tokens", _usage?.Input.Total);
        _span.SetTag("gen_ai.usage.output_tokens", _usage?.Output.Total);
        _span.SetTag("gen_ai.usage.cache_read.input_tokens", _usage?.Input.CacheRead);
        _span.SetTag("gen_ai.usage.cache_creation.input_tokens", _usage?.Input.CacheWrite);
        if (_finished is { } finished)
            _span.SetTag("gen_ai.response.finish_reasons", new[] { finished.Raw ?? finished.Reason.ToString() });
        if (_text is { Length: > 0 })
            _span.SetTag("gen_ai.output.messages", ContentCapture.Write([Message.Assistant(_text.ToString())]));
        _span.Dispose();
    }

    private void Record(long? tokens, string type)
    {
        if (tokens is not { } count)
            return;
        var tags = _tags;
        tags.Add("gen_ai.token.type", type);
        GptTelemetry.Tokens.Record(count, tags);
    }
}
