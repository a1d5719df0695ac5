using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text.Json;
using Omega.Gpt.Turns;

namespace Omega.Gpt.Diagnostics;

/// <summary>
/// What the engine tells OpenTelemetry: one source of spans and one meter, both named <c>Omega.Gpt</c>, with the names, units and buckets of
/// the semantic conventions for generative AI. Costs nothing while nobody listens.
/// </summary>
internal static class GptTelemetry
{
    public const string Name = "Omega.Gpt";

    private static readonly string? Version = typeof(GptTelemetry).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;

    public static ActivitySource Source { get; } = new(Name, Version);

    public static Meter Meter { get; } = new(Name, Version);

    /// <summary>Seconds that a call of a model took.</summary>
    public static Histogram<double> Duration { get; } = Meter.CreateHistogram(
        "gen_ai.client.operation.duration", "s", "Duration of a call of a model.", tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });

    /// <summary>Seconds until the first piece of an answer.</summary>
    public static Histogram<double> FirstChunk { get; } = Meter.CreateHistogram(
        "gen_ai.client.operation.time_to_first_chunk", "s", "Time until the first piece of an answer.", tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });

    /// <summary>Tokens of a call, by <c>gen_ai.token.type</c>.</summary>
    public static Histogram<long> Tokens { get; } = Meter.CreateHistogram(
        "gen_ai.client.token.usage", "{token}", "Tokens that a call of a model used.", tags: null,
        new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864] });

    /// <summary>Whether anybody listens to anything.</summary>
    public static bool IsWatched => Source.HasListeners() || Duration.Enabled || FirstChunk.Enabled || Tokens.Enabled;

    private static double[] Seconds => [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];

    /// <summary>The span of a turn, around those of its calls; null where nobody listens. Not the current one: a turn runs in many pieces.</summary>
    public static Activity? StartTurn(TurnPlan plan)
    {
        if (!Source.HasListeners())
            return null;
        var around = Activity.Current;
        var turn = Source.StartActivity("invoke_agent omega", ActivityKind.Internal);
        Activity.Current = around;
        turn?.SetTag("gen_ai.operation.name", "invoke_agent");
        turn?.SetTag("gen_ai.agent.name", "omega");
        turn?.SetTag("gen_ai.provider.name", ProviderNames.Of(plan.Model.ProviderName));
        turn?.SetTag("gen_ai.request.model", plan.Model.Model);
        turn?.SetTag("gen_ai.conversation.id", plan.Conversation.Id);
        turn?.SetTag("omega.turn.id", plan.Turn);
        return turn;
    }

    /// <summary>A turn is over.</summary>
    public static void EndTurn(Activity? turn, GptEvent? end)
    {
        if (turn is null)
            return;
        switch (end)
        {
            case TurnCompletedEvent completed:
                turn.SetTag("gen_ai.response.model", completed.Model);
                turn.SetTag("gen_ai.usage.input_tokens", completed.Usage?.Input.Total);
                turn.SetTag("gen_ai.usage.output_tokens", completed.Usage?.Output.Total);
                break;
            case TurnFailedEvent failed:
                Fail(turn, failed.Kind);
                break;
            default:
                Fail(turn, GptErrorKind.Cancelled);
                break;
        }

        turn.Dispose();
    }

    /// <summary>The span of a function's run, current while it runs; null where nobody listens.</summary>
    public static Activity? StartCall(string name, string call, string arguments, ActivityContext turn)
    {
        if (!Source.HasListeners())
            return null;
        var span = Source.StartActivity($"execute_tool {name}", ActivityKind.Internal, turn);
        span?.SetTag("gen_ai.operation.name", "execute_tool");
        span?.SetTag("gen_ai.tool.name", name);
        span?.SetTag("gen_ai.tool.call.id", call);
        span?.SetTag("gen_ai.tool.type", "function");
        if (ContentCapture.IsOn)
            span?.SetTag("gen_ai.tool.call.arguments", arguments);
        return span;
    }

    /// <summary>A function's run is over.</summary>
    public static void EndCall(Activity? span, GptErrorKind? error, JsonElement result)
    {
        if (error is { } kind)
            Fail(span, kind);
        if (span is not null && ContentCapture.IsOn)
            span.SetTag("gen_ai.tool.call.result", result.GetRawText());
    }

    /// <summary>Marks a span as failed, by its kind.</summary>
    public static void Fail(Activity? span, GptErrorKind kind)
    {
        span?.SetTag("error.type", ErrorTypes.Of(kind));
        span?.SetStatus(ActivityStatusCode.Error);
    }
}
