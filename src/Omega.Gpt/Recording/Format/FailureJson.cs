using System.Text.Json;

namespace Omega.Gpt.Recording.Format;

/// <summary>Failures as JSON and back.</summary>
internal static class FailureJson
{
    public static void Write(Utf8JsonWriter writer, GptException failure)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", failure.Kind.ToString());
        writer.WriteString("phase", failure.Phase.ToString());
        writer.WriteString("message", failure.Message);
        writer.WriteString("provider", failure.Provider);
        writer.WriteString("model", failure.Model);
        if (failure.StatusCode is { } status)
            writer.WriteNumber("status", status);
        writer.WriteString("request_id", failure.RequestId);
        writer.WriteBoolean("retryable", failure.IsRetryable);
        if (failure.RetryAfter is { } pause)
            writer.WriteNumber("retry_after_ms", pause.TotalMilliseconds);
        writer.WriteNumber("attempt", failure.Attempt);
        writer.WriteEndObject();
    }

    public static GptException Read(JsonElement json) => new(Enum.Parse<GptErrorKind>(json.RequiredText("kind")), json.RequiredText("message"))
    {
        Phase = Enum.Parse<GptPhase>(json.RequiredText("phase")),
        Provider = json.Text("provider"),
        Model = json.Text("model"),
        StatusCode = (int?)json.Number("status"),
        RequestId = json.Text("request_id"),
        IsRetryable = json.IsTrue("retryable"),
        RetryAfter = json.Number("retry_after_ms") is { } pause ? TimeSpan.FromMilliseconds(pause) : null,
        Attempt = (int)(json.Number("attempt") ?? 1),
    };
}
