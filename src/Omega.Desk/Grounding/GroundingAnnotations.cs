using System.Buffers;
using System.Text.Json;
using Omega.Gpt;

namespace Omega.Desk;

/// <summary>A report as the remarks of a turn. Pure.</summary>
internal static class GroundingAnnotations
{
    public const string Ungrounded = "ungrounded";
    public const string Summary = "grounding";

    public static IReadOnlyList<AnnotationEvent> Of(GroundingReport report) =>
    [
        .. report.Figures.Where(figure => figure.Trace is null).Select(figure => new AnnotationEvent(Ungrounded, Json(writer => Write(writer, figure)))),
        new AnnotationEvent(Summary, Json(writer => Write(writer, report))),
    ];

    private static void Write(Utf8JsonWriter writer, AnswerFigure figure)
    {
        writer.WriteNumber("start", figure.Start);
        writer.WriteNumber("length", figure.Length);
        writer.WriteString("text", figure.Text);
        writer.WriteNumber("value", figure.Value);
        writer.WriteString("unit", JsonNamingPolicy.SnakeCaseLower.ConvertName(figure.Unit.ToString()));
        writer.WriteString("reason", JsonNamingPolicy.SnakeCaseLower.ConvertName(figure.Reason.ToString()!));
        if (figure.Nearest is not { } nearest)
            return;
        writer.WriteStartObject("nearest");
        writer.WriteString("ref", nearest.Ref);
        writer.WriteString("pointer", nearest.Path);
        writer.WriteNumber("value", nearest.Value);
        if (nearest.Unit is not null)
            writer.WriteString("unit", nearest.Unit);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, GroundingReport report)
    {
        writer.WriteNumber("figures", report.Figures.Count);
        writer.WriteNumber("matched", report.Matched);
        writer.WriteNumber("unmatched", report.Unmatched);
        writer.WriteStartArray("sources");
        var cited = report.Figures
            .SelectMany(figure => (figure.Trace?.Origins ?? []).Select(origin => (origin.Ref, origin.Source)).Distinct())
            .GroupBy(origin => origin);
        foreach (var source in cited)
        {
            writer.WriteStartObject();
            writer.WriteString("ref", source.Key.Ref);
            if (source.Key.Source is not null)
                writer.WriteString("source", source.Key.Source);
            writer.WriteNumber("figures", source.Count());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (report.IsCut)
            writer.WriteBoolean("cut", true);
    }

    private static JsonElement Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }
}
